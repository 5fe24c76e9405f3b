"""A value changed while its citation did not: whatever the kind of a claim, the curator reads the excerpt again."""

import json

import pytest
from msgspec.structs import replace

from cases.claim_kinds import DETAILED
from cases.claim_kinds.stage import Stage
from cases.documents.types import parse_document
from cases.publication.checks import confirmation, values
from cases.publication.errors import NotPublishableError
from cases.publication.publish import publish
from sources.json_fields import LanguageMap
from tests.documents.test_questions import RAW, claim
from tests.factories import both, make_case, make_claim, make_figure, make_public, make_transfer

# By the release that wrote version 2 of documents: what stands in dossiers was confirmed by these
CODES = ["7afa5edc", "661e7479"]
CODES_OF_KINDS = ["84f567d4", "0fb0887e", "9b00b9a1"]


def make_stage(case):
    made = make_claim(case, kind="stage", standing="stated", start="2023-04-14")
    Stage.objects.create(claim=made, stage="verdict", outcome="acquitted")
    return made


def claim_of(kind):
    """A claim of a kind whose numbers are all empty."""
    fields = dict.fromkeys(DETAILED[kind].document.__struct_fields__)
    [made] = parse_document(json.dumps(RAW | {"lead": [], "claims": [claim("c", kind="event")]})).claims
    return replace(made, kind=kind, **{kind: DETAILED[kind].document(**fields)})


@pytest.mark.parametrize("kind", DETAILED)
def test_every_number_of_every_kind_is_a_value_of_its_claim(kind):
    before = claim_of(kind)
    for name in DETAILED[kind].document.__struct_fields__:
        for value in ("1", LanguageMap(id="satu", en="one")):
            after = replace(before, **{kind: replace(before.detail, **{name: value})})
            assert values(after) != values(before), name
            assert confirmation(after) != confirmation(before), name


@pytest.mark.parametrize(
    ("make", "field", "value"),
    [(make_transfer, "kind", "payment"), (make_figure, "nature", "counted"), (make_stage, "outcome", "upheld")],
)
@pytest.mark.django_db
def test_a_changed_number_is_refused_until_its_citation_is_confirmed(curator, reviewer, make, field, value):
    case = make_case()
    made = make(case)
    make_public(case, by=curator, reviewer=reviewer)
    type(made.detail).objects.filter(pk=made.pk).update(**{field: value})
    with pytest.raises(NotPublishableError, match="A value changed while its excerpt did not") as refused:
        publish([case], by=curator, reviewer=reviewer, reason=both("Angka diperbaiki"))
    made.citations.update(confirmed=str(refused.value).split("confirm with ")[1].split(".")[0])
    assert publish([case], by=curator, reviewer=reviewer, reason=both("Angka diperbaiki"))


def test_the_codes_that_stand_in_dossiers_stay():
    document = parse_document(json.dumps(RAW))
    assert [confirmation(each) for each in document.claims] == CODES
    assert [confirmation(claim_of(kind)) for kind in ("transfer", "figure", "stage")] == CODES_OF_KINDS
