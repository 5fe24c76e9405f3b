"""The whole current record as one SQLite file: tables to query, and the documents themselves."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from cases.documents.canonical import Document
from cases.documents.types import parse_document
from cases.models import Record

from .batches import batches
from .csv_tables import CLAIM_COLUMNS, columns_of
from .flat import Flat, claim_row, document_row
from .manifest import commitments, manifest

TABLES = {
    "documents": "id TEXT PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, document TEXT NOT NULL",
    "commitments": "seq INTEGER PRIMARY KEY, id TEXT NOT NULL, commitment TEXT NOT NULL, salt TEXT NOT NULL",
    "excerpts": "id TEXT NOT NULL, holder TEXT NOT NULL REFERENCES documents(id), source TEXT NOT NULL, "
    'text_sha256 TEXT NOT NULL, exact TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, '
    "language TEXT NOT NULL, locator TEXT, PRIMARY KEY (id, holder)",
    "citations": "claim TEXT NOT NULL REFERENCES claims(claim_id), excerpt TEXT NOT NULL, relation TEXT NOT NULL",
    "parties": "claim TEXT NOT NULL REFERENCES claims(claim_id), part TEXT NOT NULL, who TEXT, as_stated TEXT",
    "metadata": "name TEXT PRIMARY KEY, value TEXT NOT NULL",
}
WHOLE = {"version", "title_given", "ongoing_when_written"}
KINDS = ("case", "collaboration", "actor", "system", "place", "source")


def build(path: Path, seq: int) -> None:
    """Write the file. Its tables are indexed; nothing but one batch of documents is held in memory."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        _create(database)
        for rows in batches(Record.objects.as_of(seq)):
            for row in rows:
                if row.text is not None:
                    _add(database, parse_document(row.text), row.text)
        for found in commitments(seq):
            values = [(number, str(object_id), commitment, salt) for number, object_id, commitment, salt in found]
            database.executemany("INSERT INTO commitments VALUES (?, ?, ?, ?)", values)
        facts: dict[str, Any] = {name: value for name, value in manifest(seq).items() if name != "files"}
        told = [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in facts.items()]
        database.executemany("INSERT INTO metadata VALUES (?, ?)", told)
        for table, column in (("claims", "subject_slug"), ("citations", "claim"), ("parties", "who")):
            database.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
        database.commit()


def _create(database: sqlite3.Connection) -> None:
    for table, columns in TABLES.items():
        database.execute(f"CREATE TABLE {table} ({columns})")
    for table, key, names in _flat_tables():
        columns = ", ".join(f'"{name}" {_affinity(name, key)}' for name in names)
        database.execute(f"CREATE TABLE {table} ({columns})")


def _flat_tables() -> list[tuple[str, str, list[str]]]:
    """The tables with the columns of the CSV files: name, key, columns."""
    return [("claims", "claim_id", CLAIM_COLUMNS), *((plural(kind), "id", columns_of(kind)) for kind in KINDS)]


def plural(kind: str) -> str:
    return f"{kind}s"


def _affinity(name: str, key: str) -> str:
    if name == key:
        return "TEXT PRIMARY KEY"
    return "INTEGER" if name in WHOLE or name.startswith("claims_") else "TEXT"


def _add(database: sqlite3.Connection, document: Document, text: str) -> None:
    own = (document["id"], document["kind"], document["slug"], text)
    database.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", own)
    _insert(database, plural(document["kind"]), document_row(document))
    for excerpt in document.get("excerpts", []):
        names = ("source", "text_sha256", "exact", "start", "end", "language", "locator")
        values = (excerpt["id"], document["id"], *(excerpt[name] for name in names))
        database.execute("INSERT INTO excerpts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    for claim in document.get("claims", []):
        _insert(database, "claims", claim_row(claim, document))
        cited = [(claim["id"], citation["excerpt"], citation["relation"]) for citation in claim["citations"]]
        database.executemany("INSERT INTO citations VALUES (?, ?, ?)", cited)
        parties = [
            (claim["id"], party["part"], party["who"]["id"] if party["who"] else None, party["as_stated"])
            for party in claim["parties"]
        ]
        database.executemany("INSERT INTO parties VALUES (?, ?, ?, ?)", parties)


def _insert(database: sqlite3.Connection, table: str, row: Flat) -> None:
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO {table} VALUES ({marks})", list(row.values()))  # noqa: S608 - names of our own
