"""Cards: what lists show of a document, a claim or an excerpt. Pure functions of the document."""

from typing import Any

import msgspec

from .build import Ref, ref_of
from .canonical import Document

CARD_BYTES = 1500
"""A card is no longer, in UTF-8, unless what is never left out of it is longer by itself."""
Uses = dict[str, list[Document]]
NAMED = ("id", "kind", "slug", "title")


def card(document: Document) -> Document:
    """What a list shows of a document. The lead stays or goes with its sentence, standing and who says it."""
    summary: Document = ref_of(document) | {
        "version": document["version"]["number"],
        "recorded_at": document["version"]["recorded_at"],
    }
    if document["kind"] == "source":
        return _fit(summary, "authors", "known_through")
    claims = {claim["id"]: claim for claim in document["claims"]}
    summary |= {
        "places": [{"slug": place["slug"], "title": place["title"]} for place in document["places"]],
        "topics": document["topics"],
        "period": document["period"],
        "counts": {name: len(document[name]) for name in ("claims", "excerpts", "sources", "conflicts", "unknowns")},
        "lead": _lead(claims[document["lead"][0]]) if document["lead"] else None,
    }
    return _fit(summary, "topics", "lead.unknowns", "lead.said_by.actor.title", "places", "lead")


def _lead(claim: Document) -> Document:
    said_by = claim["said_by"]
    named = {"actor": _named(said_by["actor"])} if "actor" in said_by else said_by
    return said(claim) | {"said_by": named}


def said(claim: Document) -> Document:
    """A sentence, never without how firmly it is said, by whom, through whom, and how much of it is disputed."""
    kept = {key: claim[key] for key in ("id", "standing", "statement", "said_by", "relayed_by")}
    return kept | {"conflicts": len(claim["conflicts"]), "unknowns": claim["unknowns"]}


def brief(claim: Document) -> Document:
    """As `said`, with what kind of claim it is and where it stands."""
    return {key: claim[key] for key in ("path", "kind", "subkind")} | said(claim)


def claim_card(claim: Document, document: Document) -> Document:
    """What a list shows of a claim. What its kind is read for (figure, transfer, stage) is left out last."""
    subject = ref_of(document)
    summary = brief(claim) | {
        "subject": {key: subject[key] for key in ("id", "kind", "path", "title")},
        "parties": [party | {"who": _named(party["who"])} for party in claim["parties"]],
        "start": claim["start"],
        "end": claim["end"],
        "date_as_stated": claim["date_as_stated"],
        "excerpts": [c["excerpt"] for c in claim["citations"] if c["relation"] == "supports"],
    }
    details = ("figure", "transfer", "stage")
    summary |= {detail: dict(claim[detail]) for detail in details if detail in claim}
    words = ("parties.who.title", "figure.indicator", "figure.base", "transfer.in_kind", "subject.title")
    return _fit(summary, *words, "date_as_stated", "parties", *details)


def _named(who: Ref | None) -> Ref | None:
    return {key: who[key] for key in NAMED} if who else None


def excerpt_card(excerpt: Document, document: Document, uses: Uses) -> Document:
    """What a list shows of an excerpt: all that it takes to check the words, and what rests on them in the document."""
    subject = ref_of(document)
    claims = [{key: claim[key] for key in ("id", "standing", "relation")} for claim in uses["claims"]]
    summary = excerpt | {"subject": {key: subject[key] for key in ("id", "kind", "path")}, "claims": claims}
    summary |= {name: len(uses[name]) for name in ("conflicts", "aliases", "responses")}
    return _fit(summary, "translation", "claims.relation", "claims.standing", "claims")


def uses_of(document: Document) -> dict[str, Uses]:
    """By the id of each excerpt what rests on it in the document: claims, sides of conflicts, names, replies. Nothing
    else in a document names one.
    """
    found: dict[str, Uses] = {
        excerpt["id"]: {"claims": [], "conflicts": [], "aliases": [], "responses": []}
        for excerpt in document.get("excerpts", [])
    }
    for claim in document.get("claims", []):
        for citation in claim["citations"]:
            found[citation["excerpt"]]["claims"].append(claim | {"relation": citation["relation"]})
    for conflict in document.get("conflicts", []):
        for excerpt_id in dict.fromkeys(side["excerpt"] for side in conflict["sides"]):
            found[excerpt_id]["conflicts"].append(conflict)
    for alias in document.get("aliases", []):
        found[alias["excerpt"]]["aliases"].append(alias)
    for response in document.get("responses", []):
        for excerpt_id in response["excerpts"]:
            found[excerpt_id]["responses"].append(response)
    return found


def _fit(summary: Document, *may_go: str) -> Document:
    """Leave out whole fields, named in `left_out`, until the card fits. Nothing is cut in the middle."""
    left_out: list[str] = []
    for path in may_go:
        if len(compact(summary).encode()) <= CARD_BYTES:
            break
        if _drop(summary, path.split(".")):
            left_out = [*(other for other in left_out if not other.startswith(f"{path}.")), path]
            summary["left_out"] = left_out
    return summary


def _drop(value: Any, path: list[str]) -> bool:
    """Take a field out, in a list out of every member. Whether there was anything: what is empty says so and stays."""
    if isinstance(value, list):
        dropped = [_drop(each, path) for each in value]
        return any(dropped)
    if not isinstance(value, dict) or not value.get(path[0]):
        return False
    return _drop(value[path[0]], path[1:]) if path[1:] else bool(value.pop(path[0]))


def compact(value: Document) -> str:
    return msgspec.json.encode(value, enc_hook=lambda text: "" + str(text)).decode()
