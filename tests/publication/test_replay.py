"""The record is disposable: replaying the ledger rebuilds it exactly."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Claim, Record, RecordClaim, RecordExcerpt, RecordLink, Subject
from cases.publication.acts import reinstate, withdraw
from cases.publication.audit.verify import verify
from cases.publication.publish import publish
from cases.publication.replay import TABLES, is_out_of_date, replay
from tests.factories import both, make_actor, make_case, make_claim, make_public, make_transfer

pytestmark = pytest.mark.django_db


def record_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the record as values, without the keys by which the tables number their rows."""
    found = {}
    for model in (Record, RecordClaim, RecordExcerpt, RecordLink):
        names = [f.attname for f in model._meta.concrete_fields if f.attname not in ("id", "record_id")]
        if model is not Record:
            names.append("record__since_seq")
        found[model.__name__] = sorted(map(repr, model.objects.values_list(*names)))
    return found


@pytest.fixture
def history(curator, reviewer) -> None:
    case, actor = make_case(claims=2), make_actor()
    make_claim(case, parties=[("partner", actor)])
    make_public(case, by=curator, reviewer=reviewer)
    actor.title_id = "PT Baru"
    actor.save()
    publish([actor], by=curator, reviewer=reviewer, reason=both("Nama diperbaiki"))
    publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    publish([reinstate(case)], by=curator, reviewer=reviewer, reason=both("Ternyata benar"))


def test_replay_rebuilds_the_record_exactly_after_all_of_it_was_lost(history):
    before = record_rows()
    for table in TABLES:
        table.objects.all().delete()
    assert list(verify())
    assert replay() == 8
    assert record_rows() == before
    assert list(verify()) == []


def test_replaying_twice_changes_nothing(history):
    replay()
    before = record_rows()
    replay()
    assert record_rows() == before


def test_replay_mends_what_was_changed(history):
    before = record_rows()
    RecordClaim.objects.update(standing="decided")
    RecordLink.objects.all().delete()
    replay()
    assert record_rows() == before


def test_replay_reads_no_working_copy(history):
    with CaptureQueriesContext(connection) as captured:
        replay()
    working = ("cases_subject", "cases_claim", "cases_case", "sources_", "cases_draft")
    assert not [query["sql"] for query in captured if any(f'"{name}' in query["sql"] for name in working)]


def test_the_record_keeps_standing_when_the_working_copy_is_gone(history, curator):
    Claim.objects.all().delete()
    Subject.objects.all().delete()
    before = record_rows()
    replay()
    assert record_rows() == before


def test_every_version_knows_since_and_until_when_it_stood(history):
    for model in (Record, RecordClaim, RecordExcerpt, RecordLink):
        for row in model.objects.all():
            assert row.until_seq is None or row.since_seq < row.until_seq
    case = Record.objects.filter(kind="case").order_by("version").values_list("version", "since_seq", "until_seq")
    assert list(case) == [(1, 2, 6), (2, 6, 7), (4, 8, None)]


def test_rows_made_by_an_earlier_release_are_noticed(curator, reviewer):
    case = make_case()
    make_transfer(case)
    make_public(case, by=curator, reviewer=reviewer)
    assert not is_out_of_date()
    RecordLink.objects.filter(part="transfer").delete()
    assert is_out_of_date()
    replay()
    assert not is_out_of_date()


@pytest.mark.parametrize("model", [Record, RecordClaim, RecordExcerpt])
def test_cards_made_by_an_earlier_release_are_noticed(curator, reviewer, model):
    make_public(make_case(), by=curator, reviewer=reviewer)
    assert not is_out_of_date()
    model.objects.update(card='{"id": "as it was made before"}')
    assert is_out_of_date()
    replay()
    assert not is_out_of_date()
