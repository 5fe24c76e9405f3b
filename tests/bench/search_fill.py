"""The synthetic record that `make bench-search` asks: our tables, the table of PostgreSQL's full text, stored texts."""

import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import tantivy
from django.db import connection

from cases.documents.types import parse_document
from cases.models import Revision, RevisionBody
from cases.publication.projection import record_row
from cases.search.index.engine import WRITER_MEMORY_BYTES
from tests.bench.corpus import Corpus, compact

BATCH = 5000
FACETS = ("kind", "standing", "place", "topic", "year")
# One row per document as a user of full text would keep it: what is searched, and all facets in one array of numbers.
# Ranking reads the vector of every fitting row: it is compressed by the faster method and kept inside the row, which
# halves the time of a common word.
TABLES = """
CREATE UNLOGGED TABLE bench_facet (id int PRIMARY KEY, facet text NOT NULL, value text NOT NULL);
CREATE UNLOGGED TABLE bench_text (
  id int PRIMARY KEY, title text NOT NULL, body text NOT NULL, facets int[] NOT NULL,
  words tsvector COMPRESSION lz4 GENERATED ALWAYS AS
    (setweight(to_tsvector('simple', title), 'A') || to_tsvector('simple', body)) STORED
) WITH (toast_tuple_target = 8160)
"""
INDEXES = """
CREATE INDEX ON bench_text USING gin (words) WITH (fastupdate = off);
CREATE INDEX ON bench_text USING gin (facets) WITH (fastupdate = off)
"""


def say(text: str) -> None:
    print(text, flush=True)


def chunks(rows: Iterable[Any], size: int) -> Iterable[list[Any]]:
    rows = iter(rows)
    while part := list(islice(rows, size)):
        yield part


def copy(rows: list[Any]) -> None:
    """Write rows of one model by COPY, as they are."""
    if not rows:
        return
    columns = [field for field in rows[0]._meta.concrete_fields if field.attname != "id" or rows[0].pk]
    names = [field.column for field in columns]
    copy_values(rows[0]._meta.db_table, names, ([getattr(row, field.attname) for field in columns] for row in rows))


def copy_values(table: str, columns: list[str], rows: Iterable[Any]) -> None:
    """Write values into these columns of a table by COPY."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copying:
        for row in rows:
            copying.write_row(row)


def revision_of(seq: int, document: dict[str, Any]) -> tuple[Revision, RevisionBody]:
    """Return a revision that nothing but this benchmark would believe: its commitment is its number."""
    revision = Revision(
        seq=seq,
        object_id=document["id"],
        kind=document["kind"],
        version=1,
        action="publish",
        recorded_at="2026-11-01T00:00:00Z",
        batch=seq,
        commitment=f"{seq:064x}",
    )
    return revision, RevisionBody(revision=revision, salt="00" * 16, document=compact(document))


class StoredTexts:
    """A tantivy index of each document's joined text, stored: what the bare engine makes its snippets from."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=True)
        builder.add_unsigned_field("seq", indexed=True)
        self.schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        self.index = tantivy.Index(self.schema, path=str(folder), reuse=True)
        self.searcher = self.index.searcher()

    def write(self, texts: Iterable[tuple[int, str]]) -> None:
        """Add texts by seq, and commit."""
        writer = self.index.writer(WRITER_MEMORY_BYTES, 1)
        for seq, text in texts:
            row = tantivy.Document()
            row.add_text("text", text)
            row.add_unsigned("seq", seq)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def address(self, seq: int) -> Any:
        """Return where the text of a revision is stored."""
        return self.searcher.search(tantivy.Query.term_query(self.schema, "seq", seq), 1).hits[0][1]


def texts_of(document: dict[str, Any]) -> tuple[str, str]:
    """Return the title and everything else of a document that our search finds it by."""
    said = [text for claim in document["claims"] for text in claim["statement"].values()]
    quotes = [excerpt["exact"] for excerpt in document["excerpts"]]
    named = [place["slug"] for place in document["places"]]
    named += [name for source in document["sources"] for name in (source["title"], *source["authors"])]
    return document["title"]["id"], " ".join([*said, *quotes, *named])


def facets_of(document: dict[str, Any]) -> dict[str, list[str]]:
    """Return the values of each facet of a document."""
    claims = document["claims"]
    return {
        "kind": [document["kind"]],
        "standing": sorted({claim["standing"] for claim in claims}),
        "place": [place["slug"] for place in document["places"]],
        "topic": sorted({*document["topics"], *(code for claim in claims for code in claim["topics"])}),
        "year": [claims[0]["start"]],
    }


def fill(size: int, stored: StoredTexts) -> int:
    """Fill the database with `size` documents, full text and the stored texts. Return the bytes of the documents."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
    numbers: dict[tuple[str, str], int] = {}
    total, start = 0, time.perf_counter()
    for part in chunks(enumerate(Corpus().documents(size), 1), BATCH):
        total += _write(part, stored, numbers)
        done = part[-1][0]
        say(f"  … {done:,} of {size:,} documents, {done / (time.perf_counter() - start):,.0f}/s")
    copy_values("bench_facet", ["id", "facet", "value"], ((number, *value) for value, number in numbers.items()))
    say("  … indexes of PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute(INDEXES)
        cursor.execute("VACUUM ANALYZE")
    return total


def _write(part: list[Any], stored: StoredTexts, numbers: dict[tuple[str, str], int]) -> int:
    """Write one batch of (seq, document) everywhere. Return the documents' bytes."""
    revisions, bodies, records, texts = [], [], [], []
    for seq, document in part:
        revision, body = revision_of(seq, document)
        record = record_row(revision, parse_document(body.document))
        record.pk = seq
        revisions.append(revision)
        bodies.append(body)
        records.append(record)
        values = [(facet, value) for facet, values in facets_of(document).items() for value in values]
        facets = [numbers.setdefault(value, len(numbers) + 1) for value in values]
        texts.append((seq, *texts_of(document), facets))
    for rows in (revisions, bodies, records):
        copy(rows)
    copy_values("bench_text", ["id", "title", "body", "facets"], texts)
    stored.write((seq, f"{title} {body}") for seq, title, body, _facets in texts)
    return sum(len(body.document.encode()) for body in bodies)
