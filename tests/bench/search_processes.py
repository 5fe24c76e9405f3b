"""Parts of `make bench-search` that need processes of their own: eight readers at once, and a cold start."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import django

django.setup()

from cases.search.find import SearchRequest, search  # noqa: E402
from tests.bench.search_baselines import BareEngine  # noqa: E402
from tests.bench.search_fill import StoredTexts  # noqa: E402

READERS, SECONDS, STARTS = 8, 6, 5
MIXED = ("kota proyek", "kamera", "pengadaan", '"kota proyek"', "kota proyek pengadaan diwi")
COLD = """
import time
start = time.perf_counter()
import django
django.setup()
ready = time.perf_counter()
from cases.search.find import SearchRequest, search
loaded = time.perf_counter()
search(SearchRequest("kota proyek"))
first = time.perf_counter()
search(SearchRequest("kota proyek"))
print([ready - start, loaded - ready, first - loaded, time.perf_counter() - first, first - start])
"""


def read(name: str, texts: Path, gate: Any, answers: Any) -> None:
    """Search for some seconds, from when all readers are ready; tell how often, and the CPU seconds that took."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends without a word when the benchmark is interrupted
    bare = BareEngine(StoredTexts(texts))
    by_ours = [partial(search, SearchRequest(text)) for text in MIXED]
    searches: list[Callable[[], Any]] = [bare.prepare(text) for text in MIXED] if name == "bare" else [*by_ours]
    for work in searches:
        work()  # warm
    gate.wait()
    end, used, count = time.perf_counter() + SECONDS, time.process_time(), 0
    for work in cycle(searches):
        work()
        count += 1
        if time.perf_counter() > end:
            break
    answers.put((count, time.process_time() - used))


def readers_at_once(texts: Path) -> str:
    """Return how many answers eight processes give in a second, ours and the bare engine's."""
    rates, used = {}, {}
    for name in ("ours", "bare"):
        spawn = multiprocessing.get_context("spawn")
        gate, answers = spawn.Barrier(READERS), spawn.Queue()
        processes = [
            spawn.Process(target=read, args=(name, texts, gate, answers), daemon=True) for _reader in range(READERS)
        ]
        for process in processes:
            process.start()
        told = [answers.get(timeout=180) for _reader in range(READERS)]
        for process in processes:
            process.join()
        count = sum(count for count, _seconds in told)
        rates[name], used[name] = count / SECONDS, sum(seconds for _count, seconds in told) / count * 1000
    said = [f"{name} {rates[name]:,.0f} answers/s ({used[name]:.1f} ms of CPU each)" for name in rates]
    share = rates["ours"] / rates["bare"]
    return f"{READERS} readers at once on {os.cpu_count()} cores: {', '.join(said)}: {share:.2f} of its rate."


def cold_start() -> str:
    """Return how long a new process takes until its first answer, and with what."""
    runs = []
    for _start in range(STARTS):
        done = subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout))
    django_setup, imports, first, second, total = (median(times) * 1000 for times in zip(*runs, strict=True))
    return (
        f"Cold start: {total:,.0f} ms to the first answer: Django {django_setup:,.0f} ms, import of the search "
        f"{imports:,.0f} ms, first search {first:,.0f} ms (the second takes {second:.1f} ms)."
    )
