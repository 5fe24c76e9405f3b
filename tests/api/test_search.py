"""Search and suggestions over the API: the site's own engine, in the API's envelope."""

import html
import json

import pytest

from cases.api.root import openapi_text
from cases.publication.acts import withdraw
from cases.search.query.parser import QUERY_FIELDS
from tests.api.test_schemas import faults
from tests.factories import make_capture, make_claim, make_excerpt, make_source
from tests.public.conftest import text_of

pytestmark = pytest.mark.django_db


def test_a_result_has_its_claim_its_excerpt_marks_and_reasons(api, world):
    answer = api.read("search/", q="bekerja sama", language="id").json()
    assert faults(answer, "/schemas/api/1.json#/$defs/search") == []
    assert answer["count"] == len(answer["results"]) > 0
    result = next(result for result in answer["results"] if result["slug"] == "cctv-kota-contoh")
    assert "<mark>bekerja sama</mark>" in result["highlights"]["quote"]
    assert result["excerpt"]["exact"] == "bekerja sama dengan PT Misal"
    assert {why["field"] for why in result["why"]} == {"quote"}


def test_a_statement_in_one_language_is_shown_in_that_one(api, world, published):
    """Where words match elsewhere in the record, and where nothing is asked for."""
    make_claim(world.system, world.excerpt, statement_id="", statement_en="Lights went out.")
    world.system.claims.filter(lead=1).update(statement_id="")
    published(world.system)
    for query in ({"q": "lights"}, {"q": "lapor"}, {}):
        answer = api.read("search/", **query, language="id").json()
        assert faults(answer, "/schemas/api/1.json#/$defs/search") == []
        result = next(result for result in answer["results"] if result["slug"] == "aplikasi-lapor")
        assert result["claim"]["statement"]["id"] == ""
        assert text_of(result["highlights"]["statement"]) == result["claim"]["statement"]["en"], query
    assert faults(api.read("claims/").json(), "/schemas/api/1.json#/$defs/claim_list") == []


def test_a_title_that_we_gave_is_told_as_ours(api, published):
    given = {"title": "", "title_given_id": "Ringkasan kajian", "title_given_en": "Summary of a study"}
    source = make_source(slug="ringkasan", **given)
    make_capture(source)
    published(source)
    answer = api.read("search/", q="ringkasan", language="id").json()
    assert faults(answer, "/schemas/api/1.json#/$defs/search") == []
    [result] = answer["results"]
    told = {"id": "Ringkasan kajian", "en": "Summary of a study"}
    assert (result["title"], result["title_given"]) == (None, told)
    assert result["highlights"]["title"] == "[<mark>Ringkasan</mark> kajian]"
    [card] = api.read("sources/").json()["results"]
    assert (card["title"], card["title_given"]) == (None, told)
    published(withdraw(source, "error"))
    assert api.read("sources/ringkasan/").json()["withdrawn"]["title"] == {
        "id": "[Ringkasan kajian]",
        "en": "[Summary of a study]",
    }


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
        ({"q": "place:kota-conto"}, "q", "kota-contoh"),
        ({"q": "contoh tahun:20"}, "q", None),
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


def test_a_word_before_a_colon_that_is_no_field_is_answered_and_said(api, world):
    answer = api.read("search/", q="foo:contoh").json()
    assert "“foo:” is not a field" in answer["notices"][0]
    assert "“foo:” is not a field" in html.unescape(api.get("/en/search/?q=foo:contoh").content.decode())
    assert "“foo:” bukan" in html.unescape(api.get("/search/?q=foo:contoh").content.decode())
    assert api.read("search/", q="title:contoh").json()["notices"] == []


def test_every_field_is_named_wherever_the_search_is_explained(api, world):
    operation = json.loads(openapi_text())["paths"]["/api/v1/search/"]["get"]
    described = next(each for each in operation["parameters"] if each["name"] == "q")["description"]
    for name, indonesian in QUERY_FIELDS.items():
        assert f"`{name}` (`{indonesian}`)" in described
        for page in ("/search/", "/en/search/", "/api/", "/en/api/"):
            shown = api.get(page).content.decode()
            assert f"<code>{name}:" in shown, page
            assert f"<code>{indonesian}:" in shown, page


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
    assert answer["results"][0] == {
        "text": "PT Misal",
        "kind": "actor",
        "path": "/actors/pt-misal/",
        "detail": "perusahaan",
    }
    assert api.read("suggest/", q="zz").json()["results"] == []
    assert api.read("suggest/", q="t*").status_code == 400


def test_a_claim_is_never_without_who_passed_it_on_and_what_is_in_dispute(api, world, published):
    claim = make_claim(world.case, world.excerpt, statement_id="Lampu padam.", statement_en="Lights went out.")
    relay = claim.relays.create(source=world.source).source
    claim.unknowns.create(subject=world.case, property="payer", reason="not_in_source")
    published(world.case)
    shown = next(r["claim"] for r in api.read("search/", q="lampu padam").json()["results"] if r["claim"])
    assert (shown["id"], shown["relayed_by"]) == (str(claim.id), [relay.slug])
    assert (shown["conflicts"], shown["unknowns"]) == (0, ["payer"])
    card = next(card for card in api.read("claims/").json()["results"] if card["id"] == shown["id"])
    assert {key: card[key] for key in shown} == shown


