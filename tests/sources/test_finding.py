"""Finding typed or pasted words: whatever their setting, the text's own words at true offsets, or a clear refusal."""

import hashlib
import json
import os
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.dossiers.quotes_lock import Lock
from sources import finding
from sources.finding import Finder, cuts, fold, page_starts, running_lines
from sources.quotes import AmbiguousPlaceError, QuoteError, context

PASTED = Path(__file__).parent / "pasted"
CLEANED = Path(__file__).parents[1] / "second_corpus" / "texts"
PASTES = json.loads((PASTED / "paste.json").read_text())
FIXTURES = Path(__file__).parents[2] / "fixtures"
TEXT = "Wali kota menerima laporan. Warga menerima bantuan, dan Bu Melati menerima bantuan dari tetangga."
# As an extractor gives two pages of a ruling
RULING = (
    "Direktori Putusan\r\nHalaman 1 dari 2\r\n"
    "saksi menerangkan pada hari Jum’at telah me\ufffenyerahkan "
    "uang sejumlah Rp2.500.000.000,00 (dua miliar lima ratus\r\n"
    "juta rupiah) kepada seorang pegawai, dan bahwa uang itu\r\nDisclaimer: contoh rekaan.\r\n\f"
    "Direktori Putusan\r\nHalaman 2 dari 2\r\n"
    "menurut saksi berasal dari penyedia jaringan, sedangkan ﬁnansial\r\n"
    "kontrak bernilai Rp924,6 juta dan HPS Rp. 750.939.420,-\r\nDisclaimer: contoh rekaan.\r\n"
)


def text_of_file(name: str) -> str:
    """The text of a document as an extractor gives it, page by page, else the text that was kept of it."""
    folder = PASTED if (PASTED / f"{Path(name).stem}.txt").exists() else CLEANED
    return (folder / f"{Path(name).stem}.txt").read_bytes().decode()


def found(text, words, **given) -> list[str]:
    """The words that would be kept, in their parts."""
    parts = Finder(text).find(words, **given)
    for part in parts:
        assert (part.prefix, part.suffix) == context(text, part.start, part.end)
    return [text[part.start : part.end] for part in parts]


def refusal(text, words, **given) -> str:
    with pytest.raises(QuoteError) as caught:
        Finder(text, given.pop("private", ())).find(words, **given)
    return str(caught.value)


def on_one_line(text: str) -> str:
    return " ".join(re.sub("\ufffe|-\n(?=[a-z])", "", text).split())


@pytest.mark.parametrize("paste", PASTES, ids=lambda paste: paste["id"])
def test_every_way_of_pasting_finds_the_own_words_of_the_document_and_no_other(paste):
    text = text_of_file(paste["file"])
    if paste["expect"] == "refused":
        assert refusal(text, paste["pasted"])
    else:
        assert on_one_line(" ".join(found(text, paste["pasted"]))) == paste["exact_on_one_line"]


def test_there_are_thirty_ways_to_find_and_ten_to_refuse():
    assert [sum(paste["expect"] == expect for paste in PASTES) for expect in ("found", "refused")] == [30, 10]


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("(dua miliar lima ratus juta rupiah)", "(dua miliar lima ratus\r\njuta rupiah)"),
        ("telah menyerahkan uang sejumlah Rp2.500.000.000,00",) * 2,
        ("telah me-\nnyerahkan uang sejumlah Rp2.500.000.000,00", "telah menyerahkan uang sejumlah Rp2.500.000.000,00"),
        ("pada hari Jum'at telah", "pada hari Jum’at telah"),
        ("kontrak  bernilai Rp924,6 juta", "kontrak bernilai Rp924,6 juta"),
        ("kontrak\u00a0bernilai Rp924,6 juta", "kontrak bernilai Rp924,6 juta"),
        ("sedangkan finansial kontrak", "sedangkan ﬁnansial\r\nkontrak"),
        ("„pada hari Jum`at telah…”", "pada hari Jum’at telah"),
    ],
)
def test_words_are_found_however_they_are_set(pasted, kept):
    assert [each.replace("\ufffe", "") for each in found(RULING, pasted)] == [kept]


def test_a_sentence_over_a_page_break_is_two_excerpts_without_the_running_lines():
    parts = ["dan bahwa uang itu", "menurut saksi berasal"]
    for between in (
        " ",
        "\f",
        "\nDisclaimer: contoh rekaan.\nHalaman 2 dari 2\n",
        "\nHalaman 1 dari 2 Direktori Putusan ",
    ):
        assert found(RULING, between.join(parts)) == parts
    start = RULING.index(parts[0])
    in_the_order_of_the_file = RULING[start : RULING.index(parts[1]) + len(parts[1])]
    assert found(RULING, in_the_order_of_the_file) == parts


