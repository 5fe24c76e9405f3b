"""A synthetic record in bulk: everything that publishing would have written, and the same documents for Datasette."""

import sqlite3
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection

from cases.documents.types import parse_document
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision, RevisionBody
from cases.publication.projection import parts_of, record_row

from .corpus import Corpus
from .search_fill import BATCH, chunks, copy, revision_of, say

MODELS: tuple[Any, ...] = (Revision, RevisionBody, Record, RecordClaim, RecordExcerpt, RecordLink)


def fill(size: int, beside: Path) -> int:
    """Load `size` documents into PostgreSQL, and into a SQLite file. Returns the documents' bytes."""
    total = 0
    other = sqlite3.connect(beside)
    other.execute("CREATE TABLE documents (id TEXT PRIMARY KEY, kind TEXT, slug TEXT, sort_key TEXT, document TEXT)")
    for part in chunks(enumerate(islice(Corpus().documents(size), size), 1), BATCH):
        rows: dict[Any, list[Any]] = {model: [] for model in MODELS}
        for seq, document in part:
            revision, body = revision_of(seq, document)
            typed = parse_document(body.document)
            record = record_row(revision, typed)
            record.pk = seq
            rows[Revision].append(revision)
            rows[RevisionBody].append(body)
            rows[Record].append(record)
            for model, found in parts_of(record, typed).items():
                rows[model] += found
            total += len(body.document.encode())
        for model in MODELS:
            copy(rows[model])
        kept = [
            (r.object_id, r.kind, r.slug, r.sort_key, b.document)
            for r, b in zip(rows[Record], rows[RevisionBody], strict=True)
        ]
        other.executemany("INSERT INTO documents VALUES (?, ?, ?, ?, ?)", kept)
        say(f"  … {part[-1][0]:,} of {size:,} documents")
    other.execute("CREATE INDEX documents_kind ON documents (kind, sort_key)")
    other.commit()
    other.close()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return total
