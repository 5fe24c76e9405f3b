"""What the database itself refuses, on both engines, whoever writes to it and however."""

import uuid
from copy import copy

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils import timezone

from cases.claim_kinds.contract import Contract
from cases.claim_kinds.penalty import Penalty
from cases.claim_kinds.stage import Stage
from cases.claim_kinds.tie import Tie as TieShare
from cases.dossiers.row_checks import check_constraints
from cases.models import Conflict, PublicationRequest, Response, Revision, Submission, Unknown
from cases.models.claims import Citation, Claim, Party
from cases.publication import triggers
from cases.publication.publish import publish
from cases.vocabularies import ASKED_BY_US, NOT_OF_THE_SOURCE
from sources.models import PageCheck
from tests.factories import (
    both,
    make_actor,
    make_case,
    make_claim,
    make_excerpt,
    make_figure,
    make_place,
    make_system,
    make_transfer,
)

pytestmark = pytest.mark.django_db

CLAIM = {"said_by_source": None, "said_by_actor": None, "speaker_id": "", "speaker_en": ""}
PLAIN = {Claim: {"kind": "description"}, Party: {"who": None}}
"""Which row to spoil, where not every one will do."""
REFUSED = {
    "source_has_one_title": [
        {"title": ""},
        {"title": "", "title_given_id": "A"},
        {"title": "", "title_given_en": "B"},
        {"title": "A", "title_given_id": "A", "title_given_en": "B"},
        {"title": "A", "title_given_en": "B"},
    ],
    "source_kind_is_known": [{"source_kind": "rumour"}, {"source_kind": ""}],
    "capture_has_length": [{"text_length": 0}],
    "private_span_is_not_empty": [{"start": 7, "end": 7}, {"start": 8, "end": 7}],
    "excerpt_offsets_fit_its_words": [{"start": 1}, {"end": 9}, {"exact": "", "end": 0, "start": 0}],
    "excerpt_is_short": [{"exact": "x" * 601, "start": 0, "end": 601}],
    "excerpt_translation_by_is_known": [{"by": "friend"}],
    "source_statement_aspect_is_known": [{"aspect": "result"}, {"aspect": ""}],
    "source_statement_has_a_sentence": [{"statement_id": "", "statement_en": ""}],
    "source_statement_relation_is_known": [{"relation": "proves"}],
    "source_section_role_is_known": [{"role": "sermon"}, {"role": ""}],
    "source_section_has_one_speaker": [
        {"speaker_id": "seorang warga"},
        {"said_by_actor": "an actor", "said_by_source": "a source"},
        {"said_by_actor": "an actor", "speaker_id": "seorang warga", "speaker_en": "a resident"},
    ],
    "source_section_beside_is_not_the_source": [
        {"role": word, "said_by_source": "a source"} for word in NOT_OF_THE_SOURCE
    ],
    "source_name_has_words": [{"words": ""}],
    "source_name_is_shown": [{"excerpt": None}],
    "page_check_state_is_known": [{"state": "guessed"}, {"state": ""}],
    "page_check_by_somebody_has_a_time": [{"at": None}],
    "subject_kind_is_known": [{"kind": "scandal"}],
    "subject_has_titles": [{"title_id": ""}, {"title_en": ""}],
    "actor_kind_is_known": [{"actor_kind": "suspect"}],
    "system_kind_is_known": [{"system_kind": ""}],
    "place_kind_is_known": [{"place_kind": "planet"}],
    "alias_kind_is_known": [{"kind": "nickname"}],
    "identifier_scheme_is_known": [{"scheme": "nik"}, {"scheme": ""}],
    "identifier_has_its_form": [{"value": "3273010101800001"}, {"scheme": "nib"}, {"value": "A 1234567"}],
    "claim_kind_is_known": [{"kind": "rumour"}],
    "claim_standing_is_known": [{"standing": "proven"}, {"standing": ""}],
    "claim_aspect_fits_kind": [
        {"aspect": "partner"},
        {"kind": "role", "aspect": ""},
        {"kind": "role", "aspect": "patron_client"},
        {"kind": "plan", "aspect": "outcome"},
    ],
    "claim_has_one_speaker": [
        CLAIM,
        CLAIM | {"speaker_id": "seorang warga"},
        {"speaker_id": "seorang warga", "speaker_en": "a resident"},
        {"said_by_actor": "an actor"},
    ],
    "claim_has_a_statement": [{"statement_id": "", "statement_en": ""}],
    "claim_stage_is_dated": [{"kind": "stage", "start": "", "end": "2022"}],
    "party_is_somebody": [{"who": None, "as_stated": ""}],
    "party_part_is_known": [{"part": "villain"}],
    "citation_relation_is_known": [{"relation": "proves"}],
    "transfer_kind_is_known": [{"kind": "loot"}],
    "transfer_currency_is_iso": [{"currency": "rp"}, {"currency": "idr"}, {"currency": "ID"}, {"currency": "I1R"}],
    "transfer_number_as_stated": [{"as_stated": ""}, {"amount": "", "quantity": "3", "as_stated": ""}],
    "transfer_in_kind_in_both_languages": [{"in_kind_id": "liburan"}, {"in_kind_en": "holiday"}],
    "transfer_number_reason_is_known": [{"number_reason": "guessed"}],
    "penalty_words_are_known": [
        {"kind": "revenge", "amount": "", "as_stated": ""},  # without a sum, which would not fit the kind either
        {"kind": "", "amount": "", "as_stated": ""},
        {"number_reason": "guessed"},
    ],
    "penalty_currency_is_iso": [{"currency": "rp"}],
    "penalty_number_as_stated": [{"as_stated": ""}, {"amount": "", "months": "6", "as_stated": ""}],
    "penalty_money_fits_its_kind": [{"kind": "prison"}, {"kind": "prison", "amount": "", "currency": "IDR"}],
    "penalty_term_fits_its_kind": [{"kind": "fine", "months": "6"}],
    "penalty_measure_in_both_languages": [{"measure_id": "mobil"}, {"measure_en": "car"}],
    "tie_holding_is_known": [{"holding": "secretly"}],
    "tie_share_says_something": [{"percent": "", "holding": ""}],
    "tie_number_as_stated": [{"as_stated": ""}],
    "contract_words_are_known": [{"step": "bribe"}, {"step": ""}, {"number_reason": "guessed"}],
    "contract_currency_is_iso": [{"currency": "rp"}],
    "contract_number_as_stated": [{"as_stated": ""}, {"amount": "", "quantity": "3", "as_stated": ""}],
    "contract_in_kind_in_both_languages": [{"in_kind_id": "papan"}, {"in_kind_en": "boards"}],
    "figure_number_reason_is_known": [{"number_reason": "guessed"}],
    "figure_range_has_two_ends": [{"bound": "range"}, {"value_to": "60"}],
    "figure_words_are_known": [{"bound": "nearly"}, {"nature": "guessed"}],
    "stage_words_are_known": [{"stage": "guilty"}, {"stage": "verdict", "outcome": "guilty"}],
    "stage_outcome_belongs_to_a_ruling": [{"stage": "named_suspect", "outcome": "convicted"}],
    "conflict_kind_is_known": [{"kind": "quarrel"}],
    "unknown_reason_is_known": [{"reason": "secret"}],
    "unknown_search_says_where_and_when": [
        {"reason": "searched_not_found"},
        {"reason": "searched_not_found", "searched_on": "2026-10"},
        {"reason": "searched_not_found", "note_id": "Register pengadilan"},
        {"reason": "searched_not_found", "note_id": "Register pengadilan", "searched_on": "2026-10"},
    ],
    "unknown_reason_has_its_words": [{"reason": word} for word in ("refused", "asked_no_answer", "none_exists")],
    "response_state_is_known": [{"state": "silent"}],
    "response_is_dated": [{"state": word, "asked": "", "answered": ""} for word in ASKED_BY_US],
    "response_only_an_answer_is_answered": [
        {"answered": "2026-01-02"},
        {"denies": True},
        {"state": "declined", "answered": "2026-01-02"},
    ],
    "response_not_asked_because": [
        {"not_asked_because": "legal_bar"},
        {"state": "not_asked", "asked": "", "not_asked_because": "no reason"},
    ],
    "response_source_tells_of_it": [
        {"state": "asked_by_source"},
        {"state": "asked_by_source", "note_id": "Diam."},
        {"state": "asked_by_source", "note_en": "Silent."},
    ],
    "publicationitem_is_one_thing": [{"subject": None, "source": None}, {"source": "a source"}],
    "publicationitem_merge_has_survivor": [{"action": "merge"}, {"into": "an actor"}],
    "submission_number_can_be_said": [{"number": ""}, {"number": "01234567"}, {"number": "1234567"}],
    "submission_only_a_response_is_of_somebody": [{"who": "yana-mulyana"}],
    "submission_file_has_name_and_size": [{"file": "a"}, {"file_name": "a.pdf"}, {"file": "a", "file_name": "a.pdf"}],
    "revision_seq_starts_at_one": [{"seq": 0}],
    "revision_action_is_known": [{"action": "edit"}],
}


