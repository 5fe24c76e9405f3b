"""What speaks against a form as it is typed now, and what is like it. Of a form not yet typed, `propose` tells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cases.claim_kinds.stage import StageWord
from cases.models import Claim
from cases.models.source_reading import SourceSection, names_of, section_at
from cases.vocabularies import ActorKind, Part, SubjectKind
from sources.models import Capture
from sources.page_checks import judgement_of
from sources.quotes import Span
from sources.reading import OpenCapture

from .duplicates import claims_near, duplicates_of
from .form import ClaimEntry
from .passage import Passage
from .proposal import Duplicate, Origin, Slip, Value
from .save import faults_if_saved
from .slips import slips_of_form, slips_of_words
from .slips_of_choices import slips_of_parties

CONVICT = re.compile(r"\b(?:terpidana|convicts?)\b", re.IGNORECASE)


def checked(entry: ClaimEntry, opened: OpenCapture, spans: Sequence[Span]) -> dict[str, object]:
    """Return blockers, warnings, likely duplicates and the numbers and dates read back. Writes nothing."""
    refused = [] if entry.is_valid() else list(entry.errors())
    slips, duplicates = _found(entry, opened, spans)
    judgement = judgement_of(opened.capture, spans)
    is_stitched = judgement is not None and judgement.state == "stitched"
    stitched = [_("These words do not follow each other on the page. Quote them in parts, as the page has them.")]
    against = [
        *(each.sentence for each in slips if each.blocks),
        *([*stitched, *map(str, judgement.reasons)] if judgement and is_stitched else []),
        *([] if refused else faults_if_saved(entry, opened, spans)),
    ]
    return {
        "blockers": [*refused, *(("", sentence) for sentence in dict.fromkeys(against))],
        "is_saveable": not refused,
        "warnings": [each.sentence for each in slips if not each.blocks],
        "duplicates": duplicates,
        "read_backs": entry.read_backs(),
    }


def _found(entry: ClaimEntry, opened: OpenCapture, spans: Sequence[Span]) -> tuple[list[Slip], tuple[Duplicate, ...]]:
    capture, kind = opened.capture, entry.kind.name
    section = section_at(capture, spans[0][0])
    passage = Passage(opened.text, tuple(spans), capture.private, section.role if section else "")
    values, parties = _typed(entry), _parties(entry)
    actors = {who.pk: who for _part, who in parties if who.kind == SubjectKind.ACTOR}
    near = claims_near(kind, entry.claim.cleaned_data.get("subject"), actors, capture, spans)
    has_stage = _all_have_a_stage(actors.values(), near)
    parts = [part for part, _who in parties]
    slips = [
        *slips_of_words(passage, kind),
        *slips_of_form(passage, kind, values, section, capture.source, parts=parts, has_stage=has_stage),
        *slips_of_parties(passage, kind, parties, names_of(capture.source)),
        *_of_sections(capture, spans, section),
        *_of_a_convict(values, near),
    ]
    typed = {name: Value(name, value, Origin.QUOTATION) for name, value in values.items() if value}
    return list(dict.fromkeys(slips)), duplicates_of(near, kind, typed, actors)


def _of_sections(capture: Capture, spans: Sequence[Span], section: SourceSection | None) -> Iterator[Slip]:
    if any(section_at(capture, end - 1) != section for _start, end in spans):
        yield Slip("", _("The words run from one part of the source into another, where somebody else speaks."))


def _of_a_convict(values: Mapping[str, str], near: Sequence[Claim]) -> Iterator[Slip]:
    sentence = f"{values.get('statement_id', '')} {values.get('statement_en', '')}"
    if (found := CONVICT.search(sentence)) and not any(_is_final(claim) for claim in near):
        yield Slip("statement_id", _("“%s” is said once a verdict is final: no such step is here.") % found[0])


def _is_final(claim: Claim) -> bool:
    return getattr(claim.detail, "stage", "") == StageWord.FINAL


def _typed(entry: ClaimEntry) -> dict[str, str]:
    """Return the values of the form in the notation of the proposal, without those that are refused."""
    found: dict[str, Any] = {**entry.claim.cleaned_data}
    del found["kind"]  # that of the claim; a transfer and a penalty have one of their own
    found |= entry.numbers.cleaned_data if entry.numbers else {}
    return {name: str(getattr(value, "pk", value) or "") for name, value in found.items()}


def _parties(entry: ClaimEntry) -> list[tuple[str, Any]]:
    cleaned = [form.cleaned_data for form in entry.parties.forms if hasattr(form, "cleaned_data")]
    return [(each["part"], each["who"]) for each in cleaned if each.get("who") and each.get("part")]


def _all_have_a_stage(actors: Any, near: Sequence[Claim]) -> bool:
    """Return whether the record knows a step of a proceeding of each person who stands in the claim."""
    people = {each.pk for each in actors if each.specific.actor_kind == ActorKind.PERSON}
    steps = [claim for claim in near if claim.kind == "stage"]
    tried = {party.who_id for claim in steps for party in claim.parties.all() if party.part == Part.DEFENDANT}
    return bool(people) and people <= tried
