"""Kills who writes the search index, again and again; publishes in one process while another searches; fills a record.

Run by tests/search/test_processes.py on a database made for it, the one that CASEDB_DATABASE_URL names:

    python -m tests.drills.indexer kill ROUNDS
    python -m tests.drills.indexer together SETS
    python -m tests.drills.indexer fill RECORDS
    python -m tests.drills.indexer look 0

Prints what happened as JSON.
"""

import copy
import json
import os
import random
import signal
import sys
import time
import uuid
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from cases.models import Record, Revision, RevisionBody  # noqa: E402
from cases.search.find import SearchRequest, search  # noqa: E402
from cases.search.index import index_files, sync  # noqa: E402
from tests.drills.publisher import child, make_one_set, publish_one_set  # noqa: E402


def prepare(sets: int) -> None:
    call_command("migrate", verbosity=0)
    for name in ("by", "reviewer"):
        User.objects.create_user(name)
    for _ in range(sets):
        publish_one_set(make_one_set())


def whole() -> bool:
    """Whether the index holds every current record, and nothing else."""
    found = search(SearchRequest(limit=1))
    return found.complete and found.total == Record.objects.current().count()


def rebuild_forever() -> None:
    while True:
        sync.rebuild()


def kill(rounds: int) -> dict[str, Any]:
    """Kill a process that rebuilds the index, after a random while; each time the next search must find it whole."""
    prepare(20)
    broken = interrupted = 0
    chance = random.Random(1)
    for _ in range(rounds):
        pid = child(rebuild_forever)
        time.sleep(chance.uniform(0.02, 0.4))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        interrupted += (index_files.root() / index_files.BUILDING).exists()
        broken += not whole()
    return {"rounds": rounds, "broken": broken, "interrupted": interrupted}


def together(sets: int) -> dict[str, Any]:
    """Publish in one process and search in this one: no error, nothing lost, and in the end everything is found."""
    prepare(1)

    def publish_all() -> None:
        for _ in range(sets):
            publish_one_set(make_one_set())

    pid = child(publish_all)
    searches, shrunk, last = 0, 0, 0
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        total = search(SearchRequest(limit=5)).total
        shrunk += total < last
        last, searches = total, searches + 1
    return {"searches": searches, "shrunk": shrunk, "whole": whole(), "records": Record.objects.current().count()}


def fill(records: int) -> dict[str, Any]:
    """Publish one set, and copy one of its cases until there are so many records: enough for search, and no more."""
    prepare(1)
    own = Record.objects.get(kind="case")
    first, body = Revision.objects.get(seq=own.since_seq), RevisionBody.objects.get(pk=own.since_seq)
    numbers = range(Revision.objects.count() + 1, records + 1)
    ids = {number: str(uuid.UUID(int=number)) for number in numbers}
    revisions = [copied(first, seq=n, batch=n, object_id=ids[n], commitment=f"{n:064x}") for n in numbers]
    texts = {n: body.document.replace(str(own.object_id), ids[n]).replace(own.slug, f"case-{n}") for n in numbers}
    Revision.objects.bulk_create(revisions, batch_size=1000)
    RevisionBody.objects.bulk_create(
        [RevisionBody(revision=each, salt=body.salt, document=texts[each.seq]) for each in revisions], batch_size=1000
    )
    rows = [copied(own, pk=None, object_id=ids[n], slug=f"case-{n}", since_seq=n) for n in numbers]
    Record.objects.bulk_create(rows, batch_size=1000)
    return {"records": Record.objects.current().count(), "slug": own.slug}


def copied(row: Any, **changes: Any) -> Any:
    """A row of the same model that differs in these fields, not saved."""
    other = copy.copy(row)
    other._state = copy.copy(row._state)
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def look(_number: int) -> dict[str, Any]:
    """Whether the index is whole, and how many folders of indexes there are."""
    return {"whole": whole(), "folders": len(list(index_files.root().glob("index-*")))}


if __name__ == "__main__":
    acts = {"kill": kill, "together": together, "fill": fill, "look": look}
    print(json.dumps(acts[sys.argv[1]](int(sys.argv[2]))))
    connections.close_all()
