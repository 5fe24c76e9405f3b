"""The whole current record as one SQLite file: tables to query, and the documents themselves."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from cases.documents.kinds import FOLDERS
from cases.documents.types import Document, parse_document
from cases.models import Record
from cases.vocabularies import Standing

from .batches import row_batches
from .claim_columns import CLAIM_COLUMNS, claim_row
from .columns import FlatRow
from .document_columns import document_columns, document_row
from .manifest import commitment_batches, manifest

FIXED_TABLES = {
    "documents": "id TEXT PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, document TEXT NOT NULL",
    "commitments": "seq INTEGER PRIMARY KEY, id TEXT NOT NULL, commitment TEXT NOT NULL, salt TEXT NOT NULL",
    "excerpts": "id TEXT NOT NULL, holder TEXT NOT NULL REFERENCES documents(id), source TEXT NOT NULL, "
    'text_sha256 TEXT NOT NULL, exact TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, '
    "language TEXT NOT NULL, locator TEXT, PRIMARY KEY (id, holder)",
    "citations": "claim TEXT NOT NULL REFERENCES claims(claim_id), excerpt TEXT NOT NULL, relation TEXT NOT NULL",
    "parties": "claim TEXT NOT NULL REFERENCES claims(claim_id), part TEXT NOT NULL, who TEXT, as_stated TEXT",
    "metadata": "name TEXT PRIMARY KEY, value TEXT NOT NULL",
}
# The columns of the CSV files by the name of their table; the first is its primary key
FLAT_TABLES = {
    "claims": list(CLAIM_COLUMNS),
    **{folder: document_columns(kind) for kind, folder in FOLDERS.items()},
}
INTEGER_COLUMNS = {
    *("version", "title_given", "ongoing_when_written"),
    *(f"claims_{standing}" for standing in Standing.values),
}
INDEXES = (("claims", "subject_slug"), ("citations", "claim"), ("parties", "who"))


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
    for table, (key, *names) in FLAT_TABLES.items():
        types = [f'"{name}" {"INTEGER" if name in INTEGER_COLUMNS else "TEXT"}' for name in names]
        columns = ", ".join([f'"{key}" TEXT PRIMARY KEY', *types])
        database.execute(f"CREATE TABLE {table} ({columns})")


def _add_document(database: sqlite3.Connection, document: Document, text: str) -> None:
    names = (document.id, document.kind, document.slug, text)
    database.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", names)
    _insert(database, FOLDERS[document.kind], document_row(document))
    for e in document.excerpts:
        excerpt = (e.id, document.id, e.source, e.text_sha256, e.exact, e.start, e.end, e.language, e.locator)
        database.execute("INSERT INTO excerpts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", excerpt)
    for claim in document.claims:
        _insert(database, "claims", claim_row(claim, document))
        citations = [(claim.id, citation.excerpt, citation.relation) for citation in claim.citations]
        database.executemany("INSERT INTO citations VALUES (?, ?, ?)", citations)
        parties = [(claim.id, each.part, each.who.id if each.who else None, each.as_stated) for each in claim.parties]
        database.executemany("INSERT INTO parties VALUES (?, ?, ?, ?)", parties)


def _insert(database: sqlite3.Connection, table: str, row: FlatRow) -> None:
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO {table} VALUES ({marks})", list(row.values()))  # noqa: S608 - names of our own
