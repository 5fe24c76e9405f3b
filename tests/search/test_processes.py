"""Several processes at the index: whoever dies while writing, and whoever searches meanwhile, it stays whole."""

import pytest

from tests.shared import drill


def test_a_killed_indexer_leaves_the_index_whole(address, tmp_path):
    found = drill(address, tmp_path, "indexer", "kill", 8)
    assert found["rounds"] == 8
    assert found["broken"] == 0


def test_one_publishes_while_another_searches(address, tmp_path):
    found = drill(address, tmp_path, "indexer", "together", 15)
    assert found["searches"] > 10
    assert found["shrunk"] == 0
    assert found["whole"]
    assert found["records"] == 16 * 3


@pytest.mark.drill
def test_a_hundred_killed_indexers(address, tmp_path):
    found = drill(address, tmp_path, "indexer", "kill", 100, seconds=600)
    assert found["broken"] == 0
    assert found["interrupted"] > 0
