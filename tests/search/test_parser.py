"""What is typed becomes a tree, or a sentence that says what was not understood."""

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.search.query.parser import (
    MAX_PATTERNS,
    MAX_QUERY_CHARS,
    MAX_QUERY_TERMS,
    QUERY_FIELDS,
    ParsedQuery,
    SearchQueryError,
    parse_query,
)


def written(parsed: ParsedQuery) -> list[list[str]]:
    return [[" ".join(term.words) for term in group] for group in parsed.groups]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("uang tunai", [["uang"], ["tunai"]]),
        ('"uang tunai" bandung', [["uang tunai"], ["bandung"]]),
        ("“uang tunai”", [["uang tunai"]]),
        ("cctv OR kamera bandung", [["cctv", "kamera"], ["bandung"]]),
        ("a1 ATAU b2 OR c3", [["a1", "b2", "c3"]]),
        ("OR cctv OR", [["cctv"]]),
        ("patron-klien", [["patron klien"]]),
        ("(cctv) & [bandung];", [["cctv"], ["bandung"]]),
        ("https://contoh.id/x", [["https contoh id x"]]),
        ("'; DROP TABLE cases; --", [["drop"], ["table"], ["cases"]]),
        ("<script>alert(1)</script>", [["script alert 1 script"]]),
        ("suap 🙂 \u202e", [["suap"]]),
        ("uang 2,5 miliar bandung", [["uang"], ["2500000000"], ["bandung"]]),
        ("dua ratus lima puluh juta rupiah, suap", [["250000000"], ["suap"]]),
        ("(Rp 2,5 M) OR 3,1 M", [["2500000000", "3100000000"]]),
        ('"senilai 2,5 miliar" juta', [["senilai 2500000000"], ["juta"]]),
        ('2,5 "miliar" 8-8-2030', [["2.5"], ["miliar"], ["8 agustus 2030"]]),
        ("rapat 11 jun 2029, 2029-06-11", [["rapat"], ["11"], ["juni"], ["2029"], ["2029 juni 11"]]),
        ("UU No. 23 Thn 2014 ttg daerah", [["uu"], ["23"], ["2014"], ["tentang"], ["daerah"]]),
        ("uu 23/2014 nomor:5", [["uu"], ["23 2014"], ["5"]]),
        ("proyek 2,5 m atau rp 1,2 t", [["proyek"], ["2500000000"], ["atau"], ["1200000000000"]]),
        ("Budi, S.E., M.M.", [["budi"], ["s.e"], ["m.m"]]),
        ("kota:manado sumber: SMERU", [["kota manado"], ["sumber"], ["smeru"]]),
    ],
)
def test_a_query_is_read(text, groups):
    assert written(parse_query(text)) == groups


def test_a_minus_leaves_out_and_a_hyphen_does_not():
    parsed = parse_query('cctv -makassar -"kota bandung" patron-klien - x1')
    assert [" ".join(term.words) for term in parsed.without] == ["makassar", "kota bandung"]
    assert written(parsed) == [["cctv"], ["patron klien"], ["x1"]]


def test_not_in_capitals_is_a_minus():
    parsed = parse_query('cctv NOT makassar NOT "kota bandung" not bekasi NOT')
    assert [" ".join(term.words) for term in parsed.without] == ["makassar", "kota bandung"]
    assert written(parsed) == [["cctv"], ["not"], ["bekasi"]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ada buktinya atau tidak", "ada buktinya atau"),
        ("ada ga buktinya", "ada buktinya"),
        ("asn bisa dipenjara ga kalo gagal", "asn bisa dipenjara kalau gagal"),
        ("sudah final blm ya?", "sudah final ya"),
        ("warga ga dapat bansos", "warga tidak dapat bansos"),
        ("bisa tidak tepat sasaran", "bisa tidak tepat sasaran"),
        ("kota yang bukan telkom", "kota yang bukan telkom"),
        ("terbukti or not", "terbukti or"),
        ("tidak", "tidak"),
        ('terbukti "tidak"', "terbukti tidak"),
    ],
)
def test_a_negation_that_only_asks_is_left_out_and_no_other(text, words):
    assert " ".join(word for [word] in written(parse_query(text))) == words


