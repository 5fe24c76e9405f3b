"""Ties of families and shares of owners: who stands as what, how large a share words state, and exports."""

import json

import pytest
from django.test import Client

from cases.claim_kinds.tie import Tie
from cases.publication.errors import NotPublishableError
from tests.factories import make_actor, make_capture, make_case, make_claim, make_excerpt, make_public

pytestmark = pytest.mark.django_db
WORDS = "Suami dari A itu memiliki 60 persen saham CV Semesta secara langsung"


@pytest.fixture
def case():
    case = make_case(slug="semesta")
    wife, husband = (
        make_actor(name, actor_kind="person", slug=f"orang-{name[-1].lower()}") for name in ("Si A", "Si B")
    )
    firm, excerpt = make_actor("CV Semesta", slug="cv-semesta"), make_excerpt(WORDS, make_capture(text=f"{WORDS}."))
    make_claim(case, excerpt, [("relative", wife), ("relative", husband)], kind="tie", aspect="spouse_of")
    owns = make_claim(case, excerpt, [("owner", husband), ("owned", firm)], kind="tie", aspect="owns")
    Tie.objects.create(claim=owns, percent="60", holding="direct", as_stated="60 persen saham")
    return case


def read(address):
    response = Client(SERVER_NAME="localhost").get(address)
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def test_a_share_and_a_marriage_are_told_and_exported_as_such(case, curator, reviewer):
    make_public(case, by=curator, reviewer=reviewer)
    owns = case.claims.get(aspect="owns")
    page = read(f"/en/claims/{owns.pk}/").decode()
    assert '<span class="number">60</span>%' in page
    assert "held directly" in page
    entities = [json.loads(line) for line in read("/api/v1/export/entities.ftm.json").splitlines()]
    [ownership] = [each["properties"] for each in entities if each["schema"] == "Ownership"]
    assert (ownership["percentage"], ownership["ownershipType"]) == (["60"], ["direct"])
    [family] = [each["properties"] for each in entities if each["schema"] == "Family"]
    assert family["relationship"] == ["spouse of"]
    assert "role" not in family
    assert len(family["person"]) == len(family["relative"]) == 1


def test_a_tie_without_a_share_needs_none_and_says_none(case, curator, reviewer):
    make_public(case, by=curator, reviewer=reviewer)
    document = json.loads(read("/api/v1/cases/semesta/"))
    shares = {claim["aspect"]: claim.get("tie") for claim in document["claims"] if claim["kind"] == "tie"}
    assert shares["spouse_of"] is None
    assert "tie" not in next(claim for claim in document["claims"] if claim["aspect"] == "spouse_of")
    assert shares["owns"] == {"percent": "60", "holding": "direct", "as_stated": "60 persen saham"}


@pytest.mark.parametrize(
    ("claim", "share", "sentence"),
    [
        ({"aspect": "works_for"}, {}, "Only who owns has a share"),
        ({}, {"percent": "6"}, "is no reading of a number"),
        ({}, {"as_stated": "60 percent"}, "No supporting excerpt has the words"),
    ],
)
def test_a_share_is_refused_that_the_words_or_the_tie_do_not_carry(case, curator, reviewer, claim, share, sentence):
    owns = case.claims.get(aspect="owns")
    if claim:
        case.claims.filter(pk=owns.pk).update(**claim)
    if share:
        Tie.objects.filter(claim=owns).update(**share)
    with pytest.raises(NotPublishableError, match=sentence):
        make_public(case, by=curator, reviewer=reviewer)
