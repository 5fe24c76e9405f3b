"""`make bench-search`: the search beside bare tantivy and PostgreSQL full text, interleaved, on the same corpus.

    tests/postgres.sh .venv/bin/python -m tests.bench.search 10000 100000 [1000000] [--table docs/performance-search.md]

For each size it fills a PostgreSQL database of its own with synthetic documents, builds the index by the code of
`manage.py index`, and asks each class of query in turn of (a) our search function, (b) bare tantivy on the same index
doing the same: the same engine query, top 20 with their stored fields, exact count, five facets (each ignoring its own
selection, as ours do), marked snippets from a stored copy of the text, (c) a bare one-field tantivy index with its own
query parser, and (d) PostgreSQL full text with rank, count and five facets. Ratios of medians and of 95th percentiles
are what counts: the machine is noisy.
"""

import argparse
import gc
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import django

django.setup()

import tantivy  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from cases.documents.types import parse_document  # noqa: E402
from cases.models import Revision, RevisionBody  # noqa: E402
from cases.publication.projection import record_row  # noqa: E402
from cases.search.find import SearchRequest, search  # noqa: E402
from cases.search.index import engine, index_files, sync  # noqa: E402
from cases.search.query.compiler import compile_query  # noqa: E402
from cases.search.query.parser import parse_query  # noqa: E402
from tests.bench.corpus import Corpus, compact  # noqa: E402

CLASSES = {
    "rare": ["terowongan"],
    "medium": ["kamera", "hibah"],
    "very common": ["kota", "proyek", "pengadaan"],
    "two words": ["kota proyek", "proyek pengadaan"],
    "prefix": ["terow*", "kamer*"],
    "filtered": ["kota", "proyek"],
    "phrase": ['"kota proyek"', '"proyek kota"'],
}
FILTER = {"place": ["kota-7"], "standing": ["alleged"]}
COLUMNS = {"place": "places", "standing": "standings", "kind": "kinds", "topic": "topics", "year": "years"}
FIVE = tuple(COLUMNS)
OURS, PG = "ours", "pg"
ROUNDS = {10_000: 60, 100_000: 30, 1_000_000: 12}
BATCH = 5000


def say(text: str) -> None:
    print(text, flush=True)


def chunks(rows: Iterable[Any], size: int) -> Iterable[list[Any]]:
    rows = iter(rows)
    while part := list(islice(rows, size)):
        yield part


class Bare:
    """Tantivy with one field and its stored text, as a plain project would use it."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=True)
        for name in FIVE:
            builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
        self.schema = builder.build()
        folder.mkdir(parents=True)
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.writer = self.index.writer(engine.WRITER_MEMORY_BYTES, 1)
        self.kept: dict[str, Any] = {}

    def add(self, text: str, facets: dict[str, list[str]]) -> None:
        row = tantivy.Document()
        row.add_text("text", text)
        for name in FIVE:
            for value in facets[name]:
                row.add_text(name, value)
        self.writer.add_document(row)

    def finish(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def query(self, text: str, narrowed: bool) -> Any:
        query = tantivy.Query.regex_query(self.schema, "text", text.replace("*", ".*")) if "*" in text else None
        query = query or self.index.parse_query(text, ["text"], conjunction_by_default=True)
        if narrowed:
            terms = [tantivy.Query.term_query(self.schema, name, values[0]) for name, values in FILTER.items()]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, q) for q in [query, *terms]])
        return query

    def snippets(self, query: Any, hits: Any = None) -> None:
        """Marked snippets of the first 20 texts that fit; of any 20 that do when no hits are given."""
        if hits is None:
            hits = self.kept.setdefault(repr(query), self.searcher.search(query, 20, True).hits)
        snippets = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "text")
        for _score, address in hits:
            snippets.snippet_from_doc(self.searcher.doc(address)).to_html()

    def search(self, text: str, narrowed: bool) -> int:
        """Top 20 with snippets, exact count and five facets."""
        query = self.query(text, narrowed)
        found = self.searcher.search(query, 20, True)
        self.snippets(query, found.hits)
        self.searcher.aggregate(
            query, {name: {"terms": {"field": name, "size": engine.MAX_FACET_VALUES}} for name in FIVE}
        )
        return int(found.count)


def fill(size: int, bare: Bare) -> int:
    """The database with `size` documents, the full-text table, and the bare index. Returns the documents' bytes."""
    total = 0
    with connection.cursor() as cursor:
        arrays = ", ".join(f"{column} text[]" for column in COLUMNS.values())
        cursor.execute(f"CREATE UNLOGGED TABLE bench_text (id int, {arrays}, words tsvector)")
    insert = f"INSERT INTO bench_text (id, {', '.join(COLUMNS.values())}, words)"
    insert += " VALUES (%s, %s, %s, %s, %s, %s, to_tsvector('simple', %s))"
    for part in chunks(enumerate(Corpus().documents(size), 1), BATCH):
        revisions, bodies, records, texts = [], [], [], []
        for seq, document in part:
            revision, body = revision_of(seq, document)
            total += len(body.document.encode())
            revisions.append(revision)
            bodies.append(body)
            records.append(record_row(revision, parse_document(body.document)))
            records[-1].pk = seq
            said = [text for claim in document["claims"] for text in claim["statement"].values()]
            plain = " ".join([document["title"]["id"], *said, *(e["exact"] for e in document["excerpts"])])
            facets = facets_of(document)
            bare.add(plain, facets)
            texts.append((seq, *(facets[name] for name in FIVE), plain))
        for rows in (revisions, bodies, records):
            copy(rows)
        with connection.cursor() as cursor:
            cursor.executemany(insert, texts)
        if part[-1][0] % 50_000 == 0:
            say(f"  … {part[-1][0]} of {size} documents")
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX ON bench_text USING gin (words)")
        cursor.execute("ANALYZE")
    bare.finish()
    return total


