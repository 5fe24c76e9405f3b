"""Every fact of the second corpus is entered through the reader's form, and stands as its dossier has it."""

from typing import Any

import pytest
from django.db.models import Model
from django.urls import reverse

from cases.claim_kinds import DETAILED
from cases.models import Claim, Record, Subject
from sources.models import Excerpt
from tests import second_corpus
from tests.admin.conftest import at_the_desk
from tests.admin.pages import Form, words
from tests.factories import make_case
from tests.shared import taken_back

OWN = ("kind", "aspect", "standing", "statement_id", "statement_en", "start", "end", "date_as_stated")
OWN += ("said_by_actor_id", "said_by_source_id", "speaker_id", "speaker_en", "ongoing_when_written")


@pytest.fixture(scope="module")
def record(django_db_setup: None, django_db_blocker: Any) -> Any:
    with taken_back(django_db_blocker):
        second_corpus.load()
        yield


@pytest.fixture
def texts(record: None, db: None, settings: Any) -> None:
    settings.CASEDB_DOCUMENTS = second_corpus.TEXTS


def shown(row: Any) -> str:
    return "" if row is None else str(row.pk if isinstance(row, Model) else row)


def parties(claim: Claim) -> list[tuple[str, Any, str]]:
    return sorted((each.part, str(each.who_id or ""), each.as_stated) for each in claim.parties.all())


def quoted(claim: Claim) -> list[Excerpt]:
    """The passages of its first copy: the reader reads one."""
    cited = [each.excerpt for each in claim.citations.filter(relation="supports").select_related("excerpt__capture")]
    return [each for each in cited if each.capture_id == cited[0].capture_id]


def entered(client: Any, claim: Claim, subject: Subject) -> Claim:
    """Open the form on the words of a claim, fill it as a curator would, and save."""
    passages = quoted(claim)
    url = reverse("admin:sources_capture_claim", args=[passages[0].capture_id])
    spans = [(name, number) for each in passages for name, number in (("start", each.start), ("end", each.end))]
    response = client.get(url, {"kind": claim.kind, **{n: [v for m, v in spans if m == n] for n in ("start", "end")}})
    assert response.status_code == 200
    data: dict[str, Any] = Form(response.content.decode(), "claim_form").data
    data |= {"subject": str(subject.pk), "statement_id": claim.statement_id, "statement_en": claim.statement_en}
    data |= {"standing": claim.standing, "aspect": claim.aspect, "start": claim.start, "end": claim.end}
    data |= {"date_as_stated": claim.date_as_stated, "said_by_actor": shown(claim.said_by_actor)}
    data |= {"said_by_source": shown(claim.said_by_source), "speaker_id": claim.speaker_id}
    data |= {"speaker_en": claim.speaker_en, "ongoing_when_written": "on" if claim.ongoing_when_written else None}
    data = {name: value for name, value in data.items() if value is not None and not name.startswith("gap-")}
    for name in [name for name in data if name.startswith("party-") and not name.endswith("_FORMS")]:
        del data[name]
    for number, (part, who, as_stated) in enumerate(parties(claim)):
        row = f"party-{number}"
        data |= {f"{row}-part": part, f"{row}-who": who, f"{row}-as_stated": as_stated, f"{row}-new": ""}
    data["party-TOTAL_FORMS"] = claim.parties.count()
    if claim.detail is not None:
        columns = [each for field in DETAILED[str(claim.kind)].fields for each in field.columns]
        data |= {f"n-{column}": shown(getattr(claim.detail, column)) for column in columns}
    before = set(Claim.objects.values_list("pk", flat=True))
    response = client.post(url, data)
    assert response.status_code == 302, words(response)
    return Claim.objects.exclude(pk__in=before).get()


def differences(claim: Claim, other: Claim) -> dict[str, Any]:
    """What of two claims is not the same."""
    found = {name: (getattr(claim, name), getattr(other, name)) for name in OWN}
    found["parties"] = (parties(claim), parties(other))
    found["passages"] = ([each.pk for each in quoted(claim)], [each.pk for each in quoted(other)])
    if claim.detail is not None:
        for field in DETAILED[str(claim.kind)].fields:
            for column in field.columns:
                found[column] = (getattr(claim.detail, column), getattr(other.detail, column, None))
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


@pytest.mark.parametrize("fact", second_corpus.FACTS)
def test_a_fact_of_the_key_is_entered_with_its_kind_value_speaker_and_standing(texts, curator, fact):
    client, subject = at_the_desk(curator), make_case("Perkara lain", claims=0)
    for key in second_corpus.FACTS[fact]:
        claim = Claim.objects.get(pk=key)
        assert differences(claim, entered(client, claim, subject)) == {}
    assert not Record.objects.filter(object_id=subject.pk).exists()


def test_the_key_is_whole():
    assert len(second_corpus.FACTS) == len(second_corpus.facts()) == 71
