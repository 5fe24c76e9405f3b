"""Lists: stored cards in an envelope, whole pages both ways, and the same few queries however many rows there are."""

import json
from typing import Any

import pytest
import time_machine

from cases.models import Record, RevisionBody
from cases.publication.acts import withdraw
from tests.factories import make_actor, make_capture, make_case, make_claim, make_excerpt, make_place, make_source
from tests.tampering import triggers_off

from .conftest import ADDRESSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def actors(published):
    """Seven actors, published one after another; two bear the same title."""
    titles = ["Gamma", "alpha", "Beta", "beta", "Éta", "Zeta", "Alpha"]
    made = [make_actor(title, slug=f"actor-{n}") for n, title in enumerate(titles, 1)]
    for actor in made:
        published(actor)
    return made


def walk(api, address, back=False, **query):
    """All ids from the first page on, or from the last page back, and the number of pages."""
    response = api.read(address, **query)
    pages = [response]
    while following := pages[-1].json()["previous" if back else "next"]:
        assert following.startswith("http://localhost/api/v1/"), "a client asks it as it is"
        pages.append(api.read(following))
        assert pages[-1].status_code == 200, pages[-1].content
    return pages


def ids_of(pages):
    return [result.get("slug") or result["id"] for page in pages for result in page.json()["results"]]


@pytest.mark.parametrize(("folder", "slug"), ADDRESSES.items())
def test_a_list_shows_the_cards_as_they_are_stored(api, world, folder, slug):
    response = api.read(f"{folder}/")
    card = Record.objects.current().get(slug=slug).card
    assert card.encode() in response.content
    assert json.loads(card) in response.json()["results"]


def test_the_envelope_says_what_was_understood_with_defaults(api, world):
    told = api.read("cases/", topic="cctv", standing=["stated", "alleged"]).json()
    assert told["query"] == {
        "limit": 50,
        "count": False,
        "order": "title",
        "topic": ["cctv"],
        "standing": ["stated", "alleged"],
    }
    assert (told["as_of"], told["next"], told["previous"], told["license"]) == (None, None, None, "CC-BY-4.0")
    assert "count" not in told


def test_a_list_that_has_not_changed_is_known_already(api, world):
    etag = api.read("claims/", limit=2)["ETag"]
    assert api.read("claims/", limit=2, headers={"If-None-Match": etag}).status_code == 304
    assert api.read("claims/", limit=3, headers={"If-None-Match": etag}).status_code == 200


def test_titles_are_ordered_without_regard_to_case_and_accents(api, actors):
    titles = [card["title"]["id"] for card in api.read("actors/").json()["results"]]
    assert [title.lower() for title in titles] == ["alpha", "alpha", "beta", "beta", "éta", "gamma", "zeta"]


def test_recent_means_last_published_first(api, actors):
    assert api.ids("actors/", order="recent") == [f"actor-{n}" for n in (7, 6, 5, 4, 3, 2, 1)]


@pytest.mark.parametrize("order", ["title", "recent"])
def test_pages_hold_every_row_once_in_order_both_ways(api, actors, order):
    whole = api.ids("actors/", order=order)
    for limit in (1, 2, 3, 7):
        forward = walk(api, "actors/", order=order, limit=limit)
        assert ids_of(forward) == whole
        backward = walk(api, forward[-1].wsgi_request.get_full_path(), back=True)
        assert ids_of(reversed(backward)) == whole
        assert forward[0].json()["previous"] is None


@pytest.mark.parametrize("address", ["cases/", "claims/", "excerpts/", "search/", "changes/", "revisions/"])
def test_a_link_is_asked_as_it_is_and_by_the_way_the_site_was_reached(api, world, settings, address):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for headers, scheme in (({}, "http"), ({"Host": "localhost", "X-Forwarded-Proto": "https"}, "https")):
        page = api.read(address, limit=1, order="recent" if address == "cases/" else [], headers=headers).json()
        while page["next"] and page["results"]:
            assert page["next"].startswith(f"{scheme}://localhost/api/v1/{address}?")
            page = api.get(page["next"], headers=headers).json()
        assert page["previous"] is None or page["previous"].startswith(f"{scheme}://localhost/api/v1/{address}?")


@pytest.mark.parametrize("resource", ["claims", "excerpts", "sources"])
def test_other_lists_page_as_well(api, world, resource):
    for order in ("recent", None):
        query = {"order": order} if order else {}
        assert ids_of(walk(api, f"{resource}/", limit=2, **query)) == api.ids(f"{resource}/", **query)


