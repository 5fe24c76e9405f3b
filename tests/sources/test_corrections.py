"""Misreadings put right: what differs, word for word, and where everything else of the old text stands in the new."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.corrections import Correction, CorrectionError, corrected, corrections_between, moved

OLD = "Saksi rnelihat uang\ntunai Rp5O juta di rumah.\nSidang ditutup.\n"
NEW = "Saksi melihat uang\ntunai Rp50 juta di rumah.\nSidang ditutup.\n"


def test_each_misread_word_is_one_correction_with_its_place():
    assert corrections_between(OLD, NEW) == [
        Correction(OLD.index("rnelihat"), "rnelihat", "melihat"),
        Correction(OLD.index("Rp5O"), "Rp5O", "Rp50"),
    ]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (OLD, "Nothing is corrected yet"),
        ("Teks yang sama sekali lain.", "another text and not a correction"),
        ("kata lain " * 30_000, "another text and not a correction"),
    ],
)
def test_what_is_no_correction_is_refused(new, sentence):
    with pytest.raises(CorrectionError, match=sentence):
        corrections_between(OLD, new)


def test_corrections_of_another_text_are_refused():
    with pytest.raises(CorrectionError, match="“rnelihat” does not stand there"):
        corrected("Lain sekali ini teksnya", corrections_between(OLD, NEW))


words = st.lists(st.sampled_from(["uang", "tunai", "rumah", "0", "O", ",", " ", "\n"]), min_size=6, max_size=40)


@given(words, st.data())
def test_a_text_with_its_corrections_is_the_corrected_text_and_spans_stay_with_their_words(parts, data):
    place = data.draw(st.integers(0, len(parts) - 1))
    kept = data.draw(st.integers(0, len(parts)))
    old, new = "".join(parts), "".join([*parts[:place], "benar", *parts[place + 1 :]])
    try:
        found = corrections_between(old, new)
    except CorrectionError:
        return
    assert corrected(old, found) == new
    start = len("".join(parts[:kept]))
    left, right = moved((start, len(old)), found)
    assert 0 <= left <= right == len(new)
    # What stood in the span stands there still: nothing private comes out
    assert new[left:].endswith(old[start:]) or any(each.end > start for each in found)


def test_a_span_that_touches_a_correction_takes_it_in_whole():
    found = corrections_between(OLD, NEW)
    inside = OLD.index("rnelihat") + 3
    start, end = moved((inside, inside + 2), found)
    assert NEW[start:end] == "melihat"
