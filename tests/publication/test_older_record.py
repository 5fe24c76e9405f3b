"""A record of version 0.2 or earlier is not carried over: every way in stops with a sentence, and changes nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from cases.models import Revision, RevisionBody
from cases.models.ledger import commitment
from cases.publication.older_record import SENTENCE, refuse_older_record
from tests.dossiers.samples import make_folder, row_counts
from tests.factories import make_actor, make_public

GOLDEN = Path(__file__).parents[1] / "documents" / "golden"
V1 = (GOLDEN / "v1-actor-yana-mulyana.json").read_text(encoding="utf-8").strip()
LAST_OF_VERSION_1 = (("auth",), ("cases", "0005"), ("sources", "0002"))


def write_version_1() -> None:
    """A ledger that holds one document of schema version 1, byte for byte as it was written."""
    document = json.loads(V1)
    kept = {"object_id": document["id"], "kind": document["kind"], "version": 1, "action": "publish"}
    at = document["version"]["recorded_at"]
    revision = Revision.objects.create(seq=1, batch=1, recorded_at=at, commitment=commitment("00", V1), **kept)
    RevisionBody.objects.create(revision=revision, salt="00", document=V1)


@pytest.mark.django_db
class TestSeeding:
    def test_a_ledger_of_version_1_is_refused_and_nothing_is_loaded(self, tmp_path):
        write_version_1()
        before = row_counts()
        with pytest.raises(CommandError, match="This database holds a record made by version") as refused:
            call_command("seed", make_folder(tmp_path))
        assert str(refused.value) == SENTENCE
        assert "empty" in SENTENCE
        assert row_counts() == before

    def test_an_empty_one_and_one_of_version_2_are_not(self, curator, reviewer):
        refuse_older_record(connection)
        make_public(make_actor(), by=curator, reviewer=reviewer)
        refuse_older_record(connection)


def manage(address: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    given = {"CASEDB_DATABASE_URL": address, "CASEDB_DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=os.environ | given | {"DJANGO_SETTINGS_MODULE": "casedb.settings"},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_a_database_of_an_earlier_release_is_left_as_it_is(address, tmp_path):
    for migration in LAST_OF_VERSION_1:
        assert manage(address, tmp_path, "migrate", *migration).returncode == 0
    write = "from tests.publication.test_older_record import write_version_1 as w; w()"
    assert manage(address, tmp_path, "shell", "-c", write).returncode == 0
    before = manage(address, tmp_path, "showmigrations", "cases", "sources").stdout
    for command in ("migrate", "prepare"):
        refused = manage(address, tmp_path, command)
        assert refused.returncode == 1
        assert refused.stderr.strip().endswith(SENTENCE)
    assert manage(address, tmp_path, "showmigrations", "cases", "sources").stdout == before
    read = "from cases.models import RevisionBody as b; print(b.objects.get().document)"
    assert manage(address, tmp_path, "shell", "-v", "0", "-c", read).stdout.strip() == V1


def test_a_database_of_an_earlier_release_without_a_record_is_brought_up_to_date(address, tmp_path):
    for migration in LAST_OF_VERSION_1:
        assert manage(address, tmp_path, "migrate", *migration).returncode == 0
    brought = manage(address, tmp_path, "migrate")
    assert brought.returncode == 0, brought.stderr
    audit = "from cases.publication.audit.verify import triggers_stand as t; print(list(t()))"
    assert manage(address, tmp_path, "shell", "-v", "0", "-c", audit).stdout.strip() == "[]"
