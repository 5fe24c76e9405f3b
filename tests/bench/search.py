"""`make bench-search`: our search beside the bare engine and PostgreSQL full text, interleaved, on the same record.

    tests/postgres.sh .venv/bin/python -m tests.bench.search 10000 100000 [1000000] [--table FILE]

For each size it fills a PostgreSQL database with synthetic documents, builds the index by the code of `manage.py
index`, and asks each query in turn of (a) `search()`, (b) the bare engine on the same index plus one bare SQL query for
the documents of the hits, its queries made beforehand, and (c) PostgreSQL full text in one statement. Wall time and
the CPU of this process are measured; differences and ratios are what counts, because the machine is noisy. An
interrupted run (Ctrl-C) keeps what it has measured. docs/performance.md tells what each column is.
"""

import argparse
import gc
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from cases.documents.types import parse_document  # noqa: E402
from cases.publication.projection import record_row  # noqa: E402
from cases.search.find import SearchRequest, search  # noqa: E402
from cases.search.index import index_files, sync  # noqa: E402
from tests.bench.corpus import Corpus  # noqa: E402
from tests.bench.search_baselines import FILTER, BareEngine, FullText  # noqa: E402
from tests.bench.search_fill import StoredTexts, fill, revision_of, say  # noqa: E402
from tests.bench.search_processes import cold_start, readers_at_once  # noqa: E402
from tests.bench.search_queries import CLASSES, QueryClass  # noqa: E402

ROUNDS = {10_000: 60, 100_000: 30, 1_000_000: 12}
# After so many seconds a query is asked no more, if it had so many rounds; PostgreSQL is asked in one of four rounds
MAX_SECONDS, MIN_ROUNDS, FULL_TEXT_EVERY = 30, 8, 4
# What ours may add to the bare engine: milliseconds of CPU, and from so many documents on a ratio instead
MAX_EXTRA_MS, MAX_RATIO, RATIO_DOCUMENTS = 5.0, 1.3, 1_000_000
CONTESTANTS = ("ours", "bare", "full_text")
COLUMNS = (
    "documents",
    "query",
    "found",
    "ours: median / p95 ms",
    "ours: CPU ms",
    "bare: median / p95 ms",
    "bare: CPU ms",
    "ours − bare: CPU ms",
    "ours ÷ bare: CPU",
    "within budget",
    "PostgreSQL: median / p95 ms",
    "found there",
    "PostgreSQL ÷ ours",
)


