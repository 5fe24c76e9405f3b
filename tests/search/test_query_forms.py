"""Whatever form a query has, it finds what it finds in the others (promises.yaml), over the five documents alone."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.search.find import Results, SearchRequest, search

PROMISES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "promises.yaml").read_text(encoding="utf-8"))
PLACES = {"first": 1, "top3": 3, "top10": 10}

pytestmark = pytest.mark.usefixtures("seeded")


@cache  # the record is the same for every test here
def found(query: str) -> Results:
    return search(SearchRequest(query, limit=10))


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row["q"])
def test_a_query_finds_what_it_should(row):
    paths = [hit.document.path.strip("/") for hit in found(row["q"]).hits]
    if row.get("none"):
        assert search(SearchRequest(row["q"], match="all")).total == 0
    for name, place in PLACES.items():
        if name in row:
            assert row[name] in paths[:place], paths
    assert row.get("never") not in paths


@pytest.mark.parametrize("row", [row for row in PROMISES if "why" in row], ids=lambda row: row["q"])
def test_a_hit_says_why_it_matched(row):
    match = found(row["q"]).hits[0].match
    assert row["why"] in {why.form for why in match.why}
    assert all(why.text for why in match.why)
