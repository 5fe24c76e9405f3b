"""The worker: it takes what waits, survives being killed, and never reads one file twice at a time."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from sources.intake import intake, queue
from sources.models import Capture, IncomingFile
from tests.factories import make_source
from tests.sources.intake.made import upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.CASEDB_FILES_DIR = tmp_path / "files"


@pytest.fixture
def incoming(curator: Any) -> IncomingFile:
    return queue.bring_in(upload(b"Kata.", "a.txt"), curator)


def test_a_file_that_somebody_reads_is_not_read_by_another(incoming):
    other = IncomingFile.objects.get()
    IncomingFile.objects.update(state="extracting", started_at=timezone.now())
    assert not queue.read(other)
    assert queue.read_next() is None


def test_a_file_whose_reader_died_is_read_again(incoming):
    IncomingFile.objects.update(state="extracting", started_at=timezone.now() - timedelta(minutes=10), attempts=1)
    call_command("intake")
    assert IncomingFile.objects.get().state == "ready"


def test_a_file_that_kills_its_readers_is_given_up(incoming):
    IncomingFile.objects.update(state="extracting", started_at=timezone.now() - timedelta(minutes=10), attempts=3)
    call_command("intake")
    row = IncomingFile.objects.get()
    assert (row.state, row.failure) == ("failed", "Reading it was broken off several times.")


def test_a_file_whose_bytes_are_gone_fails_in_a_sentence(incoming):
    queue.files.remove(incoming.file)
    call_command("intake")
    row = IncomingFile.objects.get()
    assert row.state == "failed"
    assert row.failure.endswith(".")


def test_of_two_who_keep_a_file_one_is_told_that_it_is_gone(incoming):
    queue.read(incoming)
    row = IncomingFile.objects.get()
    (reading,) = row.extracted()
    with transaction.atomic():
        queue.keep(IncomingFile.objects.get(), make_source(), reading, [])
    with pytest.raises(IncomingFile.DoesNotExist), transaction.atomic():
        queue.keep(row, make_source(), reading, [])
    queue.discard(row)
    assert queue.files.path_of(Capture.objects.get().file).is_file(), "the copy has its original still"


def test_a_copy_that_is_refused_leaves_the_file_where_it_was(incoming):
    queue.read(incoming)
    row, source = IncomingFile.objects.get(), make_source()
    (reading,) = row.extracted()
    Capture.objects.create(source=source, text="Kata.", text_sha256=row.file_sha256, text_length=5)
    with pytest.raises(ValidationError), transaction.atomic():
        queue.keep(row, source, reading, [])
    assert IncomingFile.objects.exists()


def test_a_worker_that_is_told_to_stop_stops_and_one_beside_a_dead_server_ends(tmp_path):
    environment = os.environ | {"CASEDB_DATA_DIR": str(tmp_path), "CASEDB_DATABASE_URL": f"sqlite:///{tmp_path}/x.db"}
    run = [sys.executable, "manage.py"]
    subprocess.run([*run, "migrate", "-v0"], cwd=intake.ROOT, env=environment, check=True, timeout=120)
    worker = subprocess.Popen([*run, "intake", "--follow"], cwd=intake.ROOT, env=environment)
    time.sleep(4)
    assert worker.poll() is None
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=20) == -signal.SIGTERM
    shell = f"{sys.executable} manage.py intake --follow & sleep 4"
    # The worker holds the pipe: this comes back only when the worker has ended, too
    subprocess.run(["/bin/sh", "-c", shell], cwd=intake.ROOT, env=environment, capture_output=True, timeout=60)
