"""Entities of FollowTheMoney, made as plain dictionaries; the library itself is only used to check them.

Every claim is a Note about its subject and about whoever stands in it, behind its standing. It is *also* a relation
only when it says one of a single pair: a claim with several on a side says nothing of any pair. Which schema the
relation may have is decided by `standings`; a transfer that no court found is never a Payment.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from cases.documents.canonical import Document
from cases.documents.types import parse_document
from cases.models import Record
from cases.publication.projection import titles

from . import flat
from .batches import batches
from .citations import NAME, relays, speaker
from .related import countries, referred
from .standings import may_be, role_words, sentences

Entity = dict[str, Any]
Ref = dict[str, Any]

ACTORS = {
    "person": "Person",
    "company": "Company",
    "state_owned_company": "Company",
    "public_body": "PublicBody",
    "post": "Position",
}
"""Any other kind of actor is an Organization."""
BODIES = {"Company", "PublicBody", "Organization"}
LEGAL = BODIES | {"Person"}


class Relation(NamedTuple):
    """A schema of FollowTheMoney: its two properties, and what may stand in them."""

    schema: str
    source: str
    source_schemata: set[str]
    target: str
    target_schemata: set[str]


TIES = {
    "holds_office": Relation("Occupancy", "holder", {"Person"}, "post", {"Position"}),
    "works_for": Relation("Employment", "employee", {"Person"}, "employer", BODIES),
    "member_of": Relation("Membership", "member", LEGAL, "organization", BODIES),
    "owns": Relation("Ownership", "owner", LEGAL, "asset", {"Company"}),
}
ROLE = Relation("ProjectParticipant", "participant", LEGAL, "project", {"Project"})
PAYMENT = Relation("Payment", "payer", LEGAL, "beneficiary", LEGAL)
SIDES = {
    "holds_office": ("holder", "body"),
    "works_for": ("member", "body"),
    "member_of": ("member", "body"),
    "unit_of": ("unit", "body"),
    "owns": ("owner", "owned"),
    "patron_client": ("patron", "client"),
    "named_with": ("named", "named"),
}

LABELS = {
    "en": ("Standing", "Kind", "Said by", "Relayed by", "In dispute", "Unknown"),
    "id": ("Kedudukan", "Jenis", "Dikatakan oleh", "Disampaikan melalui", "Dipertentangkan", "Tidak diketahui"),
}


def ndjson(records: QuerySet[Any], seq: int, site: str) -> Iterator[bytes]:
    """The entities of the documents, then those that they point to and that are not among them."""
    for rows in batches(records):
        documents = [parse_document(row.text) for row in rows if row.text is not None]
        lies_in = countries(documents, seq)
        yield _lines(each for d in documents for each in entities(d, site, lies_in.get(d["id"], "")))
    for others in referred(records, seq):
        yield _lines(map(bare, others))


def _lines(found: Iterable[Entity]) -> bytes:
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in found).encode()


def entities(document: Document, site: str, country: str = "") -> Iterator[Entity]:
    """The entity of a document, and for each of its claims a Note and perhaps a relation."""
    if document["kind"] == "source":
        yield _source(document, site)
        return
    yield _subject(document, site, country)
    for claim in document["claims"]:
        yield _note(claim, document, site)
        for pair in _pairs(claim, document):
            yield _relation(pair, claim, document, site)


def bare(record: Record) -> Entity:
    """Only what something is called, as those say who refer to it: a part of its own entity."""
    schema = schema_of({"kind": record.kind, "actor_kind": record.subkind})
    properties: dict[str, list[str | None]] = {"name": [*dict.fromkeys((record.title_id, record.title_en))]}
    if schema == "Document":
        properties = {"title": [record.title_id], "fileName": [record.slug]}
    elif schema == "Address":
        properties["full"] = [record.title_id]
    return _entity(entity_id(str(record.object_id)), schema, properties)


def schema_of(ref: Ref) -> str:
    """The schema of a subject. A case and a system are Projects: the one kind that asserts nothing about them."""
    if ref["kind"] == "actor":
        return ACTORS.get(ref["actor_kind"], "Organization")
    return {"place": "Address", "source": "Document"}.get(ref["kind"], "Project")


def entity_id(ref: Ref | str) -> str:
    return f"casedb-{ref if isinstance(ref, str) else ref['id']}"


def _entity(identity: str, schema: str, properties: dict[str, list[str | None]]) -> Entity:
    kept = {name: [value for value in values if value] for name, values in properties.items()}
    return {"id": identity, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _subject(document: Document, site: str, country: str) -> Entity:
    schema = schema_of(document)
    title = list(dict.fromkeys(titles(document).values()))
    properties: dict[str, list[str | None]] = {
        "name": [*title],
        "alias": [alias["name"] for alias in document["aliases"]],
        "sourceUrl": [f"{site}{document['path']}"],
        "publisher": [NAME],
        "country": [country],
    }
    if schema == "Address":
        properties["full"] = [title[0]]
    return _entity(entity_id(document), schema, properties)


def _source(document: Document, site: str) -> Entity:
    title = titles(document)["id"]
    properties: dict[str, list[str | None]] = {
        "title": [title],
        "fileName": [document["slug"]],
        "author": [*document["authors"]],
        "publishedAt": [document["published"]],
        "publisher": [document["publisher"] or document["institution"]],
        "sourceUrl": [document["url"] or f"{site}{document['path']}"],
        "language": [{"id": "ind", "en": "eng"}.get(document["language"])],
        "summary": [(document["extent"] or {}).get("en")],
    }
    return _entity(entity_id(document), "Document", properties)


def _note(claim: Document, document: Document, site: str) -> Entity:
    about = [document, *(party["who"] for party in claim["parties"] if party["who"])]
    properties: dict[str, list[str | None]] = {
        "name": [*sentences(claim)],
        "description": [*sentences(claim)],
        "notes": [line for language in LABELS for line in _told(claim, document, language)],
        "entity": [*dict.fromkeys(entity_id(ref) for ref in about)],
        "proof": [*_proofs(claim, document)],
        "keywords": [claim["standing"], claim["kind"]],
        "sourceUrl": [f"{site}{claim['path']}"],
        "publisher": [NAME],
    }
    return _entity(entity_id(claim), "Note", properties)


def _told(claim: Document, document: Document, language: str) -> list[str]:
    """How firmly and by whom it is said, through which works we have it, what is in dispute and what is unknown: with
    the Note of a claim and with its relation alike, since either may be read without the other.
    """
    conflicts = [conflict for conflict in document["conflicts"] if conflict["claim"] == claim["id"]]
    unknowns = [unknown for unknown in document["unknowns"] if unknown["claim"] == claim["id"]]
    said = (
        claim["standing"],
        claim["kind"],
        speaker(claim, document, language),
        flat.joined(relays(claim, document, language)),
        flat.joined(flat.conflict_words(conflict, language) for conflict in conflicts),
        flat.joined(flat.unknown_words(unknown, language) for unknown in unknowns),
    )
    return [f"{label}: {words}" for label, words in zip(LABELS[language], said, strict=True) if words]


class Pair(NamedTuple):
    """Two whom a claim relates, by what, and in which firm schema if it may be told firmly."""

    source: Ref
    target: Ref
    firm: Relation | None
    word: str


def _relation(pair: Pair, claim: Document, document: Document, site: str) -> Entity:
    firm, schema, names = pair.firm, "UnknownLink", ("subject", "object")
    if firm and may_be(firm.schema, claim, document) and _fits(firm, pair):
        schema, names = firm.schema, (firm.source, firm.target)
    properties: dict[str, list[str | None]] = {
        names[0]: [entity_id(pair.source)],
        names[1]: [entity_id(pair.target)],
        "summary": [*sentences(claim)],
        "description": [f"{'. '.join(_told(claim, document, language))}." for language in LABELS],
        "startDate": [claim["start"]],
        "endDate": [claim["end"]],
        "recordId": [claim["id"]],
        "proof": [*_proofs(claim, document)],
        "sourceUrl": [f"{site}{claim['path']}"],
        "publisher": [NAME],
    }
    if schema == "Payment":
        transfer = claim["transfer"]
        properties |= {"amount": [transfer["amount"]], "currency": [transfer["currency"]], "purpose": [pair.word]}
    else:
        properties["status"] = [claim["standing"]]
        if schema != "Occupancy":  # which has no role of its own
            properties["role"] = [role_words(pair.word, claim)]
    return _entity(f"{entity_id(claim)}-{pair.source['id']}", schema, properties)


def _pairs(claim: Document, document: Document) -> list[Pair]:
    """The pairs that a claim relates: its one pair of sides, or each bearer of a role with the subject."""
    if claim["kind"] == "role":
        part = "body" if claim["subkind"] == "responsible_body" else claim["subkind"]
        named = [party["who"] for party in claim["parties"] if party["part"] == part and party["who"]]
        bearers = {who["id"]: who for who in named}
        bearers.pop(document["id"], None)
        return [Pair(who, document, ROLE, part.replace("_", " ")) for who in bearers.values()]
    if claim["kind"] == "tie" and claim["subkind"] in SIDES:
        firm, word, parts = TIES.get(claim["subkind"]), claim["subkind"], SIDES[claim["subkind"]]
    elif claim["kind"] == "transfer":
        firm, word = PAYMENT, claim["transfer"]["kind"] or "transfer of unstated nature"
        parts = ("payer", "recipient")
    else:
        return []
    sides = _sides(claim, *parts)
    return [Pair(*sides, firm, word.replace("_", " "))] if sides else []


def _sides(claim: Document, source: str, target: str) -> tuple[Ref, Ref] | None:
    """Who stands on both sides, when that is one known actor on each."""
    if source == target:
        both = [party["who"] for party in claim["parties"] if party["part"] == source]
        return (both[0], both[1]) if len(both) == 2 and all(both) else None
    ones = [[party["who"] for party in claim["parties"] if party["part"] == part] for part in (source, target)]
    if all(len(side) == 1 and side[0] for side in ones):
        return ones[0][0], ones[1][0]
    return None


def _fits(firm: Relation, pair: Pair) -> bool:
    return schema_of(pair.source) in firm.source_schemata and schema_of(pair.target) in firm.target_schemata


def _proofs(claim: Document, document: Document) -> list[str]:
    """The sources whose words support the claim."""
    ids = {source["slug"]: source["id"] for source in document["sources"]}
    taken_from = {excerpt["id"]: excerpt["source"] for excerpt in document["excerpts"]}
    cited = [citation["excerpt"] for citation in claim["citations"] if citation["relation"] == "supports"]
    return list(dict.fromkeys(entity_id(ids[taken_from[excerpt]]) for excerpt in cited))
