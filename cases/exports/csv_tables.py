"""Claims and documents as CSV."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from cases.models import Record, RecordClaim

from .batches import document_batches, parse_rows, row_batches
from .claim_columns import CLAIM_COLUMNS, claim_row
from .columns import FlatRow
from .csv_cells import csv_lines
from .document_columns import document_columns, document_row


def claims_csv(records: QuerySet[Record], claims: QuerySet[RecordClaim]) -> Iterator[bytes]:
    """Yield the claims in the order of their documents' seq and as told there. Two queries a batch."""
    return _table(_claim_rows(records, claims), list(CLAIM_COLUMNS))


def documents_csv(records: QuerySet[Record], kind: str) -> Iterator[bytes]:
    """Yield the documents of one kind."""
    rows = ([document_row(document) for document in documents] for documents in document_batches(records))
    return _table(rows, document_columns(kind))


def _claim_rows(records: QuerySet[Record], claims: QuerySet[RecordClaim]) -> Iterator[list[FlatRow]]:
    for batch in row_batches(records):
        wanted = claims.filter(record__in=[row.pk for row in batch]).values_list("object_id", flat=True)
        ids = {str(object_id) for object_id in wanted}
        yield [claim_row(claim, of) for of in parse_rows(batch) for claim in of.claims if claim.id in ids]


def _table(batches: Iterable[list[FlatRow]], columns: list[str]) -> Iterator[bytes]:
    """Yield the header, together with the first rows if there are any, then the rows of each batch."""
    header = True
    for rows in batches:
        if rows:
            yield csv_lines(rows, header=header)
            header = False
    if header:
        yield (",".join(columns) + "\r\n").encode()
