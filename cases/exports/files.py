"""The files that an export offers: what each holds, and its bytes for any choice of rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.documents.build import FOLDERS
from cases.models import Record, RecordClaim

from . import batches, csv_tables, ftm, references
from .manifest import FILES, commitment_lines

NDJSON = "application/x-ndjson"
MEDIA_TYPES = {
    "ndjson": NDJSON,
    "ftm.json": NDJSON,
    "csv": "text/csv; charset=utf-8; header=present",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex; charset=utf-8",
    "sqlite": "application/vnd.sqlite3",
}
WHOLE_ONLY = ("record.sqlite", "commitments.ndjson")
"""These hold everything: there is no filtered form of them."""


@dataclass(frozen=True)
class File:
    """One file: `claims.csv` holds claims, any other documents, of one kind where its name is that of a folder."""

    name: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.name.partition(".")[2]]

    @property
    def holds(self) -> str:
        return FILES[self.name]

    @property
    def kind(self) -> str:
        stem = self.name.partition(".")[0]
        return next((kind for kind, folder in FOLDERS.items() if folder == stem), "")

    @property
    def model(self) -> Any:
        return RecordClaim if self.name == "claims.csv" else Record

    def everything(self, seq: int) -> QuerySet[Any]:
        """The rows of the whole file as of a seq."""
        found: Any = self.model.objects.as_of(seq)
        return found.filter(kind=self.kind) if self.kind else found

    def chunks(self, found: QuerySet[Any], seq: int, site: str) -> Iterator[bytes]:
        """The bytes of the rows found, a batch at a time. A SQLite file is not made in pieces: see `sqlite.build`."""
        match self.name:
            case "claims.csv":
                holders = Record.objects.as_of(seq).filter(Exists(found.filter(record=OuterRef("pk"))))
                return csv_tables.claims_csv(holders, found)
            case "entities.ftm.json":
                return ftm.ndjson(found, seq, site)
            case "sources.csl.json":
                return references.csl(found)
            case "sources.bib":
                return references.bib(found)
            case "commitments.ndjson":
                return commitment_lines(seq)
        return csv_tables.documents_csv(found, self.kind) if self.name.endswith(".csv") else batches.ndjson(found)
