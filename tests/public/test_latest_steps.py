"""The latest step of somebody's proceedings stands before every allegation against them, at every door."""

import csv
import io
import json

import pytest

from cases.claim_kinds.stage import Stage
from tests.factories import make_actor, make_case, make_claim, make_excerpt
from tests.public.conftest import read, text_of

pytestmark = pytest.mark.django_db
ALLEGED = "Budi is said to have taken it."
STEPS = {
    "acquitted": ({"stage": "cassation", "outcome": "acquitted"}, "cassation: acquitted", "putusan kasasi: bebas"),
    "terminated": ({"stage": "terminated"}, "investigation terminated", "penghentian penyidikan"),
    "changed": ({"stage": "appeal", "outcome": "changed"}, "appeal: changed", "putusan banding: mengubah"),
}


@pytest.fixture(params=STEPS)
def step(request):
    return STEPS[request.param]


@pytest.fixture
def world(published, step):
    """A case whose lead accuses somebody, who was named a suspect and then met the step."""
    person = make_actor("Budi", slug="budi", actor_kind="person")
    case, excerpt = make_case(slug="perkara", claims=0), make_excerpt()
    given = {
        "standing": "alleged",
        "start": "2031-05",
        "statement_id": "Budi disebut menerima.",
        "statement_en": ALLEGED,
    }
    claim = make_claim(case, excerpt, [("accused", person)], lead=1, **given)
    for start, detail in (("2030-08-08", {"stage": "named_suspect"}), ("2031-03-14", step[0])):
        told = make_claim(case, kind="stage", start=start, parties=[("defendant", person)])
        Stage.objects.create(claim=told, **detail)
    published(case)
    return case, claim, excerpt, person


def test_pages_tell_it_before_the_statement(client, world, step):
    case, claim, excerpt, person = world
    known = f"Latest step known here: Budi: {step[1]} (14 March 2031)"
    for path in (
        f"claims/{claim.pk}/",
        f"cases/{case.slug}/",
        f"cases/{case.slug}/v/1/sheet/",
        f"actors/{person.slug}/",
        f"excerpts/{excerpt.pk}/",
    ):
        text = text_of(read(client, f"/en/{path}").partition("<main")[2])
        assert known in text, path
        assert text.index(known) < text.index(ALLEGED), path
    share = read(client, f"/en/claims/{claim.pk}/").partition('og:description" content="')[2].partition('"')[0]
    assert share.index(known) < share.index(ALLEGED.removesuffix("."))


def test_lists_and_sources_tell_it_before_the_statement(client, world, step):
    _case, _claim, excerpt, _person = world
    for path in ("/en/cases/", f"/en/sources/{excerpt.capture.source.slug}/"):
        text = text_of(read(client, path).partition("<main")[2])
        known = f"Latest step known here: {step[1]}"
        assert known in text, (path, text)
        assert text.index(known) < text.index(ALLEGED), path


def test_cards_and_exports_carry_it(client, world, step):
    _case, claim, _excerpt, _person = world
    expected = {"budi": {"stage": step[0]["stage"], "outcome": step[0].get("outcome"), "start": "2031-03-14"}}
    [card] = json.loads(read(client, "/api/v1/cases/"))["results"]
    assert card["lead"]["latest_steps"] == expected
    cards = {each["id"]: each for each in json.loads(read(client, "/api/v1/claims/"))["results"]}
    assert cards[str(claim.pk)]["latest_steps"] == expected
    rows = {row["claim_id"]: row for row in csv.DictReader(io.StringIO(export(client, "claims.csv")))}
    row = rows[str(claim.pk)]
    assert row["latest_steps_en"] == f"Budi: {step[1]} (14 March 2031)"
    assert list(row).index("latest_steps_en") < list(row).index("statement_en")
    notes = [json.loads(line) for line in export(client, "entities.ftm.json").splitlines()]
    [note] = [each for each in notes if each["id"] == f"casedb-{claim.pk}"]
    assert f"Latest step known here: Budi: {step[1]} (14 March 2031)" in note["properties"]["notes"]


def export(client, name):
    return b"".join(client.get(f"/api/v1/export/{name}").streaming_content).decode("utf-8-sig")


def test_a_step_tells_of_no_earlier_one_and_an_earlier_one_of_the_latest(client, world, step):
    case, _claim, _excerpt, _person = world
    newest, suspect = case.claims.get(start="2031-03-14"), case.claims.get(start="2030-08-08")
    assert "Latest step known here" not in read(client, f"/en/claims/{newest.pk}/")
    assert f"Budi: {step[1]}" in text_of(read(client, f"/en/claims/{suspect.pk}/"))


def test_nobody_else_in_the_matter_is_told_to_have_met_it(client, world, published):
    case, _claim, _excerpt, _person = world
    other = make_claim(case, parties=[("accused", make_actor("Sari", actor_kind="person"))], standing="alleged")
    published(case)
    assert "Latest step known here" not in read(client, f"/en/claims/{other.pk}/")