def test_running_lines_are_what_returns_at_the_edges_of_pages():
    lines = [RULING[start:end] for start, end in running_lines(RULING, page_starts(RULING))]
    assert lines == [
        each
        for page in (1, 2)
        for each in ("Direktori Putusan", f"Halaman {page} dari 2", "Disclaimer: contoh rekaan.")
    ]
    assert running_lines("Satu.\nDua.\nSatu.", [0]) == []
    assert found(RULING, "Halaman 2 dari 2") == ["Halaman 2 dari 2"], "they can be quoted themselves"


def test_a_word_over_a_page_break_keeps_its_hyphen():
    text = "Kop surat\nTidak ada keterli-\n\fKop surat\nbatannya dalam perkara itu."
    assert found(text, "ada keterlibatannya dalam") == ["ada keterli-", "batannya dalam"]


def test_a_word_that_stands_in_the_body_is_not_confused_with_headers():
    text = "\f".join(f"Putusan Nomor 9\nIsi halaman {page}." for page in ["satu", "dua", "tiga"]) + " Putusan Nomor 9"
    assert Finder(text).find("Putusan Nomor 9")[0].start == text.rindex("Putusan")


@pytest.mark.parametrize(
    "words",
    ["84.500.000", "684.500", "684", "500.000,00", "uang", "Rp684.500.000,0", "2,5", "2,5 mi", "juta rupiah", "ratus"],
)
def test_what_cuts_a_word_or_a_sum_is_refused(words):
    text = "Keuangan: pengganti sebesar Rp684.500.000,00 dan denda 2,5 miliar (enam ratus juta rupiah)"
    assert "only inside a longer word or number" in refusal(text, words)


@pytest.mark.parametrize(
    "words", ["Rp684.500.000,00", "684.500.000,00", "sebesar Rp684.500.000,00 dan", "2,5 miliar", "52,09"]
)
def test_a_whole_sum_is_found_also_without_its_currency_or_unit(words):
    text = "Pengganti sebesar Rp 684.500.000,00 dan denda 2,5 miliar; 52,09 persen setuju."
    assert fold(found(text, words)[0]).text == fold(words).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("panitia menye-\nrahkan uang", "rahkan uang"),
        ("panitia menye-\r\nrahkan uang", "panitia menye"),
        ("panitia menye\uffferahkan uang", "rahkan uang"),
        ("PEME\xadRINTAH KOTA", "RINTAH KOTA"),
        ("nomor 12\ufffe34 lalu", "nomor 12"),
        ("sebesar Rp684.\n500.000,00 tunai", "500.000,00 tunai"),
        ("aspek ﬁnansial saja", "inansial saja"),
    ],
)
def test_half_of_a_word_or_sum_that_a_line_end_divides_is_refused(text, words):
    assert "only inside a longer" in refusal(text, words)


@pytest.mark.parametrize("words", ["PNS", "para ASN", "otomatis"])
def test_a_part_of_a_hyphened_name_is_a_word(words):
    assert found("para ASN-\nPNS dan semi-otomatis", words) == [words]


def test_longer_words_that_hold_them_are_no_further_place():
    assert Finder("perkotaan kota perkotaan").find("kota")[0].start == 10


def test_words_in_more_than_one_place_are_refused_with_the_places():
    said = refusal(TEXT, "menerima\nbantuan")
    assert "stand in 2 places: 34 after “ menerima laporan. Warga ”; 66 after “" in said
    assert refusal("warga " * 9, "warga").endswith("and 4 more. Say which one.")


def test_places_are_named_with_their_pages():
    assert "6 on page 1 after “Satu. ”; 11 on page 2 after “Satu. Dua.\f”" in refusal("Satu. Dua.\fDua.", "Dua")


def test_the_words_before_say_which_place_is_meant_however_they_are_set():
    assert Finder(TEXT).find("menerima bantuan", "Bu  Melati")[0].start == 66
    assert "They do not follow these words. They stand at 10 after" in refusal(
        TEXT, "menerima laporan", after="Bu Melati"
    )
    listed = "1. Untuk tahu. 2. Untuk tahu."
    assert Finder(listed).find("Untuk tahu", "2. ")[0].start == 18
    assert Finder(listed).find("Untuk tahu", "1. ")[0].start == 3, "right before, though both follow it"


def test_the_places_of_an_ambiguous_quote_show_no_private_name():
    private = [(56, 65)]
    assert "Melati" not in refusal(TEXT, "menerima", private=private)


def test_mistyped_or_missing_words_are_refused():
    assert "Nearest: “menerima laporan”" in refusal(TEXT, "menerina laporan")
    assert "needs words" in refusal(TEXT, " \u200b\n")
    assert "Nearest" in refusal("", "apa")


def test_too_much_is_refused():
    assert "at most 600 characters; this one has 601" in refusal("a" * 601, "a" * 601)
    assert "at most 600 characters; this one has 700" in refusal("x " * 700, "x " * 699 + "y")
    assert "this one has 99999" in refusal(TEXT, "x" * 99_999)
    assert "very many places" in refusal("a, " * 2_001, "a")


