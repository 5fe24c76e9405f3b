"""The whole current record as one SQLite file: tables to query, and the documents themselves."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from cases.claim_kinds import DETAILED, FieldSort
from cases.documents.kinds import FOLDERS
from cases.documents.types import Document, parse_document
from cases.models import Record
from cases.vocabularies import Standing

from .batches import row_batches
from .claim_columns import CLAIM_COLUMNS, claim_row
from .columns import FlatRow, make_row
from .document_columns import document_columns, document_row
from .manifest import commitment_batches, manifest
from .part_columns import EXCERPT_COLUMNS, PARTY_COLUMNS, SIDE_COLUMNS, ExcerptRow, PartyRow, SideRow

FIXED_TABLES = {
    "documents": "id TEXT PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, document TEXT NOT NULL",
    "commitments": "seq INTEGER PRIMARY KEY, id TEXT NOT NULL, commitment TEXT NOT NULL, salt TEXT NOT NULL",
    "citations": "claim TEXT NOT NULL REFERENCES claims(claim_id), excerpt TEXT NOT NULL, relation TEXT NOT NULL",
    "metadata": "name TEXT PRIMARY KEY, value TEXT NOT NULL",
}
# The columns of flat rows by the name of their table: those of the CSV files, and of parts of documents
FLAT_TABLES = {
    "claims": list(CLAIM_COLUMNS),
    **{folder: document_columns(kind) for kind, folder in FOLDERS.items()},
    "parties": list(PARTY_COLUMNS),
    "conflicts": list(SIDE_COLUMNS),
    "excerpts": list(EXCERPT_COLUMNS),
}
# Of a table without them, the first column is the primary key
CONSTRAINTS = {
    "parties": "FOREIGN KEY (claim) REFERENCES claims(claim_id)",
    "conflicts": "PRIMARY KEY (conflict, position), FOREIGN KEY (claim) REFERENCES claims(claim_id)",
    "excerpts": "PRIMARY KEY (id, holder), FOREIGN KEY (holder) REFERENCES documents(id)",
}
INTEGER_COLUMNS = {"version", "ongoing_when_written", "position", *(f"claims_{word}" for word in Standing.values)}
OFFSETS = ("start", "end")  # which elsewhere are dates
# Numbers to sum and compare; each also stands exactly as it is published, in the column of its name and `_exact`
NUMBER_COLUMNS = {
    f"{kind.name}_{field.name}"
    for kind in DETAILED.values()
    for field in kind.fields
    if field.sort == FieldSort.DECIMAL
}
INDEXES = (("claims", "subject_slug"), ("citations", "claim"), ("parties", "who"), ("conflicts", "claim"))


def write_sqlite(path: Path, seq: int) -> None:
    """Write the file. Its tables are indexed; nothing but one batch of documents is in memory at a time."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        _create_tables(database)
        for rows in row_batches(Record.objects.as_of(seq)):
            for row in rows:
                if row.text is not None:
                    _add_document(database, parse_document(row.text), row.text)
        for commitments in commitment_batches(seq):
            values = [(row.seq, str(row.object_id), row.commitment, row.salt) for row in commitments]
            database.executemany("INSERT INTO commitments VALUES (?, ?, ?, ?)", values)
        for name, value in manifest(seq).items():
            if name != "files":
                text = value if isinstance(value, str) else json.dumps(value)
                database.execute("INSERT INTO metadata VALUES (?, ?)", (name, text))
        for table, column in INDEXES:
            database.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
        database.commit()


def _create_tables(database: sqlite3.Connection) -> None:
    for table, columns in FIXED_TABLES.items():
        database.execute(f"CREATE TABLE {table} ({columns})")
    for table, names in FLAT_TABLES.items():
        columns = ", ".join(column for name in names for column in _columns(table, name))
        constraints = CONSTRAINTS.get(table, f'PRIMARY KEY ("{names[0]}")')
        database.execute(f"CREATE TABLE {table} ({columns}, {constraints})")


def _columns(table: str, name: str) -> list[str]:
    """Return a column with its type; of a number also the one that holds it as it is published."""
    if name in NUMBER_COLUMNS:
        return [f'"{name}" REAL', f'"{name}_exact" TEXT']
    is_integer = name in INTEGER_COLUMNS or (table == "excerpts" and name in OFFSETS)
    return [f'"{name}" {"INTEGER" if is_integer else "TEXT"}']


def _add_document(database: sqlite3.Connection, document: Document, text: str) -> None:
    names = (document.id, document.kind, document.slug, text)
    database.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", names)
    _insert(database, FOLDERS[document.kind], [document_row(document)])
    _insert(database, "excerpts", [make_row(EXCERPT_COLUMNS, ExcerptRow(each, document)) for each in document.excerpts])
    _insert(database, "claims", [claim_row(claim, document) for claim in document.claims])
    citations = [(claim.id, each.excerpt, each.relation) for claim in document.claims for each in claim.citations]
    database.executemany("INSERT INTO citations VALUES (?, ?, ?)", citations)
    parties = (PartyRow(party, claim, document) for claim in document.claims for party in claim.parties)
    _insert(database, "parties", (make_row(PARTY_COLUMNS, party) for party in parties))
    sides = (
        SideRow(side, position, conflict, document)
        for conflict in document.conflicts
        for position, side in enumerate(conflict.sides)
    )
    _insert(database, "conflicts", (make_row(SIDE_COLUMNS, side) for side in sides))


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[FlatRow]) -> None:
    for row in rows:
        values = [value for name, value in row.items() for value in [value] * (2 if name in NUMBER_COLUMNS else 1)]
        marks = ", ".join("?" * len(values))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - names of our own
