"""Publishes from several processes at once, or from one that is killed again and again.

Run by tests/publication/test_crashes.py on a database made for it, the one that CASEDB_DATABASE_URL names:

    python -m tests.drills.publisher race WORKERS SETS
    python -m tests.drills.publisher crash ROUNDS [torn]

Prints what happened as JSON. `torn` takes the transaction away from publishing: then the audit must find damage.
"""

import json
import os
import random
import signal
import sys
import time
from contextlib import nullcontext
from itertools import count
from types import SimpleNamespace
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.db.models import Count  # noqa: E402

from cases.models import Revision  # noqa: E402
from cases.publication import ledger  # noqa: E402
from cases.publication.audit.verify import verify  # noqa: E402
from cases.publication.publish import publish  # noqa: E402
from tests import factories  # noqa: E402

SET = 3
"""Revisions of one set: a case, its source and an actor that it names."""


def make_one_set() -> list[Any]:
    """A new case with all that it names."""
    with transaction.atomic():
        case = factories.make_case()
        excerpt = case.claims.get().citations.get().excerpt
        factories.make_claim(case, excerpt, [("partner", factories.make_actor())])
        return factories.everything_named_by(case)


def publish_one_set(items: list[Any]) -> int:
    """Publish it. Returns the batch."""
    by, reviewer = User.objects.order_by("pk")
    return publish(items, by=by, reviewer=reviewer, reason=factories.both("Terbit"))[0].batch


def child(work: Any) -> int:
    """Do the work in a process of its own, with a connection of its own."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)


def race(workers: int, sets: int) -> dict[str, Any]:
    """Several processes publish `sets` sets each, all at once."""

    def work(number: int) -> None:
        factories.numbers = count(number * 100_000 + 1)
        for _number in range(sets):
            publish_one_set(make_one_set())

    running = [child(lambda n=number: work(n)) for number in range(workers)]
    failed = sum(os.waitpid(pid, 0)[1] != 0 for pid in running)
    return {"failed": failed} | findings()


def crash(rounds: int, torn: bool) -> dict[str, Any]:
    """Kill a publishing process `rounds` times, and look at the record after each. Stops at the first damage."""
    chance = random.Random(rounds)
    found: dict[str, Any] = {"kills": 0, "inside": 0, "acknowledged": 0, "lost": [], "faults": []}
    if torn:
        ledger.transaction = SimpleNamespace(atomic=nullcontext)  # type: ignore[assignment]
    for number in range(rounds):
        heard = kill_once(1_000_000 + number * 1000, chance.uniform(0.0, 0.15))
        batches = [int(line) for line in heard.split() if line != "begun"]
        found["kills"] += 1
        found["inside"] += heard.split()[-1] == "begun"
        found["acknowledged"] += len(batches)
        found["lost"] += [batch for batch in batches if not Revision.objects.filter(batch=batch).exists()]
        found |= findings()
        if found["faults"] or found["partial"] or found["lost"]:
            break
    return found


def kill_once(first: int, delay: float) -> str:
    """Let a process publish, kill it `delay` seconds after it began, and return what it said before."""
    reader, writer = os.pipe()

    def work() -> None:
        factories.numbers = count(first)
        while True:
            items = make_one_set()
            os.write(writer, b"begun\n")
            os.write(writer, b"%d\n" % publish_one_set(items))

    pid = child(work)
    os.close(writer)
    try:
        heard = os.read(reader, 6)
        time.sleep(delay)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    while more := os.read(reader, 65536):
        heard += more
    os.close(reader)
    return heard.decode()


def findings() -> dict[str, Any]:
    sizes = Revision.objects.values("batch").annotate(size=Count("seq")).order_by("batch")
    seqs = list(Revision.objects.order_by("seq").values_list("seq", flat=True))
    return {
        "faults": list(verify()),
        "partial": [row["batch"] for row in sizes if row["size"] != SET],
        "gapless": seqs == list(range(1, len(seqs) + 1)),
        "revisions": len(seqs),
    }


def main(act: str, *numbers: str) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    for name in ("a-curator", "a-reviewer"):
        User.objects.get_or_create(username=name)
    first, *more = numbers
    print(json.dumps(race(int(first), int(more[0])) if act == "race" else crash(int(first), torn="torn" in more)))


if __name__ == "__main__":
    main(*sys.argv[1:])
