"""Every kind says as what parties stand in its claims, and a form of it offers each part that a reader asks for."""

from typing import Any

import pytest

from cases.claim_kinds import DETAILED, REGISTRY
from cases.vocabularies import Part


@pytest.mark.parametrize("name", list(REGISTRY))
def test_a_kind_names_parts_of_the_closed_list_once_each(name):
    parts = REGISTRY[name].parts
    assert parts
    assert set(parts) <= set(Part.values)
    assert len(parts) == len(set(parts))


@pytest.mark.parametrize("name", list(DETAILED))
def test_a_part_that_a_reader_asks_for_is_among_them(name):
    kind = DETAILED[name]
    empty: dict[str, Any] = {field.name: None for field in kind.fields}
    given = [{kind.linked_field: word} if word else {} for word in ["", *kind.linked_words]]
    asked = {question for words in given for question in kind.document(**empty | words).questions(set())}
    assert asked & set(Part.values) <= set(kind.parts)
