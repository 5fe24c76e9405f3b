"""What publishing costs: questions to the database that do not multiply with claims and members."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.documents.build import represent
from cases.documents.prefetch import whole
from cases.publication.acts import PublishingSet
from cases.publication.ledger import current_documents, last_revisions
from cases.publication.publish import publish
from tests.factories import everything_named_by, make_capture, make_case, make_claim, make_excerpt, make_transfer

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
    assert queries_of(lambda: whole(many)) == queries_of(lambda: whole(few))


def test_a_row_read_whole_is_represented_without_another_question():
    case = make_case()
    make_transfer(case)
    [row] = whole([case]).values()
    embed = lambda other: {"id": str(other.pk), "slug": other.slug}  # noqa: E731
    assert queries_of(lambda: represent(row, embed)) == 0
    assert represent(row, embed) == represent(type(case).objects.get(pk=case.pk), embed)


def test_completing_a_set_changes_none_of_its_documents(curator, reviewer):
    case = make_case()
    members = PublishingSet([case])
    before = members.document(members.acts[0])
    members.complete()
    assert len(members.acts) == 2
    anew = PublishingSet([act.item for act in members.acts])
    assert [anew.document(act) for act in anew.acts] == [members.document(act) for act in members.acts]
    assert members.document(members.acts[0]) == before
    assert members.missing() == []


def test_what_stands_now_is_read_for_many_at_once(curator, reviewer):
    cases = make_cases(3)
    publish(everything_named_by(*cases), by=curator, reviewer=reviewer, reason="Terbit")
    ids = [case.pk for case in cases]
    assert queries_of(lambda: current_documents(ids)) == queries_of(lambda: current_documents(ids[:1])) == 1
    assert queries_of(lambda: last_revisions(ids)) == 1
    assert [document["id"] for document in current_documents(ids).values()] == list(map(str, ids))
