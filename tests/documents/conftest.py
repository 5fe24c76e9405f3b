"""The text of every document of the seeded record, with acts beside it that leave withdrawals and mergers."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User

from cases.claim_kinds.contract import Contract
from cases.claim_kinds.penalty import Penalty
from cases.claim_kinds.stage import Stage
from cases.claim_kinds.tie import Tie
from cases.models import RevisionBody
from cases.publication.acts import merge, reinstate, withdraw
from cases.publication.publish import publish
from tests.factories import both, everything_named_by, make_actor, make_case, make_claim, make_source, make_transfer
from tests.seeding import seed_fixtures
from tests.shared import taken_back


@pytest.fixture(scope="session")
def stored_texts(django_db_setup: None, django_db_blocker: Any) -> list[str]:
    with taken_back(django_db_blocker):
        seed_fixtures()
        people = {"by": User.objects.create(username="by"), "reviewer": User.objects.create(username="reviewer")}
        _withdraw_and_merge({**people, "reason": both("Uji")})
        texts = list(RevisionBody.objects.order_by("pk").values_list("document", flat=True))
    return texts


def _withdraw_and_merge(people: dict[str, Any]) -> None:
    old, new, case = make_actor("PT Lama", slug="lama"), make_actor("PT Baru", slug="baru"), make_case()
    make_claim(case, parties=[("partner", old)])
    transfer = make_transfer(case)
    words = transfer.citations.get().excerpt
    case.unknowns.create(subject=case, claim=transfer, property="contract", reason="none_exists", excerpt=words)
    conflict = case.conflicts.create(key="k", kind="slip", property="cost", explanation_id="a", explanation_en="a")
    for value in ("1", "2"):
        conflict.sides.create(value=value, excerpt=words)
    Stage.objects.create(claim=make_claim(case, kind="stage", start="2023-04-14"), stage="detained")
    fined = make_claim(case, kind="penalty", start="2023", parties=[("authority", old)])
    Penalty.objects.create(claim=fined, kind="administrative", measure_id="teguran", measure_en="reprimand")
    bought = make_claim(case, kind="contract", start="2023", parties=[("supplier", old)])
    Contract.objects.create(claim=bought, step="award")
    case.unknowns.create(subject=case, claim=bought, property="amount", reason="none_exists", excerpt=words)
    Tie.objects.create(claim=make_claim(case, kind="tie", aspect="owns"), holding="indirect")
    case.identifiers.create(scheme="tender_code", value="88120431", excerpt=words)
    source, bearer = (
        make_source(title="", title_given_id="Surat", title_given_en="Letter", slug="surat"),
        make_source(slug="pembawa"),
    )
    source.known_through.add(bearer)
    bearer.known_through.add(source)
    publish([*everything_named_by(case), new, source, bearer], **people)
    publish([merge(old, into=new)], **people)
    publish([reinstate(old)], **people)
    publish([merge(old, into=new)], **people)
    publish([withdraw(case, "error"), withdraw(source, "duplicate"), withdraw(bearer, "duplicate")], **people)


@pytest.fixture(scope="session")
def stored(stored_texts: list[str]) -> list[dict[str, Any]]:
    return [json.loads(text) for text in stored_texts]