def checks() -> dict[str, type[models.Model]]:
    """Every check constraint of ours, by name, with its model."""
    ours = [model for model in apps.get_models() if model._meta.app_label in ("sources", "cases")]
    return {c.name: m for m in ours for c in m._meta.constraints if isinstance(c, models.CheckConstraint)}


def make_one_of_each(user) -> None:
    """At least one valid row of every model that has a constraint."""
    case, actor, excerpt = make_case(), make_actor(), make_excerpt()
    make_place(), make_system()
    make_transfer(case), make_figure(case)
    stage = make_claim(case, excerpt, kind="stage", start="2023", parties=[("authority", actor)])
    Stage.objects.create(claim=stage, stage="report")
    Penalty.objects.create(
        claim=make_claim(case, excerpt, kind="penalty"), kind="administrative", amount="5", as_stated="Rp5"
    )
    Contract.objects.create(claim=make_claim(case, excerpt, kind="contract"), step="award", amount="5", as_stated="Rp5")
    owns = make_claim(case, excerpt, kind="tie", aspect="owns")
    TieShare.objects.create(claim=owns, percent="60", as_stated="60 persen")
    case.aliases.create(name="BSC", kind="acronym", excerpt=excerpt)
    case.identifiers.create(scheme="rup", value="88120431", excerpt=excerpt)
    excerpt.translations.create(language="en", text="words", by="curator")
    PageCheck.objects.create(excerpt=excerpt, state="doubtful", by=user, at=timezone.now())
    excerpt.capture.private_spans.create(start=1, end=2)
    excerpt.capture.source.statements.create(key="aim", aspect="aim", statement_id="a").citations.create(
        excerpt=excerpt
    )
    excerpt.capture.sections.create(start=0, role="body")
    excerpt.capture.source.names.create(words="PTM", who=actor, excerpt=excerpt)
    Conflict.objects.create(
        subject=case, key="c", kind="slip", property="start", explanation_id="a", explanation_en="a"
    )
    Unknown.objects.create(subject=case, property="cost", reason="withheld")
    Response.objects.create(subject=case, key="r", who=actor, state="asked", asked="2026")
    PublicationRequest.objects.create(reason_id="Terbit", reason_en="Terbit", by=user).items.create(subject=case)
    Submission.objects.create(kind="mistake", path="/")
    publish([actor], by=user, reason=both("Terbit"))


