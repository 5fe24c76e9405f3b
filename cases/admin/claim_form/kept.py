"""What is proposed for the words that somebody selects, together with what is kept from the claim before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cases.models import Claim, ReadingPlace
from cases.models.source_reading import names_of, section_at
from sources.models import Capture
from sources.quotes import Span
from sources.reading import OpenCapture

from .proposal import Origin, Proposal, Value
from .propose import propose


def last_claim_of(user: Any, capture: Capture) -> Claim | None:
    """Return the claim that somebody wrote last, best of this copy: the next one is likely of the same matter."""
    places = ReadingPlace.objects.filter(by=user.pk, last_claim__isnull=False)
    place = places.filter(capture=capture).first() or places.order_by("-at").first()
    return place.last_claim if place else None


def proposal_for(user: Any, opened: OpenCapture, spans: Sequence[Span], kind: str) -> Proposal:
    """Return what is proposed for passages of a copy. Its section says better who speaks than habit does."""
    capture, kept = opened.capture, last_claim_of(user, opened.capture)
    made = propose(
        capture,
        spans,
        kind=kind,
        subject=kept.subject if kept else None,
        section=section_at(capture, spans[0][0]),
        names=names_of(capture.source),
    )
    if kept is None:
        return made
    values = [*made.values, Value("subject", str(kept.subject_id), Origin.KEPT)]
    if kept.said_by_actor_id and not _is_told_who_speaks(made) and _is_of(kept, capture):
        values = [value for value in values if value.field != "said_by_source"]
        values.append(Value("said_by_actor", str(kept.said_by_actor_id), Origin.KEPT))
    return replace(made, values=tuple(values))


def _is_told_who_speaks(proposal: Proposal) -> bool:
    """Return whether the words or their section say who speaks; that the source itself does is only a first guess."""
    speakers = [value for value in proposal.values if value.field in ("said_by_actor", "said_by_source", "speaker_id")]
    return any(value.field != "said_by_source" or value.origin == Origin.SECTION for value in speakers)


def _is_of(claim: Claim, capture: Capture) -> bool:
    return claim.citations.filter(excerpt__capture=capture).exists()
