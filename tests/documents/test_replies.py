"""Who has a right of reply to a claim, what is known of their reply, and what may be called denied."""

import pytest

from cases.documents.claims import ANSWERABLE_PARTS, CHARGED_PARTS
from cases.vocabularies import ConflictFamily, Part
from tests.exports.documents import CLAIM, FIRM, PERSON, conflict, make_document, party, response


def replies(document, claim="c"):
    return {key: reply.state for key, reply in document.replies_to(document.claim(claim)).items()}


@pytest.mark.parametrize("part", Part.values)
def test_whoever_a_case_names_so_may_reply_and_was_not_asked_unless_the_record_says_more(part):
    document = make_document({"parties": [party(part, PERSON), party(part, None)]})
    assert replies(document) == ({"p": "not_asked"} if part in ANSWERABLE_PARTS else {})
    assert list(document.answerable_in(*document.claims)) == list(replies(document))


def test_elsewhere_only_whoever_is_charged_may_reply():
    for part in ANSWERABLE_PARTS:
        fields = {"$schema": "/schemas/collaboration/2.json", "kind": "collaboration"}
        document = make_document({"parties": [party(part, FIRM)]}, **fields)
        assert bool(replies(document)) == (part in CHARGED_PARTS), part


def test_a_response_is_to_the_claims_that_it_names_and_else_to_all_that_its_author_may_answer():
    accused = {"parties": [party("accused", PERSON)]}
    named = CLAIM | {"id": "c2", "parties": [party("named", PERSON)]}
    asked = [response(PERSON, state="asked")]
    document = make_document(accused, named, responses=asked)
    assert (replies(document), replies(document, "c2")) == ({"p": "asked"}, {})
    more = [*asked, response(PERSON, id="r2", state="answered", claims=["c2"])]
    document = make_document(accused, named, responses=more)
    assert (replies(document), replies(document, "c2")) == ({"p": "asked"}, {"p": "answered"})
    own = [response(PERSON, id="r2", state="declined", claims=["c"]), *asked]
    assert replies(make_document(accused, responses=own)) == {"p": "declined"}


def test_only_a_reply_that_denies_makes_a_claim_denied():
    families = {family for family in ConflictFamily.values if family != "denied"}
    noted = [conflict(family, "a", "b", family=family) for family in sorted(families)]
    undenied = make_document({}, conflicts=noted, responses=[response(PERSON, state="answered")])
    [claim] = undenied.claims
    assert undenied.families_of(claim) == tuple(f for f in ConflictFamily.values if f in families)
    answer = response(PERSON, state="answered", denies=True)
    denied = make_document({}, conflicts=noted[:1], responses=[answer])
    assert denied.families_of(denied.claims[0]) == ("denied", "identity")
    assert [each.who.id for each in denied.denials_of(denied.claims[0])] == ["p"]
    assert make_document({}, conflicts=[conflict("k", family="new")]).families_of(claim) == ("new",)