def change(row: models.Model, fields: dict) -> None:
    """Write a copy of the row with these fields, past every validator of Django's."""
    known = {"an actor": make_actor, "a source": lambda: make_excerpt().capture.source}
    values = {name: known[value]() if value in known else value for name, value in fields.items()}
    if row._meta.db_table not in triggers.NO_UPDATE:
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        return
    twin = copy(row)
    twin.pk = uuid.uuid4() if isinstance(row._meta.pk, models.UUIDField) else 99
    for field in row._meta.concrete_fields:
        if field.unique and not field.primary_key:
            setattr(twin, field.name, "")
    for name, value in values.items():
        setattr(twin, name, value)
    type(row)._base_manager.bulk_create([twin])


@pytest.mark.parametrize(("name", "fields"), [(name, fields) for name, rows in REFUSED.items() for fields in rows])
def test_the_database_refuses(curator, name, fields):
    model = checks()[name]
    make_one_of_each(curator)
    row = model._base_manager.filter(**PLAIN.get(model, {})).first()
    with pytest.raises((IntegrityError, DataError), match=f"{name}|too long"), transaction.atomic():  # noqa: PT012 - either statement may be refused
        change(row, fields)
        connection.check_constraints()


def test_every_check_constraint_has_an_example():
    assert set(checks()) == set(REFUSED)


def test_every_check_constraint_says_what_is_wrong_in_a_sentence():
    for name, model in checks().items():
        constraint = next(c for c in model._meta.constraints if c.name == name)
        if model is not Revision:  # written by publication alone, never through a form
            assert str(constraint.violation_error_message).endswith("."), name
            assert "is violated" not in str(constraint.violation_error_message), name


@pytest.mark.parametrize("relation", ["supports", "context"])
def test_an_excerpt_is_cited_once_by_a_claim(relation):
    citation = make_claim(make_case()).citations.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.create(claim=citation.claim, excerpt=citation.excerpt, relation=relation)


def test_words_are_an_excerpt_once():
    excerpt = make_excerpt()
    twin = copy(excerpt)
    twin.pk = uuid.uuid4()
    with pytest.raises(IntegrityError, match=r"excerpt_once|capture_id"), transaction.atomic():
        type(excerpt).objects.bulk_create([twin])


def test_a_loader_gives_each_check_every_field_that_it_reads():
    """Django takes a check whose fields it was not given for passed."""
    for model in [*apps.get_app_config("cases").get_models(), *apps.get_app_config("sources").get_models()]:
        for constraint, columns in check_constraints(model):
            given = {name: models.Value(None, model._meta.get_field(name)) for name in columns}
            models.Q(constraint.condition).check(given)  # a FieldError if one is missing
