"""The mirror of docs/examples keeps an exact copy, however often it is killed, and erases what is erased."""

import hashlib
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_started

from cases.models import Record, RevisionBody
from cases.publication.acts import merge, reinstate, withdraw
from cases.publication.publish import publish
from cases.publication.redact import redact
from tests.factories import both, everything_named_by, make_actor, make_case, make_claim

MIRROR = settings.BASE_DIR / "docs" / "examples" / "mirror.py"


@pytest.fixture
def people(transactional_db, curator, reviewer):
    return {"by": curator, "reviewer": reviewer}


@pytest.fixture
def case(people):
    """Published, corrected, withdrawn, reinstated; and an actor that became part of another."""
    case, old, new = make_case(), make_actor("PT Kenanga"), make_actor("PT Baru")
    make_claim(case, parties=[("partner", old)])
    publish(everything_named_by(case, new), reason=both("Terbit"), **people)
    for number in range(5):
        case.title_en = f"Title {number}"
        case.save()
        publish([case], reason=both("Judul"), **people)
    publish([withdraw(case, "error")], reason=both("Keliru"), **people)
    publish([reinstate(case)], reason=both("Ternyata benar"), **people)
    publish([merge(old, into=new)], reason=both("Satu badan"), **people)
    return case


def mirror(live_server, file: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(MIRROR), live_server.url, str(file)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(live_server, file: Path) -> str:
    process = mirror(live_server, file)
    told, trouble = process.communicate(timeout=120)
    assert process.returncode == 0, trouble
    return told


def equal(file: Path) -> bool:
    """Whether the copy holds every text byte for byte, and says the same things stand."""
    with sqlite3.connect(file) as copy:
        texts = dict(copy.execute("SELECT seq, document FROM revision WHERE document IS NOT NULL"))
        standing = dict(copy.execute("SELECT id, seq FROM record"))
    copy.close()
    records = Record.objects.current().values_list("object_id", "since_seq")
    return texts == dict(RevisionBody.objects.values_list("pk", "document")) and standing == {
        str(object_id): seq for object_id, seq in records
    }


def kill(live_server, file: Path, times: int, seed: int) -> None:
    """Start it and kill it at its work, after its first request and somewhere on its way, until that was done so often.

    One that had ended by itself does not count.
    """
    chance, caught = random.Random(seed), 0
    for _attempt in range(10 * times):
        asked = threading.Event()
        with heard(asked):
            process = mirror(live_server, file)
            assert asked.wait(60), process.communicate()
        time.sleep(chance.choice((0.01, 0.05, 0.15)) * chance.random())  # a fast machine is done in a twentieth
        process.kill()
        process.communicate()
        caught += process.returncode == -signal.SIGKILL
        if caught == times:
            return
    pytest.fail(f"It was at work only {caught} times when it was killed.")


@contextmanager
def heard(asked: threading.Event) -> Iterator[None]:
    """Sets the event when the live server, which runs in this process, is asked anything."""

    def hear(**_of_the_signal: Any) -> None:
        asked.set()

    request_started.connect(hear)
    try:
        yield
    finally:
        request_started.disconnect(hear)


def test_a_mirror_that_was_killed_is_equal_in_the_end(live_server, case, tmp_path):
    file = tmp_path / "copy.sqlite3"
    kill(live_server, file, 4, seed=1)
    assert "equal at revision" in finish(live_server, file)
    assert equal(file)


@pytest.mark.drill
def test_a_mirror_that_is_killed_a_hundred_times_is_equal_in_the_end(live_server, case, people, tmp_path):
    file = tmp_path / "copy.sqlite3"
    for number in range(20):
        case.title_en = f"Another title {number}"
        case.save()
        publish([case], reason=both("Judul"), **people)
        kill(live_server, file, 5, seed=number)
    finish(live_server, file)
    assert equal(file)


def test_a_mirror_follows_and_erases_what_is_erased(live_server, case, people, tmp_path):
    file = tmp_path / "copy.sqlite3"
    finish(live_server, file)
    assert b"PT Kenanga" in file.read_bytes()
    case.title_en = "Last title"
    case.save()
    publish([case], reason=both("Judul"), **people)
    redact("Title 3", reason=both("Diminta"), reason_code="error", **people)
    assert "1 revisions are erased" in finish(live_server, file)
    assert equal(file)
    assert b"Title 3" not in b"".join(each.read_bytes() for each in tmp_path.glob("copy.sqlite3*"))


def test_a_copy_that_was_tampered_with_is_noticed(live_server, case, tmp_path):
    file = tmp_path / "copy.sqlite3"
    finish(live_server, file)
    with sqlite3.connect(file) as copy:
        copy.execute("UPDATE revision SET document = NULL WHERE seq = 1")
    copy.close()
    process = mirror(live_server, file)
    assert "not equal" in process.communicate(timeout=60)[1]
    assert process.returncode == 1


def test_a_copy_of_another_ledger_is_refused(live_server, case, tmp_path):
    file = tmp_path / "copy.sqlite3"
    finish(live_server, file)
    with sqlite3.connect(file) as copy:
        copy.execute("UPDATE revision SET commitment = ?", [hashlib.sha256().hexdigest()])
    copy.close()
    assert "another ledger" in mirror(live_server, file).communicate(timeout=60)[1]


@pytest.mark.parametrize("site", ["http://127.0.0.1:9", "127.0.0.1:9"])
def test_a_site_that_cannot_be_read_is_told_in_a_sentence(tmp_path, site):
    command = [sys.executable, str(MIRROR), site, str(tmp_path / "copy.sqlite3")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{site} cannot be read: ")
    assert "Traceback" not in done.stderr
