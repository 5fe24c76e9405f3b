"""Search and suggestions over the API: the site's own engine, in the API's envelope."""

import pytest

from tests.api.test_schemas import faults

pytestmark = pytest.mark.django_db


def test_a_result_has_its_claim_its_excerpt_marks_and_reasons(api, world):
    answer = api.read("search/", q="bekerja sama", language="id").json()
    assert faults(answer, "/schemas/api/1.json#/$defs/search") == []
    assert answer["count"] == len(answer["results"]) > 0
    result = next(result for result in answer["results"] if result["slug"] == "cctv-kota-contoh")
    assert "<mark>bekerja</mark> <mark>sama</mark>" in result["highlights"]["quote"]
    assert result["excerpt"]["exact"] == "bekerja sama dengan PT Misal"
    assert {why["field"] for why in result["why"]} == {"quote"}


def test_marks_are_the_only_markup(api, world, published):
    world.case.title_id = "CCTV <b>tebal</b> & sebagainya"
    world.case.save()
    published(world.case)
    title = next(
        result["highlights"]["title"]
        for result in api.read("search/", q="tebal").json()["results"]
        if result["slug"] == "cctv-kota-contoh"
    )
    assert title == "CCTV &lt;b&gt;<mark>tebal</mark>&lt;/b&gt; &amp; sebagainya"


def test_facets_narrow_and_are_echoed(api, world):
    everything = api.read("search/").json()
    assert {row["value"]: row["count"] for row in everything["facets"]["kind"]}["case"] == 1
    answer = api.read("search/", kind=["case", "actor"], place="kota-contoh").json()
    assert answer["query"]["kind"] == ["case", "actor"]
    assert {result["kind"] for result in answer["results"]} == {"case"}
    assert {row["value"] for row in answer["facets"]["kind"]} > {"case"}


def test_pages_follow_each_other(api, world):
    seen, address = [], "/api/v1/search/?limit=3"
    while address:
        answer = api.get(address).json()
        seen += [result["id"] for result in answer["results"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == answer["count"]
    assert api.get(answer["previous"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "parameter", "near"),
    [
        ({"as_of": "2026-01-01"}, "as_of", None),
        ({"knd": "case"}, "knd", "kind"),
        ({"kind": "cases"}, "kind", "case"),
        ({"place": "kota-conto"}, "place", "kota-contoh"),
        ({"source": "nothing"}, "source", None),
        ({"year": "20"}, "year", None),
        ({"q": "*"}, "q", None),
        ({"q": '""'}, "q", None),
        ({"q": "x" * 2000}, "q", None),
        ({"q": "standng:stated"}, "q", "standing:"),
        ({"sort": "xyz"}, "sort", None),
        ({"page": "0"}, "page", None),
        ({"page": "51"}, "page", None),
        ({"language": "fr"}, "language", None),
    ],
)
def test_what_is_not_understood_is_refused_by_name(api, world, query, parameter, near):
    response = api.read("search/", **query)
    problem = response.json()
    assert response.status_code == 400
    assert problem["parameter"] == parameter
    assert problem.get("did_you_mean") == ([near] if near else None)


def test_what_stands_on_the_page_stands_in_the_api(api, world):
    """Both doors give the same answer to the same question."""
    page = api.get("/en/search/?q=contoh&kind=case").content.decode()
    answer = api.read("search/", q="contoh", kind="case", language="en").json()
    for result in answer["results"]:
        assert f'href="/en{result["path"]}"' in page
    assert f"{answer['count']} result" in page


def test_suggestions(api, world):
    answer = api.read("suggest/", q="pt mi").json()
    assert faults(answer, "/schemas/api/1.json#/$defs/suggestions") == []
    assert answer["results"][0] == {"text": "PT Misal", "kind": "actor", "path": "/actors/pt-misal/"}
    assert api.read("suggest/", q="zz").json()["results"] == []
    assert api.read("suggest/", q="t*").status_code == 400
