"""Cards: what lists show of a document, a claim or an excerpt. Pure functions of the document."""

import json

from .canonical import Document
from .represent import ref_of

CARD_BYTES = 1500


def card(document: Document) -> Document:
    """What a list shows of a document: at most 1.5 kB, so a long lead sentence is left to the page."""
    summary: Document = ref_of(document) | {
        "version": document["version"]["number"],
        "recorded_at": document["version"]["recorded_at"],
    }
    if document["kind"] == "source":
        return _fit(summary, "authors", "known_through")
    claims = {claim["id"]: claim for claim in document["claims"]}
    lead = claims[document["lead"][0]] if document["lead"] else None
    summary |= {
        "places": [{"slug": place["slug"], "title": place["title"]} for place in document["places"]],
        "topics": document["topics"],
        "period": document["period"],
        "counts": {name: len(document[name]) for name in ("claims", "excerpts", "sources", "conflicts", "unknowns")},
        "lead": {"statement": lead["statement"], "standing": lead["standing"]} if lead else None,
    }
    return _fit(summary, "lead", "places")


def said(claim: Document) -> Document:
    """A sentence, never without how firmly it is said, by whom, through whom, and how much of it is disputed."""
    kept = {key: claim[key] for key in ("id", "standing", "statement", "said_by", "relayed_by")}
    return kept | {"conflicts": len(claim["conflicts"]), "unknowns": claim["unknowns"]}


def brief(claim: Document) -> Document:
    """As `said`, with what kind of claim it is and where it stands."""
    return {key: claim[key] for key in ("path", "kind", "subkind")} | said(claim)


def claim_card(claim: Document, document: Document) -> Document:
    """What a list shows of a claim."""
    subject = ref_of(document)
    summary: Document = {key: claim[key] for key in ("id", "path", "kind", "subkind", "standing", "statement")}
    summary |= {
        key: claim[key] for key in ("said_by", "relayed_by", "start", "end", "transfer", "figure") if key in claim
    }
    summary |= {
        "subject": {key: subject[key] for key in ("id", "kind", "path", "title")},
        "excerpts": [c["excerpt"] for c in claim["citations"] if c["relation"] == "supports"],
        "conflicts": len(claim["conflicts"]),
        "unknowns": claim["unknowns"],
    }
    return _fit(summary, "figure", "transfer", "relayed_by")


def excerpt_card(excerpt: Document) -> Document:
    keys = ("id", "path", "source", "exact", "start", "end", "language", "locator")
    return {key: excerpt[key] for key in keys}


def uses_of(excerpt_id: str, document: Document) -> dict[str, list[Document]]:
    """What rests on an excerpt in one document: claims, sides of conflicts, names, replies. Nothing else names one."""
    return {
        "claims": [
            claim | {"relation": citation["relation"]}
            for claim in document["claims"]
            for citation in claim["citations"]
            if citation["excerpt"] == excerpt_id
        ],
        "conflicts": [c for c in document["conflicts"] if any(s["excerpt"] == excerpt_id for s in c["sides"])],
        "aliases": [alias for alias in document["aliases"] if alias["excerpt"] == excerpt_id],
        "responses": [response for response in document["responses"] if excerpt_id in response["excerpts"]],
    }


def _fit(summary: Document, *may_go: str) -> Document:
    """Leave out whole fields, named in `left_out`, until the card fits. Nothing is cut in the middle."""
    left_out: list[str] = []
    for key in may_go:
        if len(compact(summary).encode()) <= CARD_BYTES:
            break
        summary.pop(key, None)
        left_out.append(key)
        summary["left_out"] = left_out
    return summary


def compact(value: Document) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
