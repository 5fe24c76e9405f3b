"""`make bench-api`: the API on PostgreSQL beside Datasette, and the CPU of one document on SQLite.

    tests/postgres.sh .venv/bin/python -m tests.bench.api [--size 100000] [--rounds 3] [--seconds 5] [--table FILE]

All servers stand ready at once, and each is asked in turn with wrk over 16 connections. Ours runs in two granian
workers; Datasette, which has one process, runs twice for the list, each with half of the connections, and once for a
document, as its users run it. Datasette counts nothing (`_nocount`). Ratios are what counts: the machine is noisy. On
SQLite the fixtures are served as `make run` serves them, and the CPU that the workers used is divided by the requests.
Needs wrk and PostgreSQL; installs Datasette into var/bench/. The gap between two rounds tells how far to trust a
figure.
"""

import argparse
import http.client
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from cases.models import Record, Revision  # noqa: E402

from .fill import fill  # noqa: E402
from .search_fill import say  # noqa: E402

BASE = Path(__file__).resolve().parents[2]
DATASETTE = "datasette==0.65.5"
# Connections at once, and the different documents that are asked for
CONNECTIONS, VARIED = 16, 1000
GRANIAN = ["-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "2", "--blocking-threads", "4"]
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
COPY = """COPY (SELECT b.document FROM cases_record r JOIN cases_revisionbody b ON b.revision_id = r.since_seq
WHERE r.until_seq IS NULL ORDER BY r.since_seq) TO STDOUT (FORMAT binary)"""
EXPORT = "/api/v1/export/documents.ndjson"


@dataclass
class Contestant:
    """A server and what it is asked for, and how it did in each round."""

    ports: list[int]
    paths: list[str]
    headers: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)

    def ask(self, seconds: float, folder: Path) -> None:
        """Requests per second over all its ports, and the 99th percentile in ms. Raises when an answer is an error."""
        listed = folder / "paths"
        listed.write_text("".join(f"{path}\n" for path in self.paths))
        given = [word for name, value in self.headers.items() for word in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t1", f"-c{CONNECTIONS // len(self.ports)}", f"-d{seconds}s", "--latency", *given]
        command += ["-s", str(Path(__file__).with_name("paths.lua"))]
        running = [
            subprocess.Popen(
                [*command, f"http://127.0.0.1:{port}", "--", str(listed)], stdout=subprocess.PIPE, text=True
            )
            for port in self.ports
        ]
        said = [process.communicate()[0] for process in running]
        for text in said:
            if "Non-2xx" in text or "Socket errors" in text:
                raise SystemExit(f"{self.paths[0]} was answered with errors:\n{text}")
        self.rates.append(sum(float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]) for text in said))
        slowest = [re.search(r"99%\s+([\d.]+)(us|ms|s)", text) for text in said]
        self.p99.append(max(float(found[1]) * UNITS[found[2]] for found in slowest))

    @property
    def rate(self) -> float:
        rate = statistics.median(self.rates)
        if not rate:
            raise SystemExit(f"{self.paths[0]} was not answered in time: give more --seconds.")
        return rate


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def server(command: list[str], ready: str, folder: Path, **variables: str) -> Iterator[tuple[int, int]]:
    """A server on a port of its own, until the block ends: its port and the id of its process."""
    port = free_port()
    unthrottled = {"CASEDB_API_PER_MINUTE": "99999"}  # in each of two processes: more than wrk can ask
    env = os.environ | unthrottled | {"CASEDB_DATA_DIR": str(folder), "PYTHONWARNINGS": "ignore"} | variables
    log = (folder / f"server-{port}.log").open("w")
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=BASE, env=env, stdout=log, stderr=log, start_new_session=True
    )
    try:
        for _try in range(300):
            try:
                get(port, ready).read()
                break
            except OSError as error:
                if process.poll() is not None or isinstance(error, urllib.error.HTTPError):
                    raise SystemExit(f"{command} does not answer {ready}:\n{Path(log.name).read_text()}") from error
                time.sleep(0.1)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        log.close()


def get(port: int, path: str) -> Any:
    return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=600)


def datasette() -> str:
    """The program, installed once into an environment of its own."""
    folder = BASE / "var" / "bench" / "datasette"
    if not (folder / "bin" / "datasette").exists():
        say(f"Installing {DATASETTE} into {folder.relative_to(BASE)} ...")
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", DATASETTE], check=True)
    return str(folder / "bin" / "datasette")


