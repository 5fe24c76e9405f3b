"""Several people publish at once, and the process may die at any moment: each set is wholly there or not at all."""

import json
import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def address(tmp_path, django_db_setup, django_db_blocker):
    """The address of an empty database beside the one of the tests, on the same engine."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/drill.sqlite3"
        return
    name, given = f"casedb_drill_{uuid.uuid4().hex[:12]}", connection.settings_dict
    who = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    port = f":{given['PORT']}" if given["PORT"] else ""
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield f"postgres://{who}@{port}/{name}?host={quote(given['HOST'])}"
    finally:
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def drill(address: str, folder: Path, *words: Any, seconds: int = 120) -> dict[str, Any]:
    """What tests/drills/publisher.py found. Whatever happens, none of its processes outlives this call."""
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.drills.publisher", *map(str, words)],
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


def test_four_publish_at_once_and_all_of_it_is_published_without_gaps(address, tmp_path):
    found = drill(address, tmp_path, "race", 4, 10)
    assert found["failed"] == 0, found["said"]
    assert whole(found), found
    assert found["revisions"] == 4 * 10 * 3


def test_a_killed_publication_has_happened_wholly_or_not_at_all(address, tmp_path):
    found = drill(address, tmp_path, "crash", 12)
    assert whole(found), found
    assert found["lost"] == [], "what was acknowledged stays"
    assert found["kills"] == 12
    assert found["inside"] >= 2, "too few kills fell into a publication to show anything"
    assert found["acknowledged"] * 3 <= found["revisions"]


@pytest.mark.drill
def test_four_publish_a_hundred_sets_each_at_once(address, tmp_path):
    found = drill(address, tmp_path, "race", 4, 100, seconds=1200)
    assert found["failed"] == 0, found["said"]
    assert whole(found), found
    assert found["revisions"] == 4 * 100 * 3


@pytest.mark.drill
def test_two_hundred_killed_publications(address, tmp_path):
    found = drill(address, tmp_path, "crash", 200, seconds=2400)
    assert whole(found), found
    assert found["lost"] == []
    assert found["kills"] == 200
    assert found["inside"] >= 50


@pytest.mark.drill
def test_without_the_transaction_the_same_drill_finds_damage(address, tmp_path):
    found = drill(address, tmp_path, "crash", 60, "torn", seconds=600)
    assert found["faults"] or found["partial"]
    assert found["kills"] <= 60
