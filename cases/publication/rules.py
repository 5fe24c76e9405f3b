"""What may be said: what must hold of every document. Publication checks these rules, and `verify` the record by them.

Each rule is a function from a document to the faults it finds: (where, sentence).
"""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
from django.utils.translation import gettext as _

from cases.claim_kinds import DETAILED, REGISTRY, DetailDocument, FieldSort, NumberReason, property_label
from cases.claim_kinds.tie import TieDetail
from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedCitation, PublishedClaim
from cases.documents.types import SourceDocument
from cases.vocabularies import SubjectKind, Tie, UnknownReason, topics
from sources.characters import character_fault
from sources.numbers import numbers_in
from sources.quotes import stands_in

from .fairness import FAIRNESS_RULES
from .fault_places import Faults, named_claims, named_statements, texts, texts_in

NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
PHONE = re.compile(r"(?<!\d)(\+62|62|0)[\s-]?8\d{1,3}([\s-]?\d{3,4}){2,3}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
KINDS_WITH_LEAD = (SubjectKind.CASE, SubjectKind.COLLABORATION, SubjectKind.SYSTEM)


def faults(document: DocumentBase) -> list[tuple[str, str]]:
    """Return every rule that the document breaks, in one list."""
    return [fault for rule in RULES for fault in rule(document)]


def has_a_lead(document: DocumentBase) -> Faults:
    if document.kind in KINDS_WITH_LEAD and not document.lead:
        yield "lead", _("A lead is required: mark the claims that sum it up.")


def source_has_a_copy_or_another_work(document: DocumentBase) -> Faults:
    if isinstance(document, SourceDocument) and not document.captures and not document.known_through:
        yield "captures", _("A source needs a copy, or a work through which it is known.")


def claims_are_supported(document: DocumentBase) -> Faults:
    for where, claim in named_claims(document):
        if not claim.supporting_excerpts:
            yield where, _("A claim needs at least one excerpt that supports it.")
        yield from _not_held(where, claim.citations, document)


def statements_of_a_source_are_supported(document: DocumentBase) -> Faults:
    for where, statement in named_statements(document):
        if not statement.supporting_excerpts:
            yield where, _("What a source tells of itself needs at least one excerpt that supports it.")
        yield from _not_held(where, statement.citations, document)


def _not_held(where: str, citations: Iterable[PublishedCitation], document: DocumentBase) -> Faults:
    if missing := [each.excerpt for each in citations if each.excerpt not in document.excerpts_by_id]:
        yield where, _("It cites an excerpt that the document does not hold: %s.") % ", ".join(missing)


def details_are_there(document: DocumentBase) -> Faults:
    for where, claim in named_claims(document):
        if claim.kind in DETAILED and DETAILED[claim.kind].needs_numbers and claim.detail is None:
            yield where, _("A claim of this kind needs its numbers: fill in the detail row.")
        if claim.detail_of(TieDetail) and claim.aspect != Tie.OWNS:
            yield where, _("Only who owns has a share: the tie is “owns”.")


def numbers_stand_in_the_words(document: DocumentBase) -> Faults:
    """Demand each number and what the source wrote for it in the supporting words, unless we calculated it."""
    for where, claim in named_claims(document):
        if claim.detail is None or getattr(claim.detail, "number_reason", None) == NumberReason.COMPUTED:
            continue
        quotes = [each.exact for each in document.supporting_excerpts_of(claim)]
        as_stated = getattr(claim.detail, "as_stated", None)
        if as_stated and not any(stands_in(as_stated, quote) for quote in quotes):
            yield where, _("No supporting excerpt has the words “%s”, which are said to be the source's.") % as_stated
        for value in _unread_numbers(claim.kind, claim.detail, as_stated, quotes):
            message = _("“%(value)s” is no reading of a number in “%(words)s” and in a supporting excerpt.")
            yield where, message % {"value": value, "words": as_stated or ""}


def _unread_numbers(kind: str, detail: DetailDocument, as_stated: str | None, quotes: list[str]) -> Iterator[str]:
    """Yield the numbers that the source's words do not mean. Of words in which no number is read, a person judges."""
    if getattr(detail, "number_reason", None) == NumberReason.IN_WORDS and not numbers_in(as_stated or ""):
        return
    for field in DETAILED[kind].fields:
        value = getattr(detail, field.name) if field.sort == FieldSort.DECIMAL else None
        is_stated = value and (as_stated is None or detail.is_read_in(field.name, value, as_stated))
        if value and not (is_stated and any(detail.is_read_in(field.name, value, quote) for quote in quotes)):
            yield value


def silences_are_said(document: DocumentBase) -> Faults:
    """Demand an Unknown or a Conflict for each null field or empty side that a reader will ask about."""
    for where, claim in named_claims(document):
        noted = {*claim.unknowns, *(each.property.split(".")[-1] for each in document.conflicts_of(claim))}
        if {"start", "end"} & noted:
            noted.add("date")
        for name in _questions(claim):
            if name not in noted:
                yield where, _empty(name)
    if document.kind == SubjectKind.COLLABORATION:
        own = {unknown.property for unknown in document.own_unknowns}
        own |= {conflict.property for conflict in document.own_conflicts}
        if "instrument" not in own and not any(claim.kind == "legal_basis" for claim in document.claims):
            yield "unknowns", _empty("instrument")


def _empty(name: str) -> str:
    return _("“%s” is empty: state it, note it as unknown, or open a conflict.") % name


def _questions(claim: PublishedClaim) -> Iterator[str]:
    """Yield what a reader will ask and the claim does not answer. Of a kind that is not known, nothing."""
    if claim.detail is not None:
        yield from claim.detail.questions({party.part for party in claim.parties})
    if claim.kind in REGISTRY and REGISTRY[claim.kind].is_dated and not claim.is_dated:
        yield "date"


def conflicts_are_open(document: DocumentBase) -> Faults:
    """Demand two sides of a conflict, whose words the document holds, and an empty field in the claim."""
    for conflict in document.conflicts:
        where = f"conflicts.{conflict.property}"
        if len(conflict.sides) < 2:
            yield where, _("A conflict has at least two sides.")
        if any(side.excerpt not in document.excerpts_by_id for side in conflict.sides):
            yield where, _("A side of the conflict has no excerpt in the document.")
        claim = document.claims_by_id.get(conflict.claim or "")
        if claim and _value_at(claim, conflict.property):
            yield where, _("The field in dispute must be empty in the claim.")


def _value_at(claim: PublishedClaim, name: str) -> str | None:
    """Return the text of a dotted field; parties, statements and whole details are never 'in dispute' as such."""
    value: object = None if name in ("kind", "standing", "aspect") else claim
    for step in name.split("."):
        value = getattr(value, step) if isinstance(value, msgspec.Struct) and hasattr(value, step) else None
    return value if isinstance(value, str) else None


def no_private_data(document: DocumentBase) -> Faults:
    names = {NIK: _("a NIK"), PHONE: _("a telephone number"), EMAIL: _("an e-mail address")}
    for where, text in texts(document):
        for pattern, name in names.items():
            if pattern.search(text):
                yield where, _("This looks like %s; it must not be published.") % name


def characters_are_seen(document: DocumentBase) -> Faults:
    """Refuse characters that no reader sees, in every text; what a source wrote stays as it stands."""
    for where, text in texts_in(msgspec.to_builtins(document), skipped=()):
        if fault := character_fault(text, where):
            yield where, fault


def words_are_known(document: DocumentBase) -> Faults:
    for code in (*document.topics, *(code for claim in document.claims for code in claim.topics)):
        if code not in topics():
            yield "topics", _("“%s” is not in the list of topics.") % code
    for unknown in document.unknowns:
        if unknown.reason not in UnknownReason.values:
            yield "unknowns", _("“%s” is not a reason that we know.") % unknown.reason
    names = [unknown.property for unknown in document.unknowns]
    names += [conflict.property for conflict in document.conflicts]
    for name in names:
        try:
            property_label(name)
        except KeyError:
            yield "property", _("“%s” is not a property that we know.") % name


def references_resolve(document: DocumentBase) -> Faults:
    """Demand that every id and slug that the document uses for itself stands in it."""
    used = [("lead", claim) for claim in document.lead]
    used += [("conflicts", conflict.claim) for conflict in document.conflicts if conflict.claim]
    used += [("unknowns", unknown.claim) for unknown in document.unknowns if unknown.claim]
    used += [("responses", claim) for response in document.responses for claim in response.claims]
    for where, claim_id in used:
        if claim_id not in document.claims_by_id:
            yield where, _("It names a claim that the document does not hold: %s.") % claim_id
    named = [(where, slug) for where, claim in named_claims(document) for slug in claim.source_slugs]
    named += [("excerpts", excerpt.source) for excerpt in document.excerpts]
    for where, slug in named:
        if slug not in document.sources_by_slug:
            yield where, _("It names a source that the document does not hold: %s.") % slug


RULES: list[Callable[[DocumentBase], Faults]] = [
    has_a_lead,
    source_has_a_copy_or_another_work,
    claims_are_supported,
    statements_of_a_source_are_supported,
    details_are_there,
    numbers_stand_in_the_words,
    silences_are_said,
    conflicts_are_open,
    no_private_data,
    characters_are_seen,
    words_are_known,
    references_resolve,
    *FAIRNESS_RULES,
]