def pages_after(port: int, path: str, most: int) -> list[str]:
    """The addresses of the pages of a list, without host, up to so many."""
    found = [path]
    while len(found) < most and (following := json.load(get(port, found[-1]))["next"]):
        found.append(following.partition(f":{port}")[2])
    return found


def thousandth(port: int) -> str:
    """The address of the thousandth 50 claims, or of the last 50 where there are fewer."""
    path = pages_after(port, "/api/v1/claims/?limit=200", 250)[-1]
    *_pages, following = pages_after(port, path.replace("limit=200", "limit=150"), 2)
    return following.replace("limit=150", "limit=50").replace("limit=200", "limit=50")


class Memory(threading.Thread):
    """Watches how much the workers of a server hold, in MB, until it is stopped."""

    def __init__(self, parent: int) -> None:
        super().__init__(daemon=True)
        self.parent, self.most, self.over = parent, 0.0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.2):
            rows = subprocess.run(["ps", "-A", "-o", "ppid=,rss="], capture_output=True, text=True).stdout.split("\n")
            held = [int(row.split()[1]) / 1024 for row in rows if row and int(row.split()[0]) == self.parent]
            self.most = max([self.most, *held])


def exported(port: int) -> float:
    """MB per second of the NDJSON export."""
    start, size = time.perf_counter(), 0
    with get(port, EXPORT) as answer:
        while block := answer.read(1 << 20):
            size += len(block)
    return size / 1e6 / (time.perf_counter() - start)


def copied() -> float:
    """MB per second of the same documents by COPY in PostgreSQL's binary form."""
    start, size = time.perf_counter(), 0
    with psycopg.connect(os.environ["CASEDB_DATABASE_URL"]) as link, link.cursor().copy(COPY) as copy:
        for block in copy:
            size += len(block)
    return size / 1e6 / (time.perf_counter() - start)


def measure_export(port: int, pid: int, rounds: int) -> list[str]:
    ours, theirs, watch = [], [], Memory(pid)
    watch.start()
    for _round in range(rounds):
        ours.append(exported(port))
        theirs.append(copied())
    watch.over.set()
    ratio = statistics.median(ours) / statistics.median(theirs)
    return [
        f"NDJSON export: {statistics.median(ours):,.0f} MB/s, COPY binary {statistics.median(theirs):,.0f} MB/s: "
        f"{ratio:.0%} (budget 50 %: {'met' if ratio >= 0.5 else 'missed'}). A worker held at most {watch.most:,.0f} MB "
        f"(budget 100 MB: {'met' if watch.most < 100 else 'missed'})."
    ]


def contestants(ours: int, others: list[int]) -> dict[str, Contestant]:
    """What is asked of whom."""
    rows = list(Record.objects.filter(kind="case").order_by("pk").values_list("slug", "object_id", "pk")[:VARIED])
    known = Revision.objects.get(seq=rows[0][2]).commitment
    listed = "/record/documents.json?kind=case&_sort=sort_key&_size=50&_shape=objects&_nocount=1"
    found = {
        "list": Contestant([ours], pages_after(ours, "/api/v1/cases/?include=document&limit=50", 100)),
        "list datasette": Contestant(others, [listed]),
        "detail": Contestant([ours], [f"/api/v1/cases/{slug}/" for slug, _id, _seq in rows]),
        "detail datasette once": Contestant(others[:1], [f"/record/documents/{key}.json" for _slug, key, _seq in rows]),
        "304": Contestant([ours], [f"/api/v1/cases/{rows[0][0]}/"], {"If-None-Match": f'"{known}"'}),
        "page 1": Contestant([ours], ["/api/v1/claims/?limit=50"]),
        "page 1000": Contestant([ours], [thousandth(ours)]),
    }
    assert len(json.load(get(ours, found["list"].paths[0]))["results"]) == 50
    assert len(json.load(get(others[0], listed))["rows"]) == 50
    return found


# What, beside what, and how many times its rate it must reach; 0: told only
BUDGETS = [
    ("list", "list datasette", 50), ("detail", "detail datasette once", 3), ("304", "detail", 0),
    ("page 1000", "page 1", 0),
]  # fmt: skip
CPU_BUDGET_MS = 0.4


