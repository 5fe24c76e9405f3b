"""Exact words: what an offset holds, its context, and the nearest words for who mistyped."""

from difflib import SequenceMatcher

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources import quotes
from sources.quotes import (
    MAX_CONTEXT_CHARS,
    MAX_EXCERPT_CHARS,
    QuoteError,
    context,
    find,
    nearest,
    occurrences,
    touches,
)

TEXT = "Wali kota menerima laporan. Warga menerima bantuan, dan Bu Melati menerima bantuan dari tetangga."
letters = st.text(alphabet="aB é́😀नि\n\u200d.", min_size=1, max_size=60)


def refusal(*args, **kwargs) -> str:
    with pytest.raises(QuoteError) as caught:
        find(*args, **kwargs)
    return str(caught.value)


def test_words_are_found_at_their_offset_with_their_context():
    found = find(TEXT, "menerima laporan", at=10)
    assert (found.start, found.end) == (10, 26)
    assert TEXT[found.start : found.end] == "menerima laporan"
    assert (found.prefix, found.suffix) == ("Wali kota ", TEXT[26 : 26 + MAX_CONTEXT_CHARS])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Bu Melati dan BU  MELATI", [(0, 9), (14, 24)]),
        ("Bu\nMelati.", [(0, 9)]),
        ("Bu Melatiwati, sebu Melati, Bu_Melati", []),
        ("Melati", []),
    ],
)
def test_a_name_is_found_as_whole_words_in_any_case(text, places):
    assert occurrences(text, "Bu Melati") == places
    assert occurrences(text, " ") == []


def test_words_at_another_place_are_refused_with_what_stands_there():
    assert "At 0 the text reads “Wali kota menerim”" in refusal(TEXT, "menerima laporan.", at=0)
    for at in (len(TEXT), len(TEXT) + 7, -16):
        assert f"At {at} the text reads" in refusal(TEXT, TEXT[-16:], at=at)


def test_the_nearest_stretch_of_a_long_quote_is_found_with_few_comparisons(monkeypatch):
    compared = []

    class Counted(SequenceMatcher):
        def ratio(self):
            compared.append(1)
            return super().ratio()

    monkeypatch.setattr(quotes, "SequenceMatcher", Counted)
    text = " ".join(f"Pemerintah kota bekerja sama dengan perusahaan nomor {number}." for number in range(800))
    words = text[9_000 : 9_000 + MAX_EXCERPT_CHARS].replace("perusahaan", "perusahan", 3)
    assert nearest(text, words)[:30] in text
    assert len(compared) <= 8 * 40, "eight words of the quote, each at forty places"


@pytest.mark.parametrize("words", ["", " ", "\n\t"])
def test_no_words_are_no_excerpt(words):
    assert "needs words" in refusal(TEXT, words, at=0)


def test_a_long_quote_is_refused():
    text = "ab" * 301
    assert find(text[:600], text[:600], at=0).end == MAX_EXCERPT_CHARS
    assert "at most 600 characters; this one has 601" in refusal(text, text[:601], at=0)


@pytest.mark.parametrize("words", ["Bu Melati", "dan Bu", "lati menerima", "bantuan, dan Bu Melati menerima"])
def test_words_that_touch_a_private_span_are_refused(words):
    assert "private person" in refusal(TEXT, words, at=TEXT.index(words), private=[(56, 65)])


def test_the_context_stops_short_of_a_private_span():
    private = [(56, 65)]

    def beside(words):
        return find(TEXT, words, at=TEXT.index(words), private=private)

    before, after = beside(", dan"), beside("dari tetangga")
    assert (before.suffix == " " and before.prefix == "aporan. Warga menerima bantuan"[-32:]) or before.prefix.endswith(
        "bantuan"
    )
    assert after.prefix == " menerima bantuan "
    assert after.suffix == "."
    assert beside(" menerima bantuan dari").prefix == ""


def test_offsets_count_code_points_beyond_the_basic_plane_and_combining_marks():
    text = "😀😀 cafe\u0301 नि 👩\u200d👧 akhir"
    found = find(text, "e\u0301 नि 👩\u200d👧", at=6)
    assert found.end == 15
    assert found.prefix == "😀😀 caf"
    assert found.suffix == " akhir"
    assert "not these words" in refusal(text, "caf\u00e9", at=3)  # a composed é is another text


@given(letters, letters, letters)
def test_found_words_are_what_the_text_reads(before, words, after):
    text = before + words + after
    assume(words.strip())
    found = find(text, words, at=len(before))
    assert text[found.start : found.end] == words
    assert text[found.start - len(found.prefix) : found.end + len(found.suffix)] == found.prefix + words + found.suffix
    assert len(found.prefix) == min(MAX_CONTEXT_CHARS, len(before))
    assert len(found.suffix) == min(MAX_CONTEXT_CHARS, len(after))


@given(st.integers(0, 90), st.integers(1, 20), st.lists(st.tuples(st.integers(0, 100), st.integers(1, 12)), max_size=5))
def test_no_context_touches_a_private_span(start, length, spans):
    text, end = "x" * 120, start + length
    private = [(left, left + size) for left, size in spans]
    assume(not touches(start, end, private))
    prefix, suffix = context(text, start, end, private)
    assert not touches(start - len(prefix), end + len(suffix), private)


@pytest.mark.parametrize(
    ("start", "end", "shares"),
    [(0, 5, False), (0, 6, True), (5, 10, True), (9, 12, True), (10, 12, False), (4, 11, True)],
)
def test_a_span_is_touched_when_a_character_is_shared(start, end, shares):
    assert touches(start, end, [(5, 10)]) == shares
