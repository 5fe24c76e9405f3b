"""Rules of fairness: how firmly a thing may be said, of whom, and what may be called unknown.

Each rule is a function from a document to the faults it finds: (where, sentence).
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from cases.claim_kinds.penalty import PENALTY
from cases.claim_kinds.stage import STAGE
from cases.claim_kinds.transfer import TransferDetail, TransferKind
from cases.documents.base import DocumentBase
from cases.documents.claims import TRIED_PARTS, PublishedClaim
from cases.vocabularies import COURT_PARTS, Part, ReplyState, Standing, SubjectKind, UnknownReason
from sources.vocabularies import SourceKind

from .fault_places import Faults, claim_name, named_claims, named_statements, titles
from .penalty_rules import PENALTY_RULES

LEGAL_WORDS = re.compile(r"\b(tersangka|terdakwa|terpidana|suspects?|defendants?|convicted)\b", re.IGNORECASE)
INSTRUMENTS = (SourceKind.COURT_RULING, SourceKind.REGULATION, SourceKind.GOVERNMENT_DOCUMENT)
GRAVE_WORDS = {
    TransferKind.BRIBE.value: re.compile(r"suap|bribe", re.IGNORECASE),
    TransferKind.GRATIFICATION.value: re.compile(r"gratifi|gratuit", re.IGNORECASE),
    TransferKind.ILLEGAL_LEVY.value: re.compile(r"pungli|pungutan liar|illegal lev", re.IGNORECASE),
}
# As these somebody stands in a claim that is about others
NOT_ABOUT = (Part.SPEAKER, Part.AUTHORITY, *COURT_PARTS)
# The first lead of a case or collaboration stands alone: in lists, shares and search results
HEADLINED = (SubjectKind.CASE, SubjectKind.COLLABORATION)
MAX_HEADLINE_CHARS = 200


def accusations_stay_accusations(document: DocumentBase) -> Faults:
    for where, claim in named_claims(document):
        if claim.parties_in(Part.ACCUSED) and claim.standing == Standing.STATED:
            message = _("A claim with an accused party is alleged at most, unless it is read in the decision itself.")
            yield where, message
        if claim.parties_in(*TRIED_PARTS) and claim.kind not in (STAGE.name, PENALTY.name):
            message = _("A defendant stands in a step of a proceeding or a penalty; elsewhere a person is mentioned.")
            yield where, message


def decided_is_read_in_the_instrument(document: DocumentBase) -> Faults:
    """Demand the ruling, regulation or contract itself for *decided*; a work that mentions one only states it."""
    instruments = {source.slug for source in document.sources if source.source_kind in INSTRUMENTS}
    for where, claim in named_claims(document):
        cited = {excerpt.source for excerpt in document.supporting_excerpts_of(claim)}
        if claim.standing == Standing.DECIDED and not instruments & cited:
            yield where, _("Decided needs an excerpt of the ruling, regulation or contract itself.")


def grave_words_are_the_sources_own(document: DocumentBase) -> Faults:
    """Call a transfer a bribe, gratification or illegal levy only where its words say so."""
    for where, claim in named_claims(document):
        transfer = claim.detail_of(TransferDetail)
        word = transfer.kind if transfer else None
        pattern = GRAVE_WORDS.get(word or "")
        if pattern and not any(pattern.search(each.exact) for each in document.supporting_excerpts_of(claim)):
            yield where, _("No supporting excerpt uses the word “%s”.") % word


def legal_words_have_a_stage(document: DocumentBase) -> Faults:
    """Demand a step of their own proceeding of everyone whom a statement or alias calls suspect, defendant or convict.

    A title never does. A stage of one person frees nobody else: whoever stands in the claim needs one of their own.
    """
    for where, text in titles(document):
        if LEGAL_WORDS.search(text):
            yield where, _("A title names the matter, never anyone's legal status.")
    for where, statement in named_statements(document):
        if any(LEGAL_WORDS.search(text) for _language, text in statement.statement.items()):
            yield where, _("Nobody's legal status is told here: it takes a claim with its dated stage.")
    charged = {
        party.who.id
        for claim in document.claims
        if claim.kind == STAGE.name
        for party in claim.parties_in(*TRIED_PARTS)
        if party.who
    }
    for alias in document.aliases:
        if (found := LEGAL_WORDS.search(alias.name)) and document.id not in charged:
            yield f"alias “{alias.name}”", _needs_stage(found.group())
    for where, claim in named_claims(document):
        for text in (claim.statement.id, claim.statement.en):
            if (found := LEGAL_WORDS.search(text)) and not _is_charged(claim, charged):
                yield where, _needs_stage(found.group())


def _needs_stage(word: str) -> str:
    return _("“%s” needs a dated legal stage of the same person in this record.") % word


def _is_charged(claim: PublishedClaim, charged: set[str]) -> bool:
    """Return whether each person that a claim is about has a stage. Nobody named: only a stage itself may say it."""
    parties = [party for party in claim.parties if party.part not in NOT_ABOUT]
    about = {party.who.id for party in parties if party.who and party.who.is_person}
    return about <= charged if about else claim.kind == STAGE.name


def unknowns_say_what_we_can_know(document: DocumentBase) -> Faults:
    """Refuse “the source does not say” where a work on the way is not held in full."""
    for unknown in document.unknowns:
        claim = document.claims_by_id.get(unknown.claim or "")
        if fault := fault_of_reason(unknown.property, unknown.reason, works_on_the_way(document, claim)):
            where = claim_name(claim.statement.choose("id")) if claim else ""
            yield f"{where} › unknowns".removeprefix(" › "), fault


class Work(NamedTuple):
    """What we hold of a work: it itself or only others that tell of it, and the whole of it or a part."""

    is_held: bool
    is_whole: bool


def works_on_the_way(document: DocumentBase, claim: PublishedClaim | None) -> list[Work]:
    """Return the works through which a claim comes, those that it quotes included; without a claim, all works."""
    slugs = {source.slug for source in document.sources}
    if claim is not None:
        slugs = {*claim.source_slugs, *(excerpt.source for excerpt in document.supporting_excerpts_of(claim))}
    return [Work(not each.known_through, not each.extent) for each in document.sources if each.slug in slugs]


def fault_of_reason(property_name: str, reason: str, works: Iterable[Work]) -> str:
    """Return why this reason cannot be given for what these works do not tell; empty where it can."""
    if reason != UnknownReason.NOT_IN_SOURCE:
        return ""
    works = list(works)
    if all(work.is_held and work.is_whole for work in works):
        return ""
    right = UnknownReason.NOT_IN_OUR_COPY if all(work.is_held for work in works) else UnknownReason.NOT_HELD
    message = _("We do not hold every work on the way in full, so “%(property)s” is “%(reason)s”.")
    return message % {"property": property_name, "reason": right.value}


def headlines_are_short(document: DocumentBase) -> Faults:
    if document.kind in HEADLINED and document.lead and document.lead[0] in document.claims_by_id:
        statement = document.claim(document.lead[0]).statement
        if max(len(statement.id), len(statement.en)) > MAX_HEADLINE_CHARS:
            yield (
                "lead",
                _("The first claim of the lead has at most %d characters in each language.") % MAX_HEADLINE_CHARS,
            )


def replies_rest_on_words(document: DocumentBase) -> Faults:
    """Demand the words of what somebody answered, or of what the source tells of having asked."""
    for response in document.responses:
        if response.state in (ReplyState.ANSWERED, ReplyState.ASKED_BY_SOURCE) and not response.excerpts:
            yield f"responses {response.who.title.choose('id')}", _("Say it with its words: add an excerpt.")


FAIRNESS_RULES: list[Callable[[DocumentBase], Faults]] = [
    accusations_stay_accusations,
    decided_is_read_in_the_instrument,
    grave_words_are_the_sources_own,
    legal_words_have_a_stage,
    unknowns_say_what_we_can_know,
    headlines_are_short,
    replies_rest_on_words,
    *PENALTY_RULES,
]
