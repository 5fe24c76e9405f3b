"""One record, one answer: what counts, lists and the search say of it agree, over the whole seeded record."""

import pytest

from cases.public.labels import search_fields
from cases.vocabularies import topics

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]
FOLDERS = ("cases", "collaborations", "actors", "systems", "places")


def counted(api, address):
    own = "" if address.startswith("search/") else "&count=true"
    return api.get(f"/api/v1/{address}&limit=1{own}".replace("/api/v1//", "/")).json()["count"]


def test_what_the_help_of_the_search_shows_finds_something(api):
    for _title, english, indonesian in search_fields():
        found = [api.read("search/", q=text).json() for text in (english, indonesian)]
        assert found[0]["count"] == found[1]["count"] > 0, english


def test_a_year_finds_the_same_in_the_search_as_in_the_statements(api):
    disputed = {"collaborations/yogyakarta-pgn-smart-city": {"2019", "2020"}}  # the whole, not one of its statements
    for year in ("2017", "2019", "2020", "2022"):
        claims = api.get(f"/api/v1/claims/?from={year}&to={year}&limit=200").json()
        sources = api.get(f"/api/v1/sources/?from={year}&to={year}&limit=200").json()
        found = api.get(f"/api/v1/search/?year={year}&limit=50").json()
        assert [answer["next"] for answer in (claims, sources, found)] == [None, None, None]
        listed = {card["subject"]["path"].strip("/") for card in claims["results"]}
        listed |= {card["path"].strip("/") for card in sources["results"]}
        listed |= {path for path, years in disputed.items() if year in years}
        assert {result["path"].strip("/") for result in found["results"]} == listed, year


def test_dates_in_dispute_are_found_by_every_side(api):
    figure = {"subject": "cases/penyaluran-bst-dan-bansos-dki-jakarta", "kind": "figure"}
    for year in ("2020", "2022"):
        assert api.ids("claims/", **figure, **{"from": year, "to": year}), year
    assert not api.ids("claims/", **figure, **{"from": "2018", "to": "2018"})
    for year in ("2019", "2020"):
        assert "yogyakarta-pgn-smart-city" in api.ids("collaborations/", **{"from": year, "to": year})


def test_a_place_finds_the_same_in_the_search_and_in_the_lists(api):
    inside = {}
    places = api.read("places/", limit=50, include="document").json()
    assert places["next"] is None
    for place in places["results"]:
        slug = place["slug"]
        listed = {folder: counted(api, f"{folder}/?place={slug}") for folder in FOLDERS}
        assert counted(api, f"search/?place={slug}") == sum(listed.values()), slug
        assert slug in api.ids("places/", place=slug)
        above = place["parent"]["slug"] if place["parent"] else None
        inside.setdefault(above, set()).add(slug)
    for above, slugs in inside.items():
        if above:
            assert set(api.ids("places/", parent=above)) == slugs


def test_a_topic_counts_what_its_lists_count(api):
    told = {topic["code"]: topic for topic in api.read("topics/").json()["results"]}
    assert list(told) == list(topics())
    for code, topic in told.items():
        listed = {folder: counted(api, f"{folder}/?topic={code}") for folder in (*FOLDERS, "claims")}
        assert topic["counts"] == listed | {"sources": 0}, code
        assert counted(api, topic["claims"]) == topic["counts"]["claims"]
    found = {row["value"]: row["count"] for row in api.read("search/").json()["facets"]["topic"]}
    records = {code: sum(topic["counts"][folder] for folder in FOLDERS) for code, topic in told.items()}
    assert found == {code: count for code, count in records.items() if count}