def test_stars_behind_and_inside_a_word():
    parsed = parse_query("Su*p, men*uap* kota* jan* -ba*k")
    assert [(term.words, term.is_prefix, term.pattern) for term in (*parsed.terms, *parsed.without)] == [
        (("su", "p"), False, "su*p"),
        (("men", "uap"), False, "men*uap*"),
        (("kota",), True, ""),
        (("jan",), True, ""),
        (("ba", "k"), False, "ba*k"),
    ]
    assert parsed.notices == ()


@pytest.mark.parametrize("text", ["*kata", "e-gov*", "a.b*c"])
def test_a_star_that_does_nothing_is_said(text):
    assert "star" in parse_query(text).notices[0]


def test_stars_of_italics_are_no_stars():
    assert parse_query('*Wifi* "kota*"').notices == ()


def test_fields_and_beginnings():
    parsed = parse_query('place:bandung title:"smart city" tel* year:2017')
    assert [(term.field, " ".join(term.words), term.is_phrase, term.is_prefix) for term in parsed.terms] == [
        ("place", "bandung", False, False),
        ("title", "smart city", True, False),
        ("", "tel", False, True),
        ("year", "2017", False, False),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("*", "star needs"),
        ("t*", "two letters"),
        ("s*p", "two letters"),
        ("kata* " * (MAX_PATTERNS + 1), "words with a star"),
        ('""', "no letter or digit"),
        ("- OR", "no letter or digit"),
        ("🙂", "no letter or digit"),
        ("\u202e\u200f", "no letter or digit"),
        ("x" * (MAX_QUERY_CHARS + 1), "at most"),
        ("a1 " * (MAX_QUERY_TERMS + 1), "more than"),
        ("standng:potential", "not a field"),
        ("penuls:fitri", "not a field"),
    ],
)
def test_what_cannot_be_understood_is_said(text, sentence):
    with pytest.raises(SearchQueryError, match=sentence):
        parse_query(text)


def test_the_nearest_field_is_named():
    with pytest.raises(SearchQueryError) as error:
        parse_query("standng:potential")
    assert error.value.nearest == "standing:"


def test_every_field_has_a_name_in_either_language():
    for field, indonesian in QUERY_FIELDS.items():
        assert [term.field for term in parse_query(f"{field}:2017 {indonesian.upper()}:2017").terms] == [field, field]


def test_a_word_before_a_colon_that_is_no_field_is_read_as_a_word_and_said():
    parsed = parse_query("foo:bandung title:cctv")
    assert written(parsed) == [["foo bandung"], ["cctv"]]
    assert parsed.notices == (
        "“foo:” is not a field to search in; it was read as a word. Fields are: " + ", ".join(QUERY_FIELDS) + ".",
    )
    with override("id"):
        assert "kutipan, penulis, pihak." in parse_query("foo:bandung").notices[0]
    assert parse_query("-foo:bandung").notices
    assert parse_query('foo:"kota bandung"').notices
    for text in ("https://contoh.id/x", "pukul 12:30", "catatan: bandung", "title:cctv"):
        assert parse_query(text).notices == ()


def test_an_open_quotation_mark_is_closed_at_the_end_and_said():
    parsed = parse_query('cctv "kota bandung')
    assert written(parsed) == [["cctv"], ["kota bandung"]]
    assert "not closed" in parsed.notices[0]


def test_nothing_asked_is_everything():
    assert parse_query("  ") == ParsedQuery()


@settings(max_examples=300)
@given(st.text(max_size=MAX_QUERY_CHARS + 20) | st.text(alphabet='ab1 "“-:*ORplace().\u202e', max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        parsed = parse_query(text)
    except SearchQueryError as error:
        said = error.sentence
    else:
        said = all(term.words for term in (*parsed.terms, *parsed.without)) and all(parsed.groups)
    assert said
