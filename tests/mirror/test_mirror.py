"""The mirror of docs/examples keeps an exact copy, however often it is killed, and erases what is erased."""

import hashlib
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from cases.models import Record, RevisionBody
from cases.publication.acts import merge, reinstate, withdraw
from cases.publication.publish import publish
from cases.publication.redact import redact
from tests.factories import everything_named_by, make_actor, make_case, make_claim

MIRROR = settings.BASE_DIR / "docs" / "examples" / "mirror.py"


@pytest.fixture
def people(transactional_db, curator, reviewer):
    return {"by": curator, "reviewer": reviewer}


@pytest.fixture
def case(people):
    """Published, corrected, withdrawn, reinstated; and an actor that became part of another."""
    case, old, new = make_case(), make_actor("PT Kenanga"), make_actor("PT Baru")
    make_claim(case, parties=[("partner", old)])
    publish(everything_named_by(case, new), reason="Terbit", **people)
    for number in range(5):
        case.title_en = f"Title {number}"
        case.save()
        publish([case], reason="Judul", **people)
    publish([withdraw(case, "error")], reason="Keliru", **people)
    publish([reinstate(case)], reason="Ternyata benar", **people)
    publish([merge(old, into=new)], reason="Satu badan", **people)
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


def killed(live_server, file: Path, times: int, seed: int) -> int:
    """Start it and kill it somewhere on its way, so many times. Returns how often it was really still running."""
    chance, caught = random.Random(seed), 0
    for _number in range(times):
        process = mirror(live_server, file)
        time.sleep(chance.uniform(0.05, 0.6))
        caught += process.poll() is None
        process.kill()
        process.communicate()
    return caught


def test_a_mirror_that_was_killed_is_equal_in_the_end(live_server, case, tmp_path):
    file = tmp_path / "copy.sqlite3"
    killed(live_server, file, 4, seed=1)
    assert "equal at revision" in finish(live_server, file)
    assert equal(file)


@pytest.mark.drill
def test_a_mirror_that_is_killed_a_hundred_times_is_equal_in_the_end(live_server, case, people, tmp_path):
    file = tmp_path / "copy.sqlite3"
    caught = 0
    for number in range(20):
        case.title_en = f"Another title {number}"
        case.save()
        publish([case], reason="Judul", **people)
        caught += killed(live_server, file, 5, seed=number)
    assert caught > 20, "hardly ever was it still running"
    finish(live_server, file)
    assert equal(file)


def test_a_mirror_follows_and_erases_what_is_erased(live_server, case, people, tmp_path):
    file = tmp_path / "copy.sqlite3"
    finish(live_server, file)
    assert b"PT Kenanga" in file.read_bytes()
    case.title_en = "Last title"
    case.save()
    publish([case], reason="Judul", **people)
    redact("Title 3", reason="Diminta", reason_code="error", **people)
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
