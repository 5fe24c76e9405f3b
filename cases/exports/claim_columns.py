"""The columns of a claim. Beside every value stand its standing, who says it, who replied, and what is not settled."""

from functools import partial
from typing import NamedTuple

from cases.claim_kinds import DETAILED, DetailedKind, DetailField
from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedExcerpt
from cases.documents.latest_steps import steps_told
from cases.documents.types import Document
from sources.json_fields import LanguageMap

from .citations import speaker_name
from .columns import (
    CellValue,
    Columns,
    FlatRow,
    by_language,
    join_texts,
    make_row,
    of_map,
    text_in,
)
from .texts import conflict_text, party_text, replies_text, unknown_text


class ClaimRow(NamedTuple):
    """What a row is made of: a claim, and the document in which it stands."""

    claim: PublishedClaim
    document: Document

    @property
    def excerpts(self) -> list[PublishedExcerpt]:
        """Return the excerpts that support the claim, in the order of the document."""
        cited = self.claim.supporting_excerpts
        return [excerpt for excerpt in self.document.excerpts if excerpt.id in cited]


def _detail_columns(kind: DetailedKind) -> Columns[ClaimRow]:
    """Return the columns of the numbers of a kind, which are empty for claims of others: `transfer_kind`, `stage` …"""
    return {
        column if column == kind.name else f"{kind.name}_{column}": partial(_detail_cell, kind.name, field, column)
        for field in kind.fields
        for column in field.columns
    }


def _detail_cell(kind: str, field: DetailField, column: str, row: ClaimRow) -> CellValue:
    detail = row.claim.detail if row.claim.kind == kind else None
    value: LanguageMap | CellValue = getattr(detail, field.name, None)
    return text_in(value, column.rpartition("_")[2]) if isinstance(value, LanguageMap) else value


def _conflicts(row: ClaimRow, language: str) -> str:
    texts = (conflict_text(each, row.document, language) for each in row.document.conflicts_of(row.claim))
    return join_texts(texts)


def _unknowns(row: ClaimRow, language: str) -> str:
    return join_texts(unknown_text(unknown, language) for unknown in row.document.unknowns_of(row.claim))


# Their columns keep the places that they have in files; those of a later kind follow
_FIRST_KINDS = ["transfer", "figure", "stage"]
_KINDS = sorted(DETAILED.values(), key=lambda kind: [*_FIRST_KINDS, kind.name].index(kind.name))

CLAIM_COLUMNS: Columns[ClaimRow] = {
    "claim_id": lambda row: row.claim.id,
    "subject_kind": lambda row: row.document.kind,
    "subject_slug": lambda row: row.document.slug,
    **of_map("subject_title", lambda row: row.document.titles),
    "kind": lambda row: row.claim.kind,
    "aspect": lambda row: row.claim.aspect,
    "standing": lambda row: row.claim.standing,
    **by_language("said_by", lambda row, language: speaker_name(row.claim, row.document, language)),
    "relayed_by": lambda row: join_texts(row.claim.relayed_by),
    **by_language("conflicts", _conflicts),
    **by_language("unknowns", _unknowns),
    "conflict_families": lambda row: join_texts(row.document.families_of(row.claim)),
    **by_language("latest_steps", lambda row, language: join_texts(steps_told(row.claim, row.document, language))),
    **by_language("replies", lambda row, language: replies_text(row.document, language, row.claim)),
    **of_map("statement", lambda row: row.claim.statement),
    "parties": lambda row: join_texts(map(party_text, row.claim.parties)),
    "start": lambda row: row.claim.start,
    "end": lambda row: row.claim.end,
    "date_as_stated": lambda row: row.claim.date_as_stated,
    "ongoing_when_written": lambda row: int(row.claim.ongoing_when_written),
    "places": lambda row: join_texts(place.slug for place in row.claim.places),
    "topics": lambda row: join_texts(row.claim.topics),
    **{name: cell for kind in _KINDS for name, cell in _detail_columns(kind).items()},
    "quotes": lambda row: join_texts(excerpt.exact for excerpt in row.excerpts),
    "sources": lambda row: join_texts(dict.fromkeys(excerpt.source for excerpt in row.excerpts)),
    "excerpts": lambda row: join_texts(excerpt.id for excerpt in row.excerpts),
    "path": lambda row: row.claim.path,
    "version": lambda row: row.document.version.number,
    "recorded_at": lambda row: row.document.version.recorded_at,
    "record_license": lambda row: row.document.license,
}


def claim_row(claim: PublishedClaim, document: Document) -> FlatRow:
    """Return the row of a claim; the values of its detail come behind how firmly and by whom they are said."""
    return make_row(CLAIM_COLUMNS, ClaimRow(claim, document))
