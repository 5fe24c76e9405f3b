"""CSV as RFC 4180 has it, in UTF-8, with cells that no spreadsheet runs as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from sources.numbers import CANONICAL

# Where a cell could begin with a formula: at its start, and after what a spreadsheet may take for a separator
FORMULA = re.compile(r"(^|[;\t\r\n])((?:[^\S\t\r\n]|[\u200b\ufeff\"'])*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def safe(value: str | int | None) -> str:
    """Return the cell, with an apostrophe before whatever could begin a formula. A plain number begins none."""
    text = "" if value is None else str(value)
    return text if CANONICAL.fullmatch(text) else FORMULA.sub(r"\1'\2", text)


def csv_lines(rows: Iterable[Mapping[str, str | int | None]], *, header: bool) -> bytes:
    """Return rows as lines of CSV, after the names of the first row when there is to be a header."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        if header:
            writer.writerow(row)
            header = False
        writer.writerow([safe(value) for value in row.values()])
    return buffer.getvalue().encode()