def test_words_of_the_other_side_of_a_dispute_say_so(api, world):
    answer = api.read("search/", q="sejak").json()
    assert faults(answer, "/schemas/api/1.json#/$defs/search") == []
    result = next(result for result in answer["results"] if result["slug"] == "cctv-kota-contoh")
    conflict = world.disputed.conflicts.get()
    assert (result["claim"]["id"], result["claim"]["conflicts"]) == (str(world.disputed.id), 1)
    assert result["excerpt"]["relation"] == "supports"
    assert result["other_side"]["exact"] == "sejak tahun 2017"
    assert text_of(result["highlights"]["other_side"]) == "sejak tahun 2017"
    assert result["other_side"]["relation"] is None
    side = {"conflict": str(conflict.id), "family": "inconsistent", "property": "date"}
    side |= {"value": "2020", "reading": None}
    assert result["other_side"]["sides"] == [side]
    assert result["claim"]["conflict_families"] == ["inconsistent"]


def test_the_quote_shown_supports_the_claim_whatever_else_holds_the_words(api, world, published):
    assert api.read("search/", q="bekerja").json()["results"][0]["excerpt"]["relation"] == "supports"
    make_claim(world.system, world.excerpt).citations.create(
        excerpt=make_excerpt("sejak tahun 2017", world.excerpt.capture), relation="context", position=1
    )
    published(world.system)
    found = {r["slug"]: r["excerpt"] for r in api.read("search/", q="sejak").json()["results"]}
    assert (found["aplikasi-lapor"]["relation"], found["aplikasi-lapor"]["sides"]) == ("supports", [])
    assert found["aplikasi-lapor"]["exact"] == "bekerja sama dengan PT Misal"


def test_the_claim_shown_rests_on_the_words_that_were_found(api, world, published):
    make_claim(world.system, world.excerpt, statement_id="Lampu padam.", statement_en="Lights went out.")
    make_claim(world.system, make_excerpt("sejak tahun 2017", world.excerpt.capture), statement_id="Lampu ada lama.")
    published(world.system)
    result = api.read("search/", q="lampu 2017").json()["results"][0]
    assert result["claim"]["statement"]["id"] == "Lampu ada lama."
    assert (result["excerpt"]["exact"], result["excerpt"]["relation"]) == ("sejak tahun 2017", "supports")


def test_an_actor_without_statements_shows_one_that_names_it(api, world):
    result = next(r for r in api.read("search/", q="pt misal").json()["results"] if r["kind"] == "actor")
    assert result["slug"] == "pt-misal"
    assert result["claim"] is not None
    assert result["excerpt"]["relation"] == "supports"


def test_an_answer_says_how_it_answers_and_what_each_result_lacks(api, world):
    answer = api.read("search/", q="contoh helikopter").json()
    assert faults(answer, "/schemas/api/1.json#/$defs/search") == []
    assert (answer["matched"], answer["missing_words"], answer["corrected"]) == ("most", ["helikopter"], None)
    assert {tuple(result["missing_words"]) for result in answer["results"]} == {("helikopter",)}
    assert answer["query"]["match"] == "most"
    strict = api.read("search/", q="contoh helikopter", match="all").json()
    assert (strict["matched"], strict["count"], strict["unknown_words"]) == ("none", 0, ["helikopter"])
    assert faults(strict, "/schemas/api/1.json#/$defs/search") == []
    assert api.read("search/", q="contoh", match="some").json()["parameter"] == "match"


def test_a_word_that_stands_elsewhere_in_the_record_is_no_word_of_the_statement_shown(api, world, published):
    make_claim(world.system, world.excerpt, statement_id="Lampu padam.", statement_en="Lights went out.")
    make_claim(world.system, world.excerpt, statement_id="Kabel dicuri.", statement_en="Cables were stolen.")
    make_claim(world.system, make_excerpt("sejak tahun 2017", world.excerpt.capture))
    published(world.system)
    answer = api.read("search/", q="lampu kabel 2017").json()
    assert faults(answer, "/schemas/api/1.json#/$defs/search") == []
    found = {why["text"]: (why["field"], why["elsewhere"]) for why in answer["results"][0]["why"]}
    assert found == {"Lampu": ("statement", False), "Kabel": ("statement", True), "tahun 2017": ("quote", True)}
    page = text_of(api.get("/search/?q=lampu+kabel+2017").content.decode())
    assert (
        "“Lampu” dalam pernyataan · dari bagian lain catatan ini, bukan tentang pernyataan di atas: "
        "“Kabel” dalam pernyataan; “tahun 2017” dalam kutipan" in page
    )


def test_words_of_the_quote_and_the_other_language_of_the_statement_are_its_own(api, world, published):
    make_claim(world.system, world.excerpt, statement_id="Lampu padam.", statement_en="Lights went out.")
    published(world.system)
    result = next(r for r in api.read("search/", q="lampu lights bekerja").json()["results"] if r["claim"])
    assert {why["elsewhere"] for why in result["why"]} == {False}
    assert len(result["why"]) == 3


def test_what_was_chosen_and_the_claim_shown_does_not_fit_is_named(api, world, published):
    make_claim(world.system, world.excerpt, statement_id="Lampu padam.", statement_en="Lights went out.")
    make_claim(world.system, world.excerpt, standing="alleged")
    published(world.system)
    answer = api.read("search/", q="lampu", standing="alleged").json()
    assert faults(answer, "/schemas/api/1.json#/$defs/search") == []
    assert answer["results"][0]["claim"]["standing"] == "stated"
    assert answer["results"][0]["unmet"] == ["standing"]
    assert api.read("search/", q="lampu").json()["results"][0]["unmet"] == []