def report(found: dict[str, Contestant]) -> list[str]:
    lines = ["| what | requests/s | from – to | p99 ms |", "|---|---|---|---|"]
    for name, one in found.items():
        spread = f"{min(one.rates):,.0f} – {max(one.rates):,.0f}"
        lines.append(f"| {name} | {one.rate:,.0f} | {spread} | {statistics.median(one.p99):,.0f} |")
    lines += ["", "| ratio | of rates | budget | met | of p99 |", "|---|---|---|---|---|"]
    for one, other, least in BUDGETS:
        ratio = found[one].rate / found[other].rate
        slow = statistics.median(found[one].p99) / statistics.median(found[other].p99)
        budget, met = (f"≥ {least}", "yes" if ratio >= least else "no") if least else ("", "")
        lines.append(f"| {one} ÷ {other} | {ratio:.2f} | {budget} | {met} | {slow:.2f} |")
    return [*lines, ""]


def cpu_seconds(parent: int) -> float:
    """CPU that the children of a process have used."""
    ticks = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[1]) == parent:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure_cpu(seconds: int, folder: Path) -> str:
    """The CPU of one document on SQLite, of the fixtures, over one connection."""
    folder.mkdir()
    env = {"CASEDB_DATA_DIR": str(folder), "CASEDB_DATABASE_URL": f"sqlite:///{folder}/casedb.sqlite3"}
    prepare = [sys.executable, "manage.py", "prepare"]
    subprocess.run(prepare, cwd=BASE, env=os.environ | env, check=True, stdout=subprocess.DEVNULL)
    command = [sys.executable, *GRANIAN, "casedb.wsgi:application"]
    with server(command, "/api/v1/", folder, CASEDB_DATABASE_URL=env["CASEDB_DATABASE_URL"]) as (port, pid):
        cards = json.load(get(port, "/api/v1/cases/"))["results"]
        paths = [f"/api/v1/cases/{card['slug']}/" for card in cards]
        link, count = http.client.HTTPConnection("127.0.0.1", port), 0
        before, end = 0.0, 0.0
        for number in range(10**9):
            if number == 2 * len(paths):  # both workers are warm
                before, end, count = cpu_seconds(pid), time.perf_counter() + seconds, 0
            link.request("GET", paths[number % len(paths)])
            answer = link.getresponse()
            answer.read()
            count += 1
            if end and time.perf_counter() > end:
                break
        used = (cpu_seconds(pid) - before) / count * 1000
    met = "met" if used <= CPU_BUDGET_MS else "missed"
    return f"A document on SQLite: {used:.2f} ms of CPU (budget {CPU_BUDGET_MS} ms: {met})."


def run(size: int, rounds: int, seconds: int, folder: Path) -> list[str]:
    call_command("migrate", verbosity=0)
    total = fill(size, folder / "record.db")
    say(f"{size:,} documents, {total / size / 1000:.1f} kB each")
    application = [sys.executable, *GRANIAN, "casedb.wsgi:application"]
    theirs = [datasette(), str(folder / "record.db"), "--setting", "num_sql_threads", "4"]
    with ExitStack() as stack:
        ours, _pid = stack.enter_context(server(application, "/api/v1/", folder))
        others = [stack.enter_context(server(theirs, "/record.json", folder))[0] for _number in range(2)]
        found = contestants(ours, others)
        for one in found.values():
            one.ask(1, folder)  # warm
            one.rates.clear()
            one.p99.clear()
        for number in range(rounds):
            for one in found.values():
                one.ask(seconds, folder)
            say(f"  … round {number + 1} of {rounds}")
    lines = report(found)
    say("\n".join(lines))
    with server(application, "/api/v1/", folder) as (port, pid):  # with nothing in memory yet
        lines += measure_export(port, pid, 3 * rounds)  # one alone tells little
    lines.append(measure_cpu(seconds, folder / "sqlite"))
    say("\n".join(lines[-2:]))
    return lines


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--size", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=int, default=5, help="for each server and question, in each round")
    options.add_argument("--table", type=Path)
    asked = options.parse_args()
    if connection.vendor != "postgresql" or not shutil.which("wrk"):
        raise SystemExit("bench-api needs PostgreSQL (tests/postgres.sh starts one) and wrk (a package of Debian).")
    with tempfile.TemporaryDirectory(prefix="casedb-bench-") as folder:
        lines = run(asked.size, asked.rounds, asked.seconds, Path(folder))
    if asked.table:
        asked.table.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
