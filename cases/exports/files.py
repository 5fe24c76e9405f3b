"""The files that an export offers: what each holds, and its bytes for any choice of rows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.documents.kinds import FOLDERS
from cases.documents.types import SourceDocument
from cases.models import Record, RecordClaim

from .batches import document_batches, document_lines
from .citations import CslItem, bibtex, source_item
from .csv_tables import claims_csv, documents_csv
from .ftm import entity_lines
from .manifest import EXPORT_FILES, commitment_lines

NDJSON = "application/x-ndjson"
MEDIA_TYPES = {
    "ndjson": NDJSON,
    "ftm.json": NDJSON,
    "csv": "text/csv; charset=utf-8; header=present",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex; charset=utf-8",
    "sqlite": "application/vnd.sqlite3",
}
# These hold everything: there is no filtered form of them
UNFILTERED_FILES = ("record.sqlite", "commitments.ndjson")


@dataclass(frozen=True)
class File:
    """A file of an export: `claims.csv` holds claims, any other documents; of one kind if it is named like a folder."""

    name: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.name.partition(".")[2]]

    @property
    def holds(self) -> str:
        return EXPORT_FILES[self.name]

    @property
    def kind(self) -> str:
        stem = self.name.partition(".")[0]
        return next((kind for kind, folder in FOLDERS.items() if folder == stem), "")

    @property
    def model(self) -> type[Record | RecordClaim]:
        return RecordClaim if self.name == "claims.csv" else Record

    def everything(self, seq: int) -> QuerySet[Any]:
        """Return the rows of the file without filters, as of a seq."""
        rows: QuerySet[Any] = self.model.objects.as_of(seq)
        return rows.filter(kind=self.kind) if self.kind else rows

    def chunks(self, rows: QuerySet[Any], seq: int, site: str) -> Iterator[bytes]:
        """Return the bytes of these rows, a batch at a time. `write_sqlite` writes the SQLite file instead."""
        match self.name:
            case "claims.csv":
                records = Record.objects.as_of(seq).filter(Exists(rows.filter(record=OuterRef("pk"))))
                return claims_csv(records, rows)
            case "entities.ftm.json":
                return entity_lines(rows, seq, site)
            case "sources.csl.json":
                return csl(rows)
            case "sources.bib":
                return bib(rows)
            case "commitments.ndjson":
                return commitment_lines(seq)
        return documents_csv(rows, self.kind) if self.name.endswith(".csv") else document_lines(rows)


def csl(records: QuerySet[Record]) -> Iterator[bytes]:
    """Yield the sources as one JSON array of CSL, an item a line."""
    opening = "["
    for item in _items(records):
        yield f"{opening}\n{json.dumps(item, ensure_ascii=False)}".encode()
        opening = ","
    yield b"[]\n" if opening == "[" else b"\n]\n"


def bib(records: QuerySet[Record]) -> Iterator[bytes]:
    """Yield the entries of BibTeX with an empty line between them."""
    return (f"{bibtex(item)}\n".encode() for item in _items(records))


def _items(records: QuerySet[Record]) -> Iterator[CslItem]:
    for documents in document_batches(records):
        yield from (source_item(document) for document in documents if isinstance(document, SourceDocument))
