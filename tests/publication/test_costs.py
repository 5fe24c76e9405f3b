"""What publishing costs: questions to the database that do not multiply with claims and members."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.claim_kinds.stage import Stage
from cases.documents.build import build_document
from cases.documents.prefetch import read_items
from cases.publication.ledger import current_documents, last_revisions
from cases.publication.plan import PublicationPlan
from cases.publication.publish import publish
from tests.factories import (
    both,
    everything_named_by,
    make_capture,
    make_case,
    make_claim,
    make_excerpt,
    make_figure,
    make_transfer,
)

pytestmark = pytest.mark.django_db


def queries_of(work) -> int:
    with CaptureQueriesContext(
        connection,
    ) as context:
        work()
    return len(context)


def make_cases(number: int) -> list:
    capture = make_capture()
    cases = [make_case(f"Kasus {number}-{each}", slug=f"kasus-{number}-{each}") for each in range(number)]
    for case in cases:
        for words in ("bekerja sama dengan PT Misal", "uang tunai senilai 2.5 milyar")[:number]:
            make_claim(case, make_excerpt(words, capture))
    return cases


def test_documents_of_many_items_cost_what_those_of_two_cost():
    few, many = make_cases(2), make_cases(12)
    assert queries_of(lambda: read_items(many)) == queries_of(lambda: read_items(few))


def test_a_document_is_built_of_what_was_prefetched_without_another_query():
    case = make_case()
    make_transfer(case)
    make_figure(case)
    Stage.objects.create(claim=make_claim(case, kind="stage", start="2023-04-14"), stage="detained")
    references = PublicationPlan.of([case]).references
    [row] = read_items([case]).values()
    assert queries_of(lambda: build_document(row, references)) == 0
    assert build_document(row, references) == build_document(type(case).objects.get(pk=case.pk), references)


def test_completing_a_set_changes_none_of_its_documents():
    case = make_case()
    alone, completed = PublicationPlan.of([case]), PublicationPlan.completed([case])
    assert len(completed.acts) == 2
    assert PublicationPlan.of(completed.acts).documents == completed.documents
    assert completed.documents[case.pk] == alone.documents[case.pk]
    assert [item.pk for item in alone.not_public[case.pk]] == [completed.acts[1].key]
    assert not any(completed.not_public.values())


def test_a_plan_of_many_costs_what_one_of_two_costs(curator, reviewer):
    few, many = make_cases(2), make_cases(12)
    assert queries_of(lambda: PublicationPlan.completed(many)) == queries_of(lambda: PublicationPlan.completed(few))
    for cases in (few, many):
        publish(everything_named_by(*cases), by=curator, reviewer=reviewer, reason=both("Terbit"))
    assert queries_of(lambda: PublicationPlan.of(many)) == queries_of(lambda: PublicationPlan.of(few))


def test_a_plan_costs_no_more_when_it_is_asked():
    plan = PublicationPlan.completed(make_cases(2))
    assert queries_of(lambda: [plan.has_changed(act) for act in plan.acts] + [plan.needs_review]) == 0


def test_what_stands_now_is_read_for_many_at_once(curator, reviewer):
    cases = make_cases(3)
    publish(everything_named_by(*cases), by=curator, reviewer=reviewer, reason=both("Terbit"))
    ids = [case.pk for case in cases]
    assert queries_of(lambda: current_documents(ids)) == queries_of(lambda: current_documents(ids[:1])) == 1
    assert queries_of(lambda: last_revisions(ids)) == 1
    assert [document.id for document in current_documents(ids).values()] == list(map(str, ids))