def test_words_that_touch_a_private_span_are_refused_and_the_context_stops_short_of_it():
    assert "private person" in refusal(TEXT, "dan\nBu", private=[(56, 65)])
    assert Finder(TEXT, [(56, 65)]).find("dari  tetangga")[0].prefix == " menerima bantuan "


def test_what_is_folded_away_at_the_ends_stays_with_the_words():
    assert found("sebuah cafe\u0301 baru", "sebuah cafe") == ["sebuah cafe\u0301"]
    assert found("disebut *smart city* itu", "*smart city*") == ["*smart city*"]
    assert found("disebut *smart city* itu", "smart city") == ["smart city"]


@pytest.mark.parametrize(
    ("text", "start", "end", "prefix", "suffix"),
    [
        ("Rp684.500.000,00 " + "x" * 30 + "Y", 47, 48, " " + "x" * 30, ""),
        ("Y" + "x" * 30 + " 684.500.000,00", 0, 1, "", "x" * 30 + " "),
        ("tahun 2029 " + "x" * 28 + "Y", 39, 40, " " + "x" * 28, ""),
        ("1.Y2", 2, 3, "1.", "2"),
    ],
)
def test_the_context_is_cut_inside_no_number(text, start, end, prefix, suffix):
    assert context(text, start, end) == (prefix, suffix)


words_and_marks = st.lists(
    st.sampled_from(["kota", "Rp2.500,00", "“suap”", "ﬁnansial", "Jum’at", "12", "orang-orang", "é", "*", "wali"]),
    min_size=4,
    max_size=30,
)


@given(words_and_marks, st.data())
def test_whole_words_in_any_setting_are_found_at_their_place_or_said_to_be_ambiguous(words, data):
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    chosen = " ".join(words[first:last])
    setting = data.draw(st.sampled_from([" ", "\n", "\r\n", "\u00a0", "  ", "\u200b "]))
    pasted = setting.join(words[first:last]).replace("’", "'").replace("ﬁ", "fi").replace("“", '"')
    if not fold(pasted).text:
        return
    try:
        [part] = Finder(text).find(pasted)
    except AmbiguousPlaceError:
        assert fold(text).text.count(fold(pasted).text[0]) > 1
    else:
        kept = text[part.start : part.end]
        assert fold(kept).text in (fold(chosen).text, finding.ENDS.sub("", fold(chosen).text))
        assert not cuts(text, part.start, part.end)


@given(st.text(max_size=200))
def test_every_folded_character_stands_where_it_says(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.offsets)
    assert list(folded.offsets) == sorted(folded.offsets)
    for character, offset in zip(folded.text, folded.offsets, strict=True):
        assert character in finding._folded(text[offset])


def test_each_character_of_two_million_costs_no_more_than_one_of_twenty_thousand():
    """Counted, not timed: a hundred times the text takes a hundred times the calls, not ten thousand times."""

    def calls(length: int) -> int:
        text = "".join(f"kata {number} dan " for number in range(length // 14)) + "tepat di sini."
        numbers = 0

        def count(_frame, event, _argument):
            nonlocal numbers
            numbers += event in ("call", "c_call")

        finding._folded.cache_clear()
        sys.setprofile(count)
        try:
            [part] = Finder(text).find("tepat  di\nsini")
        finally:
            sys.setprofile(None)
        assert text[part.start :] == "tepat di sini."
        return numbers

    assert calls(2_000_000) <= 101 * calls(20_000)


def wrapped(words: str, width: int = 40) -> str:
    """Words as a viewer copies them: in lines, with a hyphen where a line ends inside a word."""
    lines = []
    for at in range(0, len(words), width):
        divides = words[at : at + width][-1:].isalpha() and words[at + width : at + width + 1].isalpha()
        lines.append(words[at : at + width].strip() + "-" * divides)
    return "\n".join(lines)


@pytest.mark.skipif("CASEDB_DOCUMENTS" not in os.environ, reason="the documents are not at hand")
def test_all_our_quotes_wrapped_with_hyphens_are_found_at_their_own_offsets():
    texts = [path.read_bytes().decode() for path in Path(os.environ["CASEDB_DOCUMENTS"]).glob("*.txt")]
    lock, number = Lock(FIXTURES / "quotes.lock"), 0
    for locked in lock.sources.values():
        places = [tuple(map(int, place.split("-"))) for place in locked["quotes"]]
        [text] = [each for each in texts if hashlib.sha256(each.encode()).hexdigest() == locked["text_sha256"]]
        finder = Finder(text)
        for start, end in places:
            [part] = finder.find(wrapped(text[start:end]), text[max(0, start - 60) : start])
            assert (part.start, part.end) == (start, end)
            number += 1
    assert number > 850