def test_what_is_published_meanwhile_neither_repeats_nor_hides_a_row(api, actors, published):
    first = api.read("actors/", limit=3).json()
    published(make_actor("Aaaa", slug="early"), make_actor("Zzzz", slug="late"))
    published(withdraw(actors[0], "error"))  # Gamma, on a later page
    rest = walk(api, first["next"])
    assert ids_of(rest) == ["actor-4", "actor-5", "actor-6", "late"] or ids_of(rest) == [
        "actor-3",
        "actor-5",
        "actor-6",
        "late",
    ]


def test_a_cursor_is_bound_to_its_query(api, actors):
    following = api.read("actors/", limit=2, q="a").json()["next"]
    cursor = following.split("cursor=")[1]
    assert api.read("actors/", limit=5, q="a", count="true", cursor=cursor).status_code == 200
    for other in ({}, {"q": "e"}, {"q": "a", "order": "recent"}, {"q": "a", "as_of": "2026-01-01"}):
        response = api.read("actors/", **other, cursor=cursor)
        assert (response.status_code, response.json()["parameter"]) == (400, "cursor")
        assert "another query" in response.json()["detail"]
    assert api.read("systems/", q="a", cursor=cursor).status_code == 400


@pytest.mark.parametrize(
    "cursor", ["x", "*", "e30", "W10", "bnVsbA", "WyJhIl0", "A" * 3999, "W1" * 400, "WyIiLDEsMiwzXQ"]
)
def test_what_was_never_a_cursor_is_refused(api, actors, cursor):
    response = api.read("actors/", cursor=cursor[:3500])
    assert (response.status_code, response.json()["parameter"]) == (400, "cursor")


def test_a_count_is_given_when_asked_and_is_true(api, actors):
    assert api.read("actors/", limit=2, count="true").json()["count"] == 7
    assert api.read("actors/", limit=2, count="true", q="beta").json()["count"] == 2
    assert api.read("actors/", count="true", q="nobody").json()["count"] == 0


def test_whole_documents_come_with_what_it_takes_to_check_them(api, world):
    response = api.read("actors/", include="document")
    told = response.json()
    for document, meta in zip(told["results"], told["meta"], strict=True):
        body = RevisionBody.objects.get(pk=meta["seq"])
        assert body.document.encode() in response.content
        assert document["version"]["number"] == meta["version"]
        assert (meta["salt"], meta["commitment"]) == (body.salt, body.commitment)


def test_the_tag_of_whole_documents_changes_with_any_of_them(api, world, published):
    before = api.read("systems/", include="document")
    assert api.read("systems/", include="document", headers={"If-None-Match": before["ETag"]}).status_code == 304
    world.system.title_en = "Corrected title"
    world.system.save()
    published(world.system)
    after = api.read("systems/", include="document", headers={"If-None-Match": before["ETag"]})
    assert (after.status_code, after["ETag"] != before["ETag"]) == (200, True)
    assert after.content != before.content


def test_a_document_whose_words_are_missing_keeps_its_place_and_says_so(api, world):
    """`redact` takes the row away as well; whoever reads the list of a damaged database is not told of fewer rows."""
    seq = Record.objects.current().get(slug="aplikasi-lapor").since_seq
    with triggers_off():
        RevisionBody.objects.filter(pk=seq).delete()
    told = api.read("systems/", include="document").json()
    assert (told["results"], told["meta"]) == ([None], [{"seq": seq, "redacted": True}])


def test_a_page_of_whole_documents_is_two_queries(api, world, published, django_assert_num_queries):
    """Their rows are, so that nothing is told that does not stand any more."""
    before = api.read("systems/", include="document")
    with django_assert_num_queries(2):
        assert api.read("systems/", include="document").content == before.content
    world.system.title_en = "Corrected title"
    world.system.save()
    published(world.system)
    with django_assert_num_queries(2):
        assert b"Corrected title" in api.read("systems/", include="document").content
    seq = Record.objects.current().get(slug="aplikasi-lapor").since_seq
    with triggers_off():
        RevisionBody.objects.filter(pk=seq).delete()
    assert api.read("systems/", include="document").json()["results"] == [None]


def test_a_limit_is_a_plain_number_up_to_200(api):
    for limit in ("0", "201", "-1", "1.5", "٥", "1e2", "+5", " 5", "9" * 30):
        assert api.read("cases/", limit=limit).json()["parameter"] == "limit", limit


def test_whole_documents_come_fifty_at_a_time(api, world):
    assert api.read("cases/", limit=51, include="document").json()["parameter"] == "limit"
    assert api.read("cases/", limit=50, include="document").status_code == 200