def copy(rows: list[Any]) -> None:
    """Write rows of one model by COPY, as they are."""
    if not rows:
        return
    columns = [field for field in rows[0]._meta.concrete_fields if field.attname != "id" or rows[0].pk]
    names = ", ".join(f'"{field.column}"' for field in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{rows[0]._meta.db_table}" ({names}) FROM STDIN') as copying,
    ):
        for row in rows:
            copying.write_row([getattr(row, field.attname) for field in columns])


def revision_of(seq: int, document: dict[str, Any]) -> tuple[Revision, RevisionBody]:
    """A revision that nothing but this benchmark would believe: its commitment is its number."""
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


def facets_of(document: dict[str, Any]) -> dict[str, list[str]]:
    claims = document["claims"]
    return {
        "place": [place["slug"] for place in document["places"]],
        "standing": sorted({claim["standing"] for claim in claims}),
        "kind": [document["kind"]],
        "topic": sorted({*document["topics"], *(code for claim in claims for code in claim["topics"])}),
        "year": [claims[0]["start"]],
    }


def ours(text: str, narrowed: bool) -> int:
    return search(SearchRequest(text, FILTER if narrowed else {})).total


def same_engine(text: str, narrowed: bool, bare: Bare) -> int:
    """The engine's own work for the same query, called directly, and marked snippets of 20 stored texts."""
    reader = sync.searchable_index().reader
    assert reader
    query = compile_query(parse_query(text), reader).query
    if narrowed:
        query = engine.all_of([query, *(engine.term(name, values[0]) for name, values in FILTER.items())])
    total, _rows = reader.top(query, 20)
    chosen = [name for name in FIVE if narrowed and name in FILTER]
    reader.counts(query, [name for name in FIVE if name not in chosen])
    for name in chosen:  # each facet ignores its own selection
        others = [engine.term(other, FILTER[other][0]) for other in chosen if other != name]
        reader.counts(engine.all_of([compile_query(parse_query(text), reader).query, *others]), [name])
    bare.snippets(bare.query(text, narrowed))
    return total


