"""Excerpts that overlap or touch are one passage, and every word of it is shown once."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.public.presenters.passages import (
    MAX_PASSAGE_CHARS,
    ExcerptOfSource,
    ExcerptPlace,
    Passage,
    PassagePage,
    groups,
)
from cases.public.presenters.record_cards import ExcerptCard

TEXT = "".join(f"kata{number} " for number in range(400))
spans = st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 600)), max_size=30).map(
    lambda found: sorted((start, min(start + length, len(TEXT))) for start, length in found)
)


def places(found: list[tuple[int, int]]) -> list[ExcerptPlace]:
    return [ExcerptPlace(UUID(int=number), start, end) for number, (start, end) in enumerate(found)]


def passage(group: list[ExcerptPlace]) -> Passage:
    cards = [
        ExcerptCard(
            id=str(each.id),
            path=f"/excerpts/{each.id}/",
            text_sha256="a" * 64,
            start=each.start,
            end=each.end,
            exact=TEXT[each.start : each.end],
            language="id",
            locator=None,
        )
        for each in group
    ]
    return Passage([ExcerptOfSource(card) for card in cards])


@given(spans)
def test_passages_hold_every_excerpt_in_order_and_the_words_of_the_text(found):
    made = list(groups(places(found)))
    assert [place for group in made for place in group] == places(found)
    for group in made:
        end = max(place.end for place in group)
        assert end - group[0].start <= max(MAX_PASSAGE_CHARS, group[0].end - group[0].start)
        assert passage(group).words == TEXT[group[0].start : end]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([(0, 5), (6, 11)], 2),
        ([(0, 5), (5, 11)], 1),
        ([(0, 20), (6, 11), (15, 25)], 1),
        ([(0, 600), (500, 901)], 2),
    ],
)
def test_what_touches_is_one_passage_and_a_chain_ends(found, expected):
    assert len(list(groups(places(found)))) == expected


def test_how_much_is_quoted_counts_no_character_twice():
    page = PassagePage([], places([(0, 20), (6, 11), (15, 25), (40, 50)]), 1, 2, None, None)
    assert page.quoted_chars == 35


@given(spans)
def test_each_mark_of_the_strip_stands_within_it(found):
    path = PassagePage([], places(found), 1, 1, None, None).strip(len(TEXT))
    edges = [
        float(word) for each in path.split("M")[1:] for word in (each.split()[0], each.split("H")[1].split("z")[0])
    ]
    assert all(0 <= edge <= 328 for edge in edges)
