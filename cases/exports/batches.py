"""The rows of an export: batches by seq, of the documents as they are stored."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from cases.models import Revision
from cases.record.lookup import last_seq

BATCH_CHARACTERS = 1_000_000
"""How much text one batch may hold, by the average of the one before: with twice as much, a worker that exports
passes 100 MB.
"""
MOST_ROWS = 1024
LINES_AT_ONCE = 16
"""Sent in one piece: memory for a whole batch would be fetched from the system anew each time."""
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


BATCH = """
    SELECT id, since_seq, (SELECT document FROM cases_revisionbody WHERE revision_id = since_seq)
    FROM ({records}) AS fitting
    WHERE since_seq > (SELECT CAST(%s AS bigint)) ORDER BY since_seq LIMIT {most}"""
"""In words of our own: the ORM takes a third of the time of an export to say it anew for each batch, and the database
would plan it anew for each place (as in cases.api.pagination).
"""


def batches(records: QuerySet[Any]) -> Iterator[list[Row]]:
    """Rows of Record in the order of their seq. One query a batch, entered by the index wherever it goes on.

    No server-side cursor: it needs a transaction, and on PostgreSQL outside of one it copies the whole answer first.
    """
    sql, params = records.order_by().values_list("id", "since_seq").query.sql_with_params()
    after, most = 0, min(FIRST_ROWS, MOST_ROWS)
    while rows := _read(BATCH.format(records=sql, most=most), (*params, after)):
        yield rows
        after = rows[-1].seq
        average = sum(len(row.text or "") for row in rows) // len(rows) + 1
        fitting = max(1, min(MOST_ROWS, BATCH_CHARACTERS // average))
        most = 1 << (fitting.bit_length() - 1)  # few different ones: for each, the database makes a plan


def _read(sql: str, params: tuple[Any, ...]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Row(*row) for row in cursor.fetchall()]


def ndjson(records: QuerySet[Any]) -> Iterator[bytes]:
    """One stored document a line, byte for byte; canonical JSON has no line breaks of its own."""
    for rows in batches(records):
        texts = [row.text for row in rows if row.text is not None]
        for first in range(0, len(texts), LINES_AT_ONCE):
            yield "\n".join([*texts[first : first + LINES_AT_ONCE], ""]).encode()