@dataclass
class Times:
    """What one query took of one contestant, in milliseconds."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def add(self, work: Callable[[], int]) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        self.cpu.append((time.process_time() - cpu) * 1000)
        self.wall.append((time.perf_counter() - wall) * 1000)


@dataclass
class Measured:
    """What one query found, and what it took each contestant."""

    found: int
    found_by_postgresql: int
    ours: Times = field(default_factory=Times)
    bare: Times = field(default_factory=Times)
    full_text: Times = field(default_factory=Times)


def ours(text: str, narrowed: bool) -> int:
    return search(SearchRequest(text, FILTER if narrowed else {})).total


def check(kind: QueryClass, text: str, size: int) -> None:
    """Raise AssertionError when a query is none of its class: before anything is measured."""
    results = search(SearchRequest(text, FILTER if kind.narrowed else {}))
    assert results.matched == kind.matched, f"{text}: not {kind.matched}"
    least, most = (share * size for share in kind.found)
    assert least <= results.total <= most, f"{text}: {results.total} found of {size}, which is not {kind.name}"


def measure(kind: QueryClass, text: str, bare: BareEngine, full_text: FullText, rounds: int) -> Measured:
    """Ask one query of all in turn, each round in another order."""
    how = {"narrowed": kind.narrowed, "relaxed": kind.relaxed}
    by_ours = partial(ours, text, kind.narrowed)
    by_bare, by_full_text = bare.prepare(text, **how), full_text.prepare(text, **how)
    measured = Measured(by_ours(), by_full_text())  # which warms them
    assert by_bare() == measured.found or not kind.has_budget, f"{text}: the bare engine finds another number"
    contestants: list[tuple[Times, Callable[[], int]]] = [(measured.ours, by_ours), (measured.bare, by_bare)]
    end = time.perf_counter() + MAX_SECONDS
    for number in range(rounds):
        if number >= MIN_ROUNDS and time.perf_counter() > end:
            break
        for times, work in contestants if number % 2 else contestants[::-1]:
            times.add(work)
        if number % FULL_TEXT_EVERY == 0:
            measured.full_text.add(by_full_text)
    return measured


def table_row(kind: QueryClass, size: int, queries: list[Measured]) -> str:
    """Return a row of the table. Several queries count alike; the budget is for the worst of them."""
    middle = {name: _mean_of_medians([getattr(query, name).wall for query in queries]) for name in CONTESTANTS}
    late = {name: _p95([time for query in queries for time in getattr(query, name).wall]) for name in CONTESTANTS}
    cpu = {name: _mean_of_medians([getattr(query, name).cpu for query in queries]) for name in ("ours", "bare")}
    pairs = [(statistics.median(query.ours.cpu), statistics.median(query.bare.cpu)) for query in queries]
    extra, ratio = max(one - other for one, other in pairs), max(one / other for one, other in pairs)
    wall = {name: f"{middle[name]:.1f} / {late[name]:.1f}" for name in CONTESTANTS}
    cells = [f"{size:,}", kind.name, _numbers([query.found for query in queries])]
    cells += [wall["ours"], f"{cpu['ours']:.1f}", wall["bare"], f"{cpu['bare']:.1f}", f"{extra:.1f}", f"{ratio:.2f}"]
    cells += [_verdict(kind, size, extra, ratio), wall["full_text"]]
    cells += [_numbers([query.found_by_postgresql for query in queries]), f"{middle['full_text'] / middle['ours']:.1f}"]
    return f"| {' | '.join(cells)} |"


def _verdict(kind: QueryClass, size: int, extra: float, ratio: float) -> str:
    if not (kind.has_budget if size < RATIO_DOCUMENTS else kind.has_ratio_budget):
        return "–"
    return "yes" if (extra <= MAX_EXTRA_MS if size < RATIO_DOCUMENTS else ratio <= MAX_RATIO) else "no"


def _mean_of_medians(queries: list[list[float]]) -> float:
    return statistics.mean(map(statistics.median, queries))


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, int(len(times) * 0.95) - 1)]


def _numbers(numbers: list[int]) -> str:
    """Return a number, or the least and the greatest of several."""
    least, most = min(numbers), max(numbers)
    return f"{least:,}" if least == most else f"{least:,} – {most:,}"


def publish_one(size: int) -> float:
    """Return the milliseconds from a commit to its being found, as the hook of publication does it."""
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
    """Return the most that this process or one that it started has held, in MB, making the corpus included."""
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(used) / 1024


def build(size: int, folder: Path, stored: StoredTexts) -> str:
    """Fill the database and build the index. Return what that took."""
    call_command("migrate", verbosity=0)
    document_bytes = fill(size, stored)
    say("  … the index")
    start = time.perf_counter()
    sync.rebuild(processes=os.cpu_count() or 1)
    rate = size / (time.perf_counter() - start)
    index_bytes = sum(file.stat().st_size for file in (folder / "search").rglob("*") if file.is_file())
    return (
        f"Build: {rate:,.0f} records/s; index {index_bytes / document_bytes:.2f} of "
        f"{document_bytes / 1e6:,.0f} MB of documents; memory at most {memory():,.0f} MB"
    )


def measure_classes(size: int, stored: StoredTexts) -> Iterator[str]:
    """Yield a row of the table for each class of queries, once all are known to be what they are called."""
    bare, full_text = BareEngine(stored), FullText()
    for kind in CLASSES:
        for text in kind.queries:
            check(kind, text, size)
    for kind in CLASSES:
        queries = [measure(kind, text, bare, full_text, ROUNDS.get(size, 20)) for text in kind.queries]
        yield table_row(kind, size, queries)


def run(size: int) -> Iterator[str]:
    """Yield the rows and notes of one size as they are known."""
    folder = Path(tempfile.mkdtemp(prefix="casedb-bench-"))
    settings.CASEDB_SEARCH_DIR = folder / "search"
    os.environ["CASEDB_DATA_DIR"] = str(folder)  # for the processes that are started
    index_files._open_indexes.clear()
    try:
        stored = StoredTexts(folder / "texts")
        built = build(size, folder, stored)
        gc.collect()
        gc.freeze()  # as casedb/wsgi.py does: what stands in memory for good is not walked again
        yield from measure_classes(size, stored)
        yield f"{size:,}: {readers_at_once(folder / 'texts')}"
        yield f"{size:,}: {cold_start()}"
        yield f"{size:,}: {built}; one publication searchable in {publish_one(size):.0f} ms."
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("sizes", type=int, nargs="+")
    options.add_argument("--table", type=Path, help="a file that the rows and notes are written to")
    asked = options.parse_args()
    head = [f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS)]
    say("\n".join(head))
    lines: list[str] = []
    try:
        for number, size in enumerate(asked.sizes, 1):
            say(f"== {size:,} documents (size {number} of {len(asked.sizes)})")
            for line in run(size):
                lines.append(line)
                say(line)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    finally:
        if asked.table:
            rows = [line for line in lines if line.startswith("|")]
            notes = [f"- {line}" for line in lines if not line.startswith("|")]
            asked.table.write_text("\n".join([*head, *rows, "", *notes]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
