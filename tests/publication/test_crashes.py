"""Several people publish at once, and the process may die at any moment: each set is wholly there or not at all."""

from typing import Any

import pytest

from tests.shared import drill


def whole(found: dict[str, Any]) -> bool:
    return found["gapless"] and not found["faults"] and not found["partial"]


def test_four_publish_at_once_and_all_of_it_is_published_without_gaps(address, tmp_path):
    found = drill(address, tmp_path, "publisher", "race", 4, 10)
    assert found["failed"] == 0, found["said"]
    assert whole(found), found
    assert found["revisions"] == 4 * 10 * 3


def test_a_killed_publication_has_happened_wholly_or_not_at_all(address, tmp_path):
    found = drill(address, tmp_path, "publisher", "crash", 12)
    assert whole(found), found
    assert found["lost"] == [], "what was acknowledged stays"
    assert found["kills"] == 12
    assert found["inside"] >= 2, "too few kills fell into a publication to show anything"
    assert found["acknowledged"] * 3 <= found["revisions"]


@pytest.mark.drill
def test_four_publish_a_hundred_sets_each_at_once(address, tmp_path):
    found = drill(address, tmp_path, "publisher", "race", 4, 100, seconds=1200)
    assert found["failed"] == 0, found["said"]
    assert whole(found), found
    assert found["revisions"] == 4 * 100 * 3


@pytest.mark.drill
def test_two_hundred_killed_publications(address, tmp_path):
    found = drill(address, tmp_path, "publisher", "crash", 200, seconds=2400)
    assert whole(found), found
    assert found["lost"] == []
    assert found["kills"] == 200
    assert found["inside"] >= 50


@pytest.mark.drill
def test_without_the_transaction_the_same_drill_finds_damage(address, tmp_path):
    found = drill(address, tmp_path, "publisher", "crash", 60, "torn", seconds=600)
    assert found["faults"] or found["partial"]
    assert found["kills"] <= 60
