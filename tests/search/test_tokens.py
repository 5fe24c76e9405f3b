"""How a text becomes words, and words their stems."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.search.analysis.spelling import edit_distance
from cases.search.analysis.stems import stem_english, stem_indonesian
from cases.search.analysis.synonyms import near_words, synonym_groups, synonyms_of
from cases.search.analysis.tokens import hyphen_compounds, rounded_values, tokenize, tokens
from cases.search.analysis.word_lists import is_word_of_guilt, read_rows, spellings, stopwords

FAMILIES = json.loads((Path(__file__).parent / "word-families.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*Smart City* di Kota Bekasi", ["smart", "city", "di", "kota", "bekasi"]),
        ("senilai 2,5 miliar itu", ["senilai", "2500000000", "itu"]),
        ("(Rp2.500.000.000,00), 2.5 milyar", ["2500000000", "2500000000"]),
        ("dua miliar lima ratus juta rupiah kepada", ["2500000000", "kepada"]),
        ("Rp924,6 juta", ["924600000"]),
        ("dua orang, satu data", ["dua", "orang", "satu", "data"]),
        ("ke-02, 500km", ["ke", "2", "500", "km"]),
        ("1.409 kasus; 1,409 cases; 1409", ["1409", "kasus", "1409", "cases", "1409"]),
        ("64,80% dan 52.09%", ["64.8", "dan", "52.09"]),
        ("2.500.000.000,50", ["2500000000.5"]),
        ("NOMOR 02 TAHUN 2020", ["2", "2020"]),
        ("UU No. 23 Thn 2014, UU 23/2014", ["uu", "23", "2014", "uu", "23", "2014"]),
        ("5 thn, tahun itu, no one", ["5", "tahun", "tahun", "itu", "no", "one"]),
        ("Nomor: 12/Pid.Sus-TPK/2031/PN Mrw", ["12", "pid", "sus", "tpk", "2031", "pn", "mrw"]),
        ("11 Juni 2029, 11-06-2029, 11/6/2029, 11 Jun 2029", ["11", "juni", "2029"] * 4),
        ("June 11, 2029; 06/25/2029", ["juni", "11", "2029", "juni", "25", "2029"]),
        ("2029-06-11", ["2029", "juni", "11"]),
        ("99-99-2029", ["99", "99", "2029"]),
        ("May 2022, 3 May, they may, in 2022 may", ["mei", "2022", "3", "mei", "they", "may", "in", "2022", "may"]),
        ("Drs. H. Budi, S.E., M.M., Ph.D; U.S.", ["drs", "h", "budi", "s.e", "m.m", "ph.d", "u", "s"]),
        ("kese-\njahteraan kese\u00adjahteraan e\ufb01sien", ["kesejahteraan", "kesejahteraan", "efisien"]),
        ("jalan2 dinas2nya CO2", ["jalan", "jalan", "dinas", "dinas", "co2"]),
        ("yg gak dpt izin/ijin jo. Pasal 3", ["yang", "tidak", "dpt", "izin", "izin", "jo", "pasal", "3"]),
        ("adeknya narik, dipake", ["adiknya", "menarik", "dipakai"]),
        ("555.8/KEP.231", ["555.8", "kep", "231"]),
        ("0,125", ["0.125"]),
        ("2021-2022", ["2021", "2022"]),
        ("1.2.3", ["1.2.3"]),
        ("PT-Indonesia Comnts Plus (ICON+)", ["pt", "indonesia", "comnts", "plus", "icon", "plus"]),
        ("Qur'an, Jum’at", ["quran", "jumat"]),
        ("Café\u200b \u202enaif", ["cafe", "naif"]),
        ("4G dan e-KTP", ["4g", "dan", "e", "ktp"]),
        ("", []),
        ("*** … 🙂 +", []),
    ],
)
def test_a_text_becomes_words(text, found):
    assert tokenize(text) == found


@given(st.text())
def test_any_text_becomes_words_without_spaces(text):
    for word in tokenize(text):
        assert word
        assert not any(c.isspace() for c in word)


@given(st.text() | st.text(alphabet="0123456789./-\u00ad\nMayNo juni2S.E", max_size=40))
def test_every_word_says_where_it_stands(text):
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end


def test_a_word_that_a_line_divides_stands_in_both_lines():
    text = "itu kese-\njahteraan No. 23"
    assert [text[token.start : token.end] for token in tokens(text)] == ["itu", "kese-\njahteraan", "No. 23"]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        ("210030000", {"210000000"}),
        ("96.69", {"97", "96.7"}),
        ("1409", {"1400", "1410"}),
        ("7286940000", {"7300000000", "7290000000", "7287000000", "7286000000"}),
        ("2148317450", {"2100000000", "2150000000", "2148000000"}),
        ("924600000", {"925000000", "920000000"}),
        ("0.125", {"0.13"}),
        ("0.28", set()),
        ("1000", set()),
        ("2022", set()),
        ("0", set()),
    ],
)
def test_what_a_number_may_be_rounded_to(value, rounded):
    assert set(rounded_values(value)) == rounded


def test_hyphened_words_are_also_one_and_doubled_words_are_not():
    assert hyphen_compounds("Wi-Fi publik, e-government, orang-orang") == ["wifi", "egovernment"]


def test_the_forms_of_a_word_meet():
    apart = [
        (one, other)
        for family in FAMILIES["families"]
        for one, other in combinations(family, 2)
        if not set(stem_indonesian(one)) & set(stem_indonesian(other))
    ]
    assert apart == []


def test_words_of_different_families_do_not_meet():
    named = [(word, number) for number, family in enumerate(FAMILIES["families"]) for word in family]
    named += [(word, f"apart {word}") for word in FAMILIES["apart"]]
    met = [
        (one, other)
        for (one, family), (other, another) in combinations(named, 2)
        if family != another and set(stem_indonesian(one)) & set(stem_indonesian(other))
    ]
    assert met == []


@pytest.mark.parametrize(
    ("one", "other"), [("bribe", "bribes"), ("procurement", "procurements"), ("installed", "installing")]
)
def test_english_forms_meet_and_never_an_indonesian_word(one, other):
    assert stem_english(one) == stem_english(other)
    assert not set(stem_english(one)) & set(stem_indonesian(one))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_every_word_has_a_stem(word):
    assert stem_indonesian(word)
    assert all(stem_indonesian(word))


def test_few_stems_a_word():
    named = [word for family in FAMILIES["families"] for word in family]
    assert sum(len(stem_indonesian(word)) for word in named) / len(named) < 1.6


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [("telkom", "telkon", 1), ("mulyana", "mulayna", 1), ("abc", "abc", 0), ("kota", "kata", 1), ("a", "abcd", 3)],
)
def test_letters_by_which_words_differ(one, other, gap):
    assert edit_distance(one, other, 5) == edit_distance(other, one, 5) == gap


def test_more_than_asked_is_not_counted():
    assert edit_distance("telkom", "bandung", 2) == 3


def test_near_words_are_told_by_language_and_in_every_form():
    assert {(" ".join(near.words), near.form) for near in synonyms_of(("menyuap",))} >= {
        ("sogok", "synonym"),
        ("bribe", "translation"),
    }
    assert ("walikota", "translation") in {(" ".join(near.words), near.form) for near in synonyms_of(("mayor",))}
    assert synonyms_of(("telkom",)) == []


def test_near_words_point_one_way_and_say_that_they_are_near():
    assert ("suap", "near") in {(" ".join(near.words), near.form) for near in near_words(("tipikor",))}
    assert ("liburan",) in {near.words for near in near_words(("jalan", "jalan"))}
    assert near_words(("suap",)) == near_words(("jalan",)) == []


def test_words_of_daily_speech_are_known():
    for typed, meant in (("duit", "uang"), ("hp", "mobile phone"), ("asn", "birokrat"), ("solo", "surakarta")):
        assert meant in {" ".join(near.words) for near in synonyms_of((typed,))}
    assert "cooperation" in {near.words[0] for near in synonyms_of(("kerja", "sama"))}
    assert synonyms_of(("kerja",)) == []


@pytest.mark.parametrize("word", ["simpang", "pengangkatan", "pendapat", "perbuatan", "terlibat", "menerima", "kata"])
def test_a_word_has_no_synonyms_by_a_root_that_it_shares_by_chance(word):
    assert synonyms_of((word,)) == near_words((word,)) == []


@pytest.mark.parametrize(
    "word", ["koruptor", "koruptornya", "tersangka", "terpidana", "murderers", "convicted", "narkoba"]
)
def test_a_word_of_guilt_is_never_expanded(word):
    assert is_word_of_guilt(word)
    assert synonyms_of((word,)) == near_words((word,)) == []


@pytest.mark.parametrize("word", ["korupsi", "suap", "bribe", "dugaan", "temuan", "putusan", "prison", "kepala"])
def test_other_words_are_not_of_guilt(word):
    assert not is_word_of_guilt(word)


def test_no_group_of_words_holds_one_of_guilt():
    near = [row[language] for row in read_rows("near.yaml", list[dict]) for language in ("id", "en", "from")]
    phrases = [tokenize(text) for texts in near for text in texts]
    phrases += [list(phrase) for group in synonym_groups() for phrases in group.values() for phrase in phrases]
    assert [phrase for phrase in phrases if any(map(is_word_of_guilt, phrase))] == []


def test_steps_of_a_case_and_kinds_of_giving_are_never_one_group():
    kept_apart = [
        *(("dugaan", "temuan", "putusan"), ("tuntutan", "putusan"), ("penyelidikan", "penyidikan")),
        *(("suap", "gratifikasi", "pungli", "fee"), ("pengadaan", "tender"), ("penyitaan", "perampasan")),
        ("penyedia", "supplier"),
    ]
    for apart in kept_apart:
        for word in apart:
            assert not {(other,) for other in apart if other != word} & {near.words for near in synonyms_of((word,))}


def test_the_words_of_the_lists_are_spelt_as_the_tokenizer_spells_them():
    lists = stopwords()
    every = [word for name in lists.__struct_fields__ for word in getattr(lists, name)]
    assert [word for word in [*every, *spellings().values()] if tokenize(word) != [word]] == []
    assert lists.grammar.isdisjoint(lists.negations)
    single = {word for group in synonym_groups() for texts in group.values() for [word, *rest] in texts if not rest}
    assert single.isdisjoint(lists.grammar | lists.names)


def test_every_row_of_the_reviewed_files_says_what_it_is_for():
    for name in ("synonyms.yaml", "near.yaml", "guilt.yaml", "spellings.yaml"):
        assert all(row["scope"] for row in read_rows(name, list[dict])), name


def test_every_group_of_synonyms_is_in_both_languages():
    assert all(group["id"] and group["en"] for group in synonym_groups())