def test_a_list_can_be_read_as_of_a_day(api, published):
    with time_machine.travel("2026-11-01T05:00:00Z"):
        case, gone = make_case("Lama", slug="a"), make_case("Pergi", slug="b")
        published(case, gone)
    with time_machine.travel("2026-11-03T05:00:00Z"):
        case.title_id = "Baru"
        case.save()
        published(case)
        published(withdraw(gone, "error"))
        published(make_case(slug="c"))
    with time_machine.travel("2026-11-20T05:00:00Z"):
        assert api.ids("cases/") == ["a", "c"]
        assert api.ids("cases/", as_of="2026-11-02") == ["a", "b"]
        then = api.read("cases/", as_of="2026-11-02", count="true", limit=1).json()
        assert (then["results"][0]["title"]["id"], then["count"]) == ("Lama", 2)
        assert then["as_of"] == {"asked": "2026-11-02", "seq": 4}
        assert api.read(then["next"]).json()["results"][0]["slug"] == "b"
        assert len(api.ids("claims/", as_of="2026-11-02")) == 2
        assert api.ids("cases/", as_of="2026-10-01") == []


def test_an_excerpt_that_many_documents_hold_is_listed_once(api, world):
    ids = api.ids("excerpts/")
    assert ids.count(str(world.excerpt.id)) == 1
    assert len(ids) == len(set(ids)) == api.read("excerpts/", count="true").json()["count"]


def test_draft_work_is_in_no_list(api, world):
    make_case("Rahasia", slug="rahasia")
    make_claim(world.case, statement_id="Rahasia.", statement_en="Secret.")
    for resource in ("cases", "claims", "excerpts", "changes", "revisions"):
        assert b"ahasia" not in api.read(f"{resource}/").content


QUERIES = {
    "cases/": 1,
    "cases/?count=true": 2,
    "cases/?include=document": 2,
    "cases/?as_of=2026-01-01": 2,
    "cases/?standing=stated&topic=cctv": 1,
    "cases/?place=kota-contoh&place=lain": 2,
    "claims/": 1,
    "claims/?count=true": 2,
    "claims/?actor=pt-misal&part=partner&place=kota-contoh&has_unknown=false": 3,
    "claims/?subject=cases/case-a": 2,
    "claims/?transfer_kind=bribe&stage=verdict": 1,
    "claims/?currency=IDR&amount_min=5&amount_max=9": 2,
    "cases/?has_conflict=false&has_unknown=false&transfer_kind=bribe&stage=verdict": 1,
    "cases/?conflict_family=denied&conflict_family=unclear": 1,
    "claims/?conflict_family=denied&has_conflict=true": 1,
    "cases/?changed_since=1": 2,
    "cases/?changed_since=2026-01-01": 2,
    "excerpts/": 1,
    "excerpts/?source=source-a": 2,
    "actors/": 1,
    "sources/": 1,
    "topics/": 2,
    "topics/cctv/": 2,
    "topics/cctv/?as_of=2026-01-01": 3,
    "changes/": 2,
    "revisions/": 2,
}
"""What each asks: its rows; a count; documents; a day; amounts not compared; names; the head of the log."""


def test_a_list_of_thirty_costs_what_a_list_of_one_costs(api, published, django_assert_num_queries):
    place, other, actor = make_place(slug="kota-contoh"), make_place(slug="lain"), make_actor(slug="pt-misal")
    case = make_case(slug="case-a", topics=["cctv"])
    case.places.add(place, other)
    excerpt = make_excerpt("sejak tahun 2017", make_capture(make_source(slug="source-a")))
    make_claim(case, excerpt, kind="role", aspect="partner", parties=[("partner", actor)])
    published(case)
    for rows in (1, 30):
        if rows == 30:
            published(*(make_case(slug=f"more-{n}", topics=["cctv"]) for n in range(29)))
            published(*(make_actor(f"PT {n}") for n in range(29)))
        assert api.read("cases/", count="true").json()["count"] == rows
        for address, expected in QUERIES.items():
            with django_assert_num_queries(expected, info=f"{address} with {rows} rows"):
                assert api.get(f"/api/v1/{address}").status_code == 200, address


def test_a_query_asked_before_sees_what_was_published_since(api, published):
    place = make_place("Kota Contoh", slug="kota-contoh")
    asked = ({}, {"topic": "cctv"}, {"as_of": "2026-11-03"}, {"place": "kota-contoh"}, {"changed_since": "2026-11-03"})

    def found() -> list[Any]:
        ids = [api.read("cases/", **query).json().get("results") for query in asked]
        return [rows if rows is None else sorted(row["slug"] for row in rows) for rows in ids]

    with time_machine.travel("2026-11-03T12:00:00+07:00", tick=False):
        assert found() == [[], [], [], None, []]
        for number, slug in enumerate("ab", 1):
            case = make_case(slug=slug, topics=["cctv"])
            case.places.add(place)
            published(case)
            assert found() == [["a", "b"][:number]] * 5