def full_text(text: str, narrowed: bool) -> int:
    """PostgreSQL: top 20 by rank with headlines, exact count and five facets."""
    function = "phraseto_tsquery" if text.startswith('"') else "to_tsquery"
    asked = text.strip('"') if text.startswith('"') else " & ".join(word.replace("*", ":*") for word in text.split())
    where = f"words @@ {function}('simple', %s)"
    given: list[Any] = [asked]
    if narrowed:
        for name, values in FILTER.items():
            where += f" AND {COLUMNS[name]} && %s"
            given.append(values)
    rank = f"ts_rank(words, {function}('simple', %s))"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM bench_text WHERE {where} ORDER BY {rank} DESC LIMIT 20", [*given, asked])
        cursor.fetchall()
        cursor.execute(f"SELECT count(*) FROM bench_text WHERE {where}", given)
        (total,) = cursor.fetchone()
        for column in COLUMNS.values():
            counted = f"SELECT v, count(*) FROM bench_text, unnest({column}) v WHERE {where} GROUP BY v"
            cursor.execute(counted, given)
            cursor.fetchall()
    return int(total)


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def measure(size: int, bare: Bare) -> list[str]:
    """A table of medians and 95th percentiles, in milliseconds, with the ratios that have a budget."""
    rows = []
    for name, queries in CLASSES.items():
        narrowed = name == "filtered"
        contestants: dict[str, Callable[[str], Any]] = {
            OURS: partial(ours, narrowed=narrowed),
            "engine": partial(same_engine, narrowed=narrowed, bare=bare),
            "bare": partial(bare.search, narrowed=narrowed),
            PG: partial(full_text, narrowed=narrowed),
        }
        times: dict[str, list[float]] = {key: [] for key in contestants}
        for text in queries:
            for work in contestants.values():
                work(text)  # warm
        for number in range(ROUNDS.get(size, 20)):
            for text in queries:
                for key, work in contestants.items():
                    if key != "pg" or number % 4 == 0:
                        times[key].append(timed(lambda work=work, text=text: work(text)))
        found = ours(queries[0], narrowed)
        p95 = {key: sorted(values)[int(len(values) * 0.95) - 1] for key, values in times.items()}
        middle = {key: statistics.median(values) for key, values in times.items()}
        limit = (2.0 if name == "phrase" else 1.5) * p95["engine"] + 3
        cells = [f"{size:,}", name, f"{found:,}", *(f"{middle[key]:.1f} / {p95[key]:.1f}" for key in contestants)]
        cells += [f"{p95['ours'] / p95['engine']:.2f}", "yes" if p95["ours"] <= limit else "no"]
        rows.append(f"| {' | '.join([*cells, f'{middle[PG] / middle[OURS]:.0f}'])} |")
        say(rows[-1])
    return rows


def publish_one(size: int) -> float:
    """Milliseconds from a commit to its being found, as the hook of publication does it."""
    document = next(iter(Corpus(seed=99).documents(1))) | {"id": "00000000-0000-4000-8000-000000000001", "slug": "baru"}
    document["title"] = {"id": "Satusatunya kata", "en": "Satusatunya kata"}
    revision, body = revision_of(size + 1, document)
    revision.save(force_insert=True)
    body.save(force_insert=True)
    record = record_row(revision, parse_document(body.document))
    record.pk = size + 1
    record.save(force_insert=True)
    start = time.perf_counter()
    sync.after_publishing()
    assert search(SearchRequest("satusatunya")).total == 1
    return (time.perf_counter() - start) * 1000


def memory() -> float:
    """The most that this process or one that it started has held, in MB, making the corpus included."""
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(used) / 1024


def run(size: int) -> list[str]:
    folder = Path(tempfile.mkdtemp(prefix="casedb-bench-"))
    settings.CASEDB_SEARCH_DIR = folder / "search"
    index_files._open_indexes.clear()
    try:
        say(f"== {size:,} documents")
        call_command("migrate", verbosity=0)
        bare = Bare(folder / "bare")
        held = fill(size, bare)
        start = time.perf_counter()
        sync.rebuild(processes=os.cpu_count() or 1)
        seconds = time.perf_counter() - start
        stored = sum(file.stat().st_size for file in (folder / "search").rglob("*") if file.is_file())
        gc.collect()
        gc.freeze()  # as casedb/wsgi.py does: what stands in memory for good is not walked again
        rows = measure(size, bare)
        line = (
            f"Build of {size:,}: {size / seconds:,.0f} records/s; index {stored / held:.2f} of {held / 1e6:,.0f} MB of "
            f"documents; memory at most {memory():,.0f} MB; one publication searchable in {publish_one(size):.0f} ms."
        )
        say(line)
        return [*rows, "", line, ""]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("sizes", type=int, nargs="+")
    options.add_argument("--table", type=Path)
    asked = options.parse_args()
    columns = ["documents", "query", "found", "ours: median / p95 ms", "same query, bare engine", "one-field tantivy"]
    columns += ["PostgreSQL full text", "p95 ÷ bare", "within budget", "PostgreSQL ÷ ours"]
    head = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    say("\n".join(head))
    rows = [row for size in asked.sizes for row in run(size)]
    if asked.table:
        asked.table.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
