"""Cards: what lists show of a document, a claim or an excerpt. Pure functions of the document, stored as JSON."""

import msgspec

from cases.claim_kinds import DETAILED
from cases.claim_kinds.stage import StageDetail
from sources.json_fields import or_none

from .base import DocumentBase, Json
from .claims import PublishedClaim
from .evidence import PublishedExcerpt
from .kinds import SUBKIND_FIELDS
from .latest_steps import latest_steps

Card = dict[str, Json]

# A card is no longer, in UTF-8, unless what is never left out of it is longer by itself.
CARD_MAX_BYTES = 1500
NAMED = ("id", "kind", "slug", "title")
CITED = (
    "title_given",
    "authors",
    "institution",
    "publisher",
    "published",
    "language",
    "url",
    "extent",
    "known_through",
)
OWN = ("id", "kind", "slug", "path", "title", *SUBKIND_FIELDS.values(), *CITED)
COUNTED = ("claims", "excerpts", "sources", "conflicts", "unknowns")
SAID = ("id", "standing", "statement", "said_by", "relayed_by")


def card(document: DocumentBase) -> Card:
    """Return what a list shows of a document. The lead stays or goes with its sentence, standing and who says it."""
    version = document.version
    summary = _fields(document, *OWN) | {"version": version.number, "recorded_at": version.recorded_at}
    if document.kind == "source":
        return _fit(summary, "authors", "known_through")
    summary |= {
        "places": [_fields(place, "slug", "title") for place in document.places],
        **_fields(document, "topics", "period"),
        "counts": {name: len(getattr(document, name)) for name in COUNTED},
        "lead": said(document.lead_claims[0], document) if document.lead else None,
    }
    return _fit(summary, "topics", "lead.unknowns", "lead.said_by.actor.title", "places", "lead")


def said(claim: PublishedClaim, document: DocumentBase) -> Card:
    """Return a sentence, never without how firmly it is said, by whom, through whom, what disagrees and who replied."""
    actor = or_none(claim.said_by.actor)
    steps: Card = {slug: _step(step) for slug, (_who, step) in latest_steps(claim, document).items()}
    return {
        **({"latest_steps": steps} if steps else {}),
        **_fields(claim, *SAID),
        **({"said_by": {"actor": _fields(actor, *NAMED)}} if actor else {}),
        "conflicts": len(claim.conflicts),
        "conflict_families": list(document.families_of(claim)),
        "unknowns": list(claim.unknowns),
        "replies": {reply.who.slug: reply.state for reply in document.replies_to(claim).values()},
    }


def _step(claim: PublishedClaim) -> Card:
    """Return a step in few words: which, its outcome, when."""
    step = claim.detail_of(StageDetail)
    return {"stage": step.stage if step else None, "outcome": step.outcome if step else None, "start": claim.start}


def brief(claim: PublishedClaim, document: DocumentBase) -> Card:
    """Return the same as `said`, with the path and kind of the claim."""
    return _fields(claim, "path", "kind", "aspect") | said(claim, document)


def claim_card(claim: PublishedClaim, document: DocumentBase) -> Card:
    """Return what a list shows of a claim. The numbers of its kind are left out last."""
    summary = brief(claim, document) | {
        "subject": _fields(document, "id", "kind", "path", "title"),
        "parties": [
            _object(party) | {"who": _fields(party.who, *NAMED) if party.who else None} for party in claim.parties
        ],
        **_fields(claim, "start", "end", "date_as_stated"),
        "excerpts": list(claim.supporting_excerpts),
    }
    numbers = []
    if claim.detail is not None:
        summary[claim.kind] = _object(claim.detail)
        numbers = [f"{claim.kind}.{name}" for name in DETAILED[claim.kind].omitted_first]
    return _fit(
        summary,
        *("parties.who.title", *numbers, "subject.title", "date_as_stated", "said_by.actor.title", "parties"),
        claim.kind,
    )


def excerpt_card(excerpt: PublishedExcerpt, document: DocumentBase) -> Card:
    """Return what a list shows of an excerpt: all that it takes to check the words, and what rests on them here."""
    uses = document.uses_of_excerpts[excerpt.id]
    summary = _object(excerpt) | {
        "subject": _fields(document, "id", "kind", "path"),
        "claims": [_fields(claim, "id", "standing") | {"relation": relation} for claim, relation in uses.claims],
        "conflicts": len(uses.conflicts),
        "aliases": len(uses.aliases),
        "identifiers": len(uses.identifiers),
        "responses": len(uses.responses),
        "unknowns": len(uses.unknowns),
        "about": len(uses.about),
    }
    return _fit(summary, "translation", "claims.relation", "claims.standing", "claims")


def _object(part: msgspec.Struct) -> Card:
    """Return a part of a document as JSON, its keys in the order of the stored bytes."""
    built: Card = msgspec.to_builtins(part, order="sorted")
    return built


def _fields(part: msgspec.Struct, *names: str) -> Card:
    """Return some fields of a document or of a part of it, in this order; those that it does not have are left out."""
    values = {name: getattr(part, name) for name in names if name in part.__struct_fields__}
    set_values = {name: value for name, value in values.items() if value is not msgspec.UNSET}
    return {name: msgspec.to_builtins(value, order="sorted") for name, value in set_values.items()}


def _fit(summary: Card, *may_go: str) -> Card:
    """Leave out whole fields, named in `left_out`, until the card fits. Nothing is cut in the middle."""
    left_out: list[str] = []
    for path in may_go:
        if len(compact(summary).encode()) <= CARD_MAX_BYTES:
            break
        if _drop(summary, path.split(".")):
            left_out = [*(other for other in left_out if not other.startswith(f"{path}.")), path]
            summary["left_out"] = [*left_out]
    return summary


def _drop(value: Json, path: list[str]) -> bool:
    """Take a field out, in a list out of every member. Whether there was anything: what is empty says so and stays."""
    if isinstance(value, list):
        dropped = [_drop(each, path) for each in value]
        return any(dropped)
    if not isinstance(value, dict) or not value.get(path[0]):
        return False
    return _drop(value[path[0]], path[1:]) if path[1:] else bool(value.pop(path[0]))


def compact(value: Card) -> str:
    """Return the text of a card."""
    return msgspec.json.encode(value).decode()
