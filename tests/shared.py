"""What several test modules share: one large record whose changes are taken back, and drills in their own processes."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction


@contextmanager
def taken_back(blocker: Any) -> Iterator[None]:
    """The database inside a transaction that is rolled back at the end; a second one inside it is a savepoint."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def kept_open() -> Iterator[None]:
    """Requests that go through the real handler leave open the connection, and the transaction that lives in it."""
    signals = (request_started, request_finished)
    for each in signals:
        each.disconnect(close_old_connections)
    try:
        yield
    finally:
        for each in signals:
            each.connect(close_old_connections)


def drill(address: str, folder: Path, script: str, *words: Any, seconds: int = 120) -> dict[str, Any]:
    """What a script of tests/drills found on this database. Whatever happens, none of its processes outlives it."""
    running = subprocess.Popen(
        [sys.executable, "-m", f"tests.drills.{script}", *map(str, words)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "CASEDB_DATABASE_URL": address,
            "CASEDB_DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "casedb.settings",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = running.communicate(timeout=seconds)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
    assert running.returncode == 0, err
    return json.loads(out.splitlines()[-1]) | {"said": err}


def whole(found: dict[str, Any]) -> bool:
    return found["gapless"] and not found["faults"] and not found["partial"]
