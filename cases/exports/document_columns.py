"""The columns of each kind of document. A subject shows its lead, with its standing, who says it and who replied."""

from functools import partial

from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedConflict, PublishedUnknown
from cases.documents.kinds import SUBKIND_FIELDS
from cases.documents.types import Document, PlaceDocument, SourceDocument, SubjectDocument
from cases.vocabularies import Standing, SubjectKind
from sources.json_fields import or_none

from .citations import speaker_name
from .columns import Columns, FlatRow, by_language, join_texts, make_row, of_map
from .texts import conflict_text, replies_text, unknown_text


def _lead(document: SubjectDocument) -> PublishedClaim | None:
    return document.claims_by_id.get(document.lead[0]) if document.lead else None


def _lead_speaker(document: SubjectDocument, language: str) -> str | None:
    lead = _lead(document)
    return speaker_name(lead, document, language) if lead else None


def _all_replies(document: SubjectDocument, language: str) -> str:
    return replies_text(document, language, *document.claims)


def _claim_prefix(thing: PublishedConflict | PublishedUnknown, document: SubjectDocument, language: str) -> str:
    """Return of which claim it is, how firmly that is said, and by whom: `tie 060901ed-… (stated by fitri-2017): `."""
    claim = document.claims_by_id.get(thing.claim or "")
    if claim is None:
        return ""
    speaker = or_none(claim.said_by.source) or speaker_name(claim, document, language)
    return f"{claim.kind} {claim.id} ({claim.standing} by {speaker}): "


def _all_conflicts(document: SubjectDocument, language: str) -> str:
    texts = (
        _claim_prefix(each, document, language) + conflict_text(each, document, language) for each in document.conflicts
    )
    return join_texts(texts)


def _all_unknowns(document: SubjectDocument, language: str) -> str:
    return join_texts(
        _claim_prefix(each, document, language) + unknown_text(each, language) for each in document.unknowns
    )


def _count_claims(standing: str, document: SubjectDocument) -> int:
    return sum(claim.standing == standing for claim in document.claims)


_NAMES: Columns[DocumentBase] = {
    "id": lambda document: document.id,
    "kind": lambda document: document.kind,
    "slug": lambda document: document.slug,
    **of_map("title", lambda document: document.titles),
}
_VERSION: Columns[DocumentBase] = {
    "version": lambda document: document.version.number,
    "recorded_at": lambda document: document.version.recorded_at,
    "record_license": lambda document: document.license,
}
_SUBJECT: Columns[SubjectDocument] = {
    "lead_standing": lambda document: lead.standing if (lead := _lead(document)) else None,
    **by_language("lead_said_by", _lead_speaker),
    "lead_relayed_by": lambda document: join_texts(lead.relayed_by) if (lead := _lead(document)) else None,
    **by_language("conflicts", _all_conflicts),
    **by_language("unknowns", _all_unknowns),
    "lead_conflict_families": lambda document: (
        join_texts(document.families_of(lead)) if (lead := _lead(document)) else None
    ),
    **by_language("replies", _all_replies),
    **of_map("lead", lambda document: lead.statement if (lead := _lead(document)) else None),
    "aliases": lambda document: join_texts(alias.name for alias in document.aliases),
    "places": lambda document: join_texts(place.slug for place in document.places),
    "topics": lambda document: join_texts(document.topics),
    "period_start": lambda document: document.period.start,
    "period_end": lambda document: document.period.end,
    "identifiers": lambda document: join_texts(f"{each.scheme}:{each.value}" for each in document.identifiers),
    **{f"claims_{standing}": partial(_count_claims, standing) for standing in Standing.values},
}
_PLACE: Columns[SubjectDocument] = {
    "code": lambda document: document.code if isinstance(document, PlaceDocument) else None,
    "iso": lambda document: document.iso if isinstance(document, PlaceDocument) else None,
    "parent": lambda document: document.parent.slug if document.parent else None,
}
_SOURCE: Columns[SourceDocument] = {
    **of_map("title_given", lambda document: document.title_given),
    "authors": lambda document: join_texts(document.authors),
    "institution": lambda document: document.institution,
    "publisher": lambda document: document.publisher,
    "published": lambda document: document.published,
    "language": lambda document: document.language,
    "url": lambda document: document.url,
    "licence": lambda document: document.licence,
    **of_map("extent", lambda document: document.extent),
    "known_through": lambda document: join_texts(other.slug for other in document.known_through),
    "text_sha256": lambda document: join_texts(filter(None, (capture.text_sha256 for capture in document.captures))),
    "path": lambda document: document.path,
}


def _subject_columns(kind: str) -> Columns[SubjectDocument]:
    return {
        **_NAMES,
        **({SUBKIND_FIELDS[kind]: lambda document: document.subkind} if kind in SUBKIND_FIELDS else {}),
        **_SUBJECT,
        **(_PLACE if kind == "place" else {}),
        "sources": lambda document: join_texts(source.slug for source in document.sources),
        "path": lambda document: document.path,
        **_VERSION,
    }


SOURCE_COLUMNS: Columns[SourceDocument] = {
    **_NAMES,
    "source_kind": lambda document: document.source_kind,
    **_SOURCE,
    **_VERSION,
}
SUBJECT_COLUMNS = {kind: _subject_columns(kind) for kind in SubjectKind.values}


def document_row(document: Document) -> FlatRow:
    """Return the row of a document."""
    if isinstance(document, SubjectDocument):
        return make_row(SUBJECT_COLUMNS[document.kind], document)
    return make_row(SOURCE_COLUMNS, document) if isinstance(document, SourceDocument) else make_row(_NAMES, document)


def document_columns(kind: str) -> list[str]:
    """Return the names of the columns of a kind of document."""
    return list(SOURCE_COLUMNS if kind == "source" else SUBJECT_COLUMNS[kind])
