"""Documents as the ledger holds them, with the least that an export reads. Fields are given as they stand in JSON."""

import json
from typing import Any

from cases.documents.types import Document, parse_document

LICENSE = "CC-BY-4.0"
VERSION = {
    "number": 1,
    "recorded_at": "2026-01-01T00:00:00.000000Z",
    "action": "publish",
    "reason": {"id": "Terbit", "en": "Published"},
    "reason_code": None,
}


def actor_ref(key: str, actor_kind: str) -> dict[str, Any]:
    title = {"id": key.upper(), "en": key.upper()}
    return {
        **{"id": key, "kind": "actor", "actor_kind": actor_kind, "slug": key, "path": f"/actors/{key}/", "title": title}
    }


def party(part: str, who: dict[str, Any] | None) -> dict[str, Any]:
    return {"part": part, "who": who, "as_stated": None if who else "petugas"}


PERSON, FIRM, POST = actor_ref("p", "person"), actor_ref("f", "company"), actor_ref("o", "post")
SOURCE = {
    **{"id": "sid", "kind": "source", "slug": "s", "path": "/sources/s/", "title": "S", "title_given": None},
    **{"source_kind": "court_ruling", "authors": [], "institution": None, "publisher": None, "published": None},
    **{"language": "id", "url": None, "extent": None, "known_through": []},
}
EXCERPT = {
    **{"id": "e", "path": "/excerpts/e/", "source": "s", "text_sha256": "0" * 64, "exact": "x", "start": 0, "end": 1},
    **{"prefix": "", "suffix": "", "language": "id", "translation": {}, "locator": None},
}
TRANSFER = {
    **{"kind": "bribe", "amount": "100", "currency": "IDR", "in_kind": None, "quantity": None, "unit": None},
    **{"as_stated": "seratus", "number_reason": None},
}
CLAIM = {
    **{"id": "c", "path": "/claims/c/", "kind": "transfer", "aspect": None, "standing": "decided"},
    **{"statement": {"id": "P memberi F.", "en": "P gave F."}, "said_by": {"source": "s"}, "relayed_by": []},
    **{"parties": [party("payer", PERSON), party("recipient", FIRM)], "places": [], "topics": []},
    **{"start": "2020", "end": None, "date_as_stated": None, "ongoing_when_written": False},
    **{"citations": [{"excerpt": "e", "relation": "supports"}], "conflicts": [], "unknowns": []},
    "transfer": TRANSFER,
}


def conflict(key: str, *values: str, **fields: Any) -> dict[str, Any]:
    """A slip of the pen about the date of the first claim, as far as the fields do not say otherwise."""
    return {
        **{"id": key, "family": "inconsistent", "kind": "slip", "claim": "c", "property": "date"},
        **{"sides": [{"value": value, "excerpt": "e"} for value in values]},
        **{"explanation": {"id": "Beda.", "en": "They differ."}},
    } | fields


def unknown(name: str, **fields: Any) -> dict[str, Any]:
    """Something that nobody says of the first claim."""
    silent = {"claim": "c", "property": name, "reason": "not_in_source"}
    return silent | dict.fromkeys(("note", "excerpt", "searched_on")) | fields


def response(who: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A request for a reply that nobody answered yet."""
    empty = dict.fromkeys(("not_asked_because", "asked", "deadline", "answered", "note"))
    return {"id": "r", "who": who, "state": "asked", "denies": False, "claims": [], "excerpts": []} | empty | fields


def stage(outcome: str | None) -> dict[str, Any]:
    """A ruling about nobody in particular."""
    step = {"stage": "verdict", "outcome": outcome, "charge": None, "case_number": None}
    return {**CLAIM, "id": "g", "kind": "stage", "parties": [], "stage": step}


def make_document(claim: dict[str, Any], *more_claims: dict[str, Any], **fields: Any) -> Document:
    """A case whose first claim is a transfer that a ruling supports, as far as the fields do not say otherwise."""
    document = {
        **{"$schema": "/schemas/case/2.json", "id": "d", "kind": "case", "slug": "d", "path": "/cases/d/"},
        **{"title": {"id": "D", "en": "D"}, "aliases": [], "places": [], "topics": [], "lead": []},
        **{"period": {"start": None, "end": None}, "claims": [CLAIM | claim, *more_claims]},
        **{"excerpts": [EXCERPT], "sources": [SOURCE], "conflicts": [], "unknowns": [], "responses": []},
        **{"version": VERSION, "license": LICENSE},
    }
    return parse_document(json.dumps(document | fields))


def make_source(**fields: Any) -> Document:
    own = {"$schema": "/schemas/source/2.json", "licence": None, "captures": [], "version": VERSION, "license": LICENSE}
    own |= {"about": [], "excerpts": [], "sources": []}
    return parse_document(json.dumps(SOURCE | own | fields))
