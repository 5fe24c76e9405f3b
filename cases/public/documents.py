"""A stored document opened for reading: its own references (excerpts, sources, conflicts, unknowns) put in their place.

Nothing is computed that the document does not hold, and nothing is fetched.
"""

from typing import Any

from cases.publication.canonical import Document
from cases.vocabularies import RULINGS, StageWord

DETAILS = ("transfer", "figure", "stage")
CHARGED_PARTS = ("accused", "defendant")


def opened(document: Document) -> Document:
    """The document with its claims opened, the lead first, and what disagrees or is unknown beside what it concerns."""
    claims = {claim["id"]: open_claim(claim, document) for claim in document.get("claims", [])}
    lead = document.get("lead", [])
    conflicts = [open_conflict(conflict, document) for conflict in document.get("conflicts", [])]
    unknowns = document.get("unknowns", [])
    return document | {
        "lead_claims": [claims[key] for key in lead],
        "other_claims": [claim for key, claim in claims.items() if key not in lead],
        "own_conflicts": [conflict for conflict in conflicts if not conflict["claim"]],
        "claim_conflicts": [c | {"of": claims[c["claim"]]} for c in conflicts if c["claim"]],
        "own_unknowns": [unknown for unknown in unknowns if not unknown["claim"]],
        "claim_unknowns": [unknown for unknown in unknowns if unknown["claim"]],
        "open_aliases": [alias | {"quote": quote(alias["excerpt"], document)} for alias in document.get("aliases", [])],
        "open_responses": [_response(response, claims, document) for response in document.get("responses", [])],
    }


def find_claim(document: Document, claim_id: str) -> Document:
    """One claim of a document, opened."""
    return open_claim(next(claim for claim in document["claims"] if claim["id"] == claim_id), document)


def open_claim(claim: Document, document: Document) -> Document:
    sources = _sources(document)
    said_by = claim["said_by"]
    detail = next((name for name in DETAILS if claim.get(name)), None)
    return claim | {
        "detail": detail,
        "speaker_source": sources.get(said_by.get("source")),
        "relays": [sources[slug] for slug in claim["relayed_by"]],
        "sides": _by_part(claim["parties"]),
        "quotes": [quote(c["excerpt"], document) | {"relation": c["relation"]} for c in claim["citations"]],
        "disputes": [open_conflict(c, document) for c in document["conflicts"] if c["claim"] == claim["id"]],
        "silences": [unknown for unknown in document["unknowns"] if unknown["claim"] == claim["id"]],
        "not_final": detail == "stage" and not_final(claim, document),
    }


def open_conflict(conflict: Document, document: Document) -> Document:
    sides = [side | {"quote": quote(side["excerpt"], document)} for side in conflict["sides"]]
    return conflict | {"sides": sides}


def quote(excerpt_id: str, document: Document) -> Document:
    """An excerpt with the source that it was taken from."""
    excerpt: Document = next(excerpt for excerpt in document["excerpts"] if excerpt["id"] == excerpt_id)
    return excerpt | {"from": _sources(document)[excerpt["source"]]}


def not_final(claim: Document, document: Document) -> bool:
    """A ruling with an outcome, while the record holds no final one about the same people: *belum inkracht*."""
    stage = claim["stage"]
    if stage["stage"] not in RULINGS or stage["stage"] == StageWord.FINAL or not stage["outcome"]:
        return False
    finals = [c for c in document["claims"] if (c.get("stage") or {}).get("stage") == StageWord.FINAL]
    return not any(_charged(claim) & _charged(final) for final in finals)


def uses_of(excerpt_id: str, document: Document) -> Document:
    """What rests on an excerpt in one document: claims, sides of conflicts, names, replies."""
    return {
        "document": document,
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


def _response(response: Document, claims: dict[str, Document], document: Document) -> Document:
    return response | {
        "quotes": [quote(excerpt, document) for excerpt in response["excerpts"]],
        "answers": [claims[claim] for claim in response["claims"]],
    }


def _charged(claim: Document) -> set[str]:
    return {p["who"]["id"] for p in claim["parties"] if p["who"] and p["part"] in CHARGED_PARTS}


def _sources(document: Document) -> dict[str, Document]:
    return {source["slug"]: source for source in document["sources"]}


def _by_part(parties: list[Document]) -> list[Document]:
    """Parties under their parts, in the order of the document."""
    sides: dict[str, Any] = {}
    for party in parties:
        sides.setdefault(party["part"], []).append(party)
    return [{"part": part, "members": members} for part, members in sides.items()]
