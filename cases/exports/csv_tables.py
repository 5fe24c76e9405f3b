"""Claims and documents as CSV: as RFC 4180 has it, in UTF-8, with cells that no spreadsheet runs as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import QuerySet

from cases.models import Record, RecordClaim
from sources.numbers import CANONICAL

from .batches import document_batches, parse_rows, row_batches
from .claim_columns import CLAIM_COLUMNS, claim_row
from .columns import CellValue, FlatRow
from .document_columns import document_columns, document_row

# Where a cell could begin with a formula: at its start, and after what a spreadsheet may take for a separator
FORMULA = re.compile(r"(^|[;\t\r\n])((?:[^\S\t\r\n]|[\u200b\ufeff\"'])*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def safe(value: CellValue) -> str:
    """Return the cell, with an apostrophe before whatever could begin a formula. A plain number begins none."""
    text = "" if value is None else str(value)
    return text if CANONICAL.fullmatch(text) else FORMULA.sub(r"\1'\2", text)


def csv_lines(rows: Iterable[Mapping[str, CellValue]], *, header: bool) -> bytes:
    """Return rows as lines of CSV, after the names of the first row when there is to be a header."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        if header:
            writer.writerow(row)
            header = False
        writer.writerow([safe(value) for value in row.values()])
    return buffer.getvalue().encode()


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
