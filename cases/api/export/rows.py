"""The rows of an export: batches by seq, of the documents as they are stored."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from cases.models import Revision, RevisionBody
from cases.reading import last_seq

BATCH_CHARACTERS = 1_000_000
"""About how much text one batch holds: with twice as much, a worker that exports passes 100 MB."""
MOST_ROWS = 1000
FIRST_ROWS = 50
"""Of the first batch, which is taken before anything is known of how long documents are."""


class Pin(NamedTuple):
    """The moment that an export shows: the last seq, and the day (Asia/Jakarta) it was recorded."""

    seq: int
    day: str

    def name(self, file: str, *, filtered: bool = False) -> str:
        """`claims.csv` as `casedb-claims-seq178-2026-11-26.csv`."""
        stem, _dot, ending = file.partition(".")
        dated = f"-{self.day}" if self.day else ""
        return f"casedb-{stem}{'-filtered' if filtered else ''}-seq{self.seq}{dated}.{ending}"


def pin() -> Pin:
    seq = last_seq()
    moment = Revision.objects.filter(pk=seq).values_list("recorded_at", flat=True).first()
    return Pin(seq, timezone.localtime(moment).date().isoformat() if moment else "")


class Row(NamedTuple):
    """A version of a document. `text` is None when its words were erased while the export ran."""

    pk: int
    seq: int
    text: str | None


def batches(records: QuerySet[Any]) -> Iterator[list[Row]]:
    """Rows of Record in the order of their seq. One query a batch, entered by the index wherever it goes on.

    No server-side cursor: it needs a transaction, and on PostgreSQL outside of one it copies the whole answer first.
    """
    body = RevisionBody.objects.filter(pk=OuterRef("since_seq")).values("document")
    ordered = records.order_by("since_seq").annotate(text=Subquery(body)).values_list("pk", "since_seq", "text")
    after, size = 0, min(FIRST_ROWS, MOST_ROWS)
    while rows := [Row(*row) for row in ordered.filter(since_seq__gt=after)[:size]]:
        yield rows
        after = rows[-1].seq
        average = sum(len(row.text or "") for row in rows) // len(rows) + 1
        size = max(1, min(MOST_ROWS, BATCH_CHARACTERS // average))


def ndjson(records: QuerySet[Any]) -> Iterator[bytes]:
    """One stored document a line, byte for byte; canonical JSON has no line breaks of its own."""
    for rows in batches(records):
        if texts := [row.text for row in rows if row.text is not None]:
            texts.append("")
            yield "\n".join(texts).encode()
