"""The latest known step of everyone whom a claim accuses or tries: it is told before the claim, at every door."""

from collections.abc import Mapping

from cases.claim_kinds.stage import STAGE, StageDetail
from cases.vocabularies import Part
from sources.dates import PartialDate

from .base import DocumentBase
from .claims import CHARGED_PARTS, TRIED_PARTS, PublishedClaim
from .references import SubjectRef

Steps = Mapping[str, tuple[SubjectRef, PublishedClaim]]


def latest_steps(claim: PublishedClaim, document: DocumentBase) -> Steps:
    """Return by the slug of who the latest step in this document of each whom a claim accuses, tries or sentences.

    A step or penalty has none where nothing later is told of the same person.
    """
    found: dict[str, tuple[SubjectRef, PublishedClaim]] = {}
    for party in claim.parties_in(*CHARGED_PARTS):
        if party.who and (step := _latest_of(party.who.id, document)):
            is_later = (step.start or "") > (claim.start or "")
            if party.part == Part.ACCUSED or is_later:
                found[party.who.slug] = (party.who, step)
    return found


def _latest_of(person: str, document: DocumentBase) -> PublishedClaim | None:
    """Return the latest step of a person's proceedings; of several on one day the last in the document."""
    steps = [claim for claim in document.claims if claim.kind == STAGE.name and claim.detail]
    own = [step for step in steps if any(p.who and p.who.id == person for p in step.parties_in(*TRIED_PARTS))]
    return max(reversed(own), key=lambda step: step.start or "", default=None)


def steps_told(claim: PublishedClaim, document: DocumentBase, language: str) -> list[str]:
    """Return these steps in a language, each as who, what and when: `Budi: verdict: acquitted (14 March 2031)`."""
    told = []
    for who, step in latest_steps(claim, document).values():
        detail = step.detail_of(StageDetail)
        what = f"{who.title.choose(language)}: {detail.told(language) if detail else ''}"
        told.append(f"{what} ({PartialDate(step.start).display(language)})" if step.start else what)
    return told
