"""The rows of an export: batches by seq, of the documents as they are stored."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from cases.documents.types import Document, parse_document
from cases.models import Record, Revision, RevisionBody
from cases.record.as_of import last_seq

# Of the text of one batch, by the average of the one before: with twice as much, a worker that exports passes 100 MB
BATCH_MAX_CHARS = 1_000_000
BATCH_MAX_ROWS = 1024
# Of the first batch, which is read before anything is known of how long documents are
FIRST_BATCH_MAX_ROWS = 50
# Lines sent in one piece: memory for all of a batch would be fetched from the system anew each time
CHUNK_MAX_LINES = 16


class Pin(NamedTuple):
    """The moment that an export shows: the last seq, and the day (Asia/Jakarta) it was recorded."""

    seq: int
    day: str

    def name(self, file: str, *, filtered: bool = False) -> str:
        """Return the name of a download: `claims.csv` is `casedb-claims-seq178-2026-11-26.csv`."""
        stem, _dot, ending = file.partition(".")
        dated = f"-{self.day}" if self.day else ""
        return f"casedb-{stem}{'-filtered' if filtered else ''}-seq{self.seq}{dated}.{ending}"


def pin() -> Pin:
    """Return the present moment. Two queries."""
    seq = last_seq()
    moment = Revision.objects.filter(pk=seq).values_list("recorded_at", flat=True).first()
    return Pin(seq, timezone.localtime(moment).date().isoformat() if moment else "")


class DocumentRow(NamedTuple):
    """A version of a document. `text` is None when its words were erased while the export ran."""

    pk: int
    seq: int
    text: str | None


def row_batches(records: QuerySet[Record]) -> Iterator[list[DocumentRow]]:
    """Yield the rows in the order of their seq. One query a batch, entered by the index wherever it goes on.

    No server-side cursor: it needs a transaction, and on PostgreSQL outside of one it copies the whole answer first.
    """
    text = RevisionBody.objects.filter(pk=OuterRef("since_seq")).values("document")
    rows = records.order_by("since_seq").annotate(text=Subquery(text)).values_list("pk", "since_seq", "text")
    after, most = 0, min(FIRST_BATCH_MAX_ROWS, BATCH_MAX_ROWS)
    while batch := [DocumentRow(*row) for row in rows.filter(since_seq__gt=after)[:most]]:
        yield batch
        after = batch[-1].seq
        average = sum(len(row.text or "") for row in batch) // len(batch) + 1
        most = max(1, min(BATCH_MAX_ROWS, BATCH_MAX_CHARS // average))


def parse_rows(rows: Iterable[DocumentRow]) -> list[Document]:
    """Return the documents of a batch, without those whose words were erased."""
    return [parse_document(row.text) for row in rows if row.text is not None]


def document_batches(records: QuerySet[Record]) -> Iterator[list[Document]]:
    """Yield the documents in batches as of `row_batches`."""
    return map(parse_rows, row_batches(records))


def document_lines(records: QuerySet[Record]) -> Iterator[bytes]:
    """Yield one stored document a line, byte for byte; canonical JSON has no line breaks of its own."""
    for rows in row_batches(records):
        texts = [row.text for row in rows if row.text is not None]
        for first in range(0, len(texts), CHUNK_MAX_LINES):
            yield "\n".join([*texts[first : first + CHUNK_MAX_LINES], ""]).encode()
