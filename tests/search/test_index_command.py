"""`manage.py index` as an operator runs it: in a process of its own, which starts others."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from cases.search.index import sync
from tests.shared import drill

# The command, with steps small and slow enough to be interrupted between two of them on a busy machine too
IN_SMALL_STEPS = """
import signal, time
import django
django.setup()
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell switches off for what runs behind it
from django.core.management import execute_from_command_line
from cases.search.index import sync
batches = sync._bodies

def slowly(seqs):
    for batch in batches(seqs):
        time.sleep(0.1)
        yield batch

sync._bodies = slowly
sync.MIN_PARALLEL_DOCUMENTS, sync.BATCH_DOCUMENTS, sync.COMMIT_DOCUMENTS = 10, 50, 100
execute_from_command_line(["manage.py", "index"])
"""


def start(address: str, folder: Path, *words: str) -> "subprocess.Popen[str]":
    environment = {"CASEDB_DATABASE_URL": address, "CASEDB_DATA_DIR": str(folder)}
    return subprocess.Popen(
        [sys.executable, *(words or ("manage.py", "index"))],
        cwd=settings.BASE_DIR,
        env=os.environ | environment | {"DJANGO_SETTINGS_MODULE": "casedb.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(running: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """The exit status and what was said, once every process that can say something is gone."""
    try:
        out, err = running.communicate(timeout=60)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    return running.returncode, out, err


def test_the_command_works_at_a_size_at_which_it_starts_other_processes(address, tmp_path):
    records = sync.MIN_PARALLEL_DOCUMENTS + 20
    drill(address, tmp_path, "indexer", "fill", records)
    status, out, err = ended(start(address, tmp_path))
    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == f"Indexed {records} documents."
    assert drill(address, tmp_path, "indexer", "look", 0)["whole"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_command_leaves_no_process_and_goes_on_when_it_is_run_again(address, tmp_path, how):
    drill(address, tmp_path, "indexer", "fill", 1500)
    running = start(address, tmp_path, "-c", IN_SMALL_STEPS)
    state, deadline = tmp_path / "search/building.json", time.monotonic() + 30
    while not (state.exists() and json.loads(state.read_text())["done"]) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(running.pid, how)
    status, _out, err = ended(running)
    assert status != 0
    assert how != signal.SIGINT or err == "CommandError: Interrupted. Run it again and it goes on.\n"
    begun = json.loads(state.read_text())
    assert 0 < begun["done"] < 1500
    status, out, err = ended(start(address, tmp_path))
    assert (status, err, out.splitlines()[-1]) == (0, "", "Indexed 1500 documents.")
    assert [folder.name for folder in (tmp_path / "search").glob("index-*")] == [begun["folder"]]
    assert drill(address, tmp_path, "indexer", "look", 0)["whole"]
