"""Entities of FollowTheMoney, made as plain dictionaries; the library itself is only used to check them.

Every claim is a Note about its subject and about whoever stands in it, behind its standing. It is *also* a relation
only when it says one of a single pair: see `ftm_pairs`. Which schema the relation may have is decided by `standings`;
a transfer that no court found is never a Payment.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from django.db.models import QuerySet

from cases.claim_kinds.tie import TieDetail
from cases.claim_kinds.transfer import TransferDetail
from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim
from cases.documents.latest_steps import steps_told
from cases.documents.types import Document, SourceDocument
from cases.models import Record

from .batches import document_batches
from .citations import SITE_NAME, relay_names, speaker_name
from .columns import join_texts
from .ftm_pairs import Pair, identifier_property, pairs_of, schema_of
from .related import countries_of_places, related_records
from .standings import marked_role, marked_statements, may_have_schema
from .texts import disagreements, replies_told, unknown_text


class Entity(TypedDict):
    """An entity of FollowTheMoney as JSON; every property is a list."""

    id: str
    schema: str
    properties: dict[str, list[str]]


Properties = Mapping[str, Iterable[str | None]]
LATEST_STEP = {"en": "Latest step known here", "id": "Tahap terakhir yang tercatat di sini"}
# What a schema calls the sort of a relation, where it is no role
ROLE_NAMES = {"Family": "relationship"}
LABELS = {
    "en": ("Standing", "Kind", "Said by", "Relayed by", "Unknown", "Reply"),
    "id": ("Kedudukan", "Jenis", "Dikatakan oleh", "Disampaikan melalui", "Tidak diketahui", "Tanggapan"),
}


def entity_lines(records: QuerySet[Record], seq: int, site: str) -> Iterator[bytes]:
    """Yield the entities of the documents, then those that they point to and that are not among them."""
    for documents in document_batches(records):
        countries = countries_of_places(documents, seq)
        yield _lines(each for d in documents for each in entities(d, site, countries.get(d.id, "")))
    for others in related_records(records, seq):
        yield _lines(map(bare_entity, others))


def _lines(found: Iterable[Entity]) -> bytes:
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in found).encode()


def entities(document: Document, site: str, country: str = "") -> Iterator[Entity]:
    """Yield the entity of a document, and for each of its claims a Note and perhaps relations."""
    if isinstance(document, SourceDocument):
        yield _source(document, site)
        return
    yield _subject(document, site, country)
    for claim in document.claims:
        yield _note(claim, document, site)
        for pair in pairs_of(claim, document):
            yield _relation(pair, claim, document, site)


def bare_entity(record: Record) -> Entity:
    """Return only what something is called, as those say who refer to it: a part of its own entity."""
    schema = schema_of(record.kind, record.subkind)
    properties: dict[str, list[str]] = {"name": list(dict.fromkeys((record.title_id, record.title_en)))}
    if schema == "Document":
        properties = {"title": [record.title_id], "fileName": [record.slug]}
    elif schema == "Address":
        properties["full"] = [record.title_id]
    return _entity(str(record.object_id), schema, properties)


def entity_id(object_id: str) -> str:
    return f"casedb-{object_id}"


def _entity(object_id: str, schema: str, properties: Properties) -> Entity:
    """Return an entity without the values and properties that are empty."""
    kept = {name: [value for value in values if value] for name, values in properties.items()}
    return {
        "id": entity_id(object_id),
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }


def _subject(document: DocumentBase, site: str, country: str) -> Entity:
    schema, titles = schema_of(document.kind, document.subkind), document.titles
    properties: dict[str, list[str]] = {
        "name": list(dict.fromkeys((titles.id, titles.en))),
        "alias": [alias.name for alias in document.aliases],
        "sourceUrl": [f"{site}{document.path}"],
        "publisher": [SITE_NAME],
        "country": [country],
    }
    if schema == "Address":
        properties["full"] = [titles.id]
    for identifier in document.identifiers:
        if name := identifier_property(schema, identifier.scheme):
            properties.setdefault(name, []).append(identifier.value)
    return _entity(document.id, schema, properties)


def _source(document: SourceDocument, site: str) -> Entity:
    properties: Properties = {
        "title": [document.titles.choose(document.language)],
        "fileName": [document.slug],
        "author": document.authors,
        "publishedAt": [document.published],
        "publisher": [document.publisher or document.institution],
        "sourceUrl": [document.url or f"{site}{document.path}"],
        "language": [{"id": "ind", "en": "eng"}.get(document.language)],
        "summary": [document.extent.choose("en") if document.extent else None],
    }
    return _entity(document.id, "Document", properties)


def _note(claim: PublishedClaim, document: DocumentBase, site: str) -> Entity:
    about = [document.id, *(party.who.id for party in claim.parties if party.who)]
    properties: Properties = {
        "name": marked_statements(claim),
        "description": marked_statements(claim),
        "notes": [line for language in LABELS for line in _provenance(claim, document, language)],
        "entity": map(entity_id, dict.fromkeys(about)),
        "proof": _proofs(claim, document),
        "keywords": [claim.standing, claim.kind],
        "sourceUrl": [f"{site}{claim.path}"],
        "publisher": [SITE_NAME],
    }
    return _entity(claim.id, "Note", properties)


def _provenance(claim: PublishedClaim, document: DocumentBase, language: str) -> list[str]:
    """Return what a Note and a relation say alike, for either may be read alone: who says it, what disagrees."""
    texts = (
        claim.standing,
        claim.kind,
        speaker_name(claim, document, language),
        join_texts(relay_names(claim, document, language)),
        join_texts(unknown_text(unknown, language) for unknown in document.unknowns_of(claim)),
        join_texts(replies_told(claim, document, language)),
    )
    named = [f"{name}: {text}" for name, text in zip(LABELS[language], texts, strict=True) if text]
    named = [f"{LATEST_STEP[language]}: {step}" for step in steps_told(claim, document, language)] + named
    return named + disagreements(claim, document, language, explained=True)


def _relation(pair: Pair, claim: PublishedClaim, document: DocumentBase, site: str) -> Entity:
    schema, source, target = "UnknownLink", "subject", "object"
    if (firm := pair.firm_relation) and may_have_schema(firm.schema, claim, document):
        schema, source, target = firm.schema, firm.source, firm.target
    properties: dict[str, Iterable[str | None]] = {
        source: [entity_id(pair.source.id)],
        target: [entity_id(pair.target.id)],
        "summary": marked_statements(claim),
        "description": [f"{'. '.join(_provenance(claim, document, language))}." for language in LABELS],
        "startDate": [claim.start],
        "endDate": [claim.end],
        "recordId": [claim.id],
        "proof": _proofs(claim, document),
        "sourceUrl": [f"{site}{claim.path}"],
        "publisher": [SITE_NAME],
    }
    transfer = claim.detail_of(TransferDetail)
    if schema == "Payment" and transfer:
        properties |= {"amount": [transfer.amount], "currency": [transfer.currency], "purpose": [pair.word]}
    else:
        properties["status"] = [claim.standing]
        if schema != "Occupancy":  # which has no role of its own
            properties[ROLE_NAMES.get(schema, "role")] = [marked_role(pair.word, claim, document)]
    share = claim.detail_of(TieDetail)
    if schema == "Ownership" and share:
        properties |= {"percentage": [share.percent], "ownershipType": [share.holding]}
    return _entity(f"{claim.id}-{pair.source.id}", schema, properties)


def _proofs(claim: PublishedClaim, document: DocumentBase) -> list[str]:
    """Return the sources whose words support the claim."""
    sources = (document.source(excerpt.source) for excerpt in document.supporting_excerpts_of(claim))
    return list(dict.fromkeys(entity_id(source.id) for source in sources))
