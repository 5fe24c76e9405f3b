"""The command line refuses wrong things with a line for each, and exit status 1."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.conf import settings as deployment
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.models import Draft, Record, RecordClaim
from cases.publication.replay import TABLES
from sources.models import Excerpt, PrivateSpan
from tests.dossiers.samples import make_documents, make_folder
from tests.factories import make_capture
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings) -> Path:
    settings.CASEDB_FIXTURES = make_folder(tmp_path)
    settings.CASEDB_DOCUMENTS = None
    return settings.CASEDB_FIXTURES


def run(*words, **options) -> tuple[str, str]:
    """What a command prints, and what it complains of; a refusal adds its message to the complaints."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*words, stdout=out, stderr=err, **options)
    except CommandError as error:
        if error.returncode != 1:
            raise
        return out.getvalue(), f"{err.getvalue()}{error}"
    assert err.getvalue() == "", "whoever complains must also fail"
    return out.getvalue(), ""


def test_seed_says_what_it_did_and_a_second_time_that_nothing_was_to_do(folder):
    assert "Published 9 revisions" in run("seed", folder)[0]
    assert run("seed", folder) == ("The record is up to date with its dossiers.\n", "")


def test_seed_prints_every_fault(folder):
    for name, old, new in [("cases/cctv-contoh", "2500000000", "2,5 miliar"), ("actors/pt-misal", "company", "firm")]:
        path = folder / f"{name}.yaml"
        path.write_text(path.read_text().replace(old, new))
    said = run("seed", folder)[1].split("\n")
    assert said[0] == "Nothing was loaded. 2 faults:"
    assert said[1].startswith("actors/pt-misal.yaml · actor_kind: ")
    assert said[2].startswith("cases/cctv-contoh.yaml · claims cash › transfer · amount: “2,5 miliar”")
    assert not Draft.objects.exists()


def test_seed_prints_every_reason_not_to_publish(folder):
    path = folder / "cases/cctv-contoh.yaml"
    path.write_text(path.read_text().replace("lead:\n  - cash\n", "").replace("property: payer", "property: cost"))
    said = run("seed", folder)[1]
    assert "2 reasons not to publish" in said
    assert "A lead is required" in said
    assert "“payer” is empty" in said
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["nowhere", "quotes.lock"])
def test_seed_refuses_what_is_no_folder(folder, name):
    assert "is not a folder" in run("seed", folder / name)[1]


def test_verify_says_that_the_record_is_whole_and_what_it_could_not_read(folder, tmp_path):
    run("seed", folder)
    out, complaint = run("verify")
    assert complaint == ""
    assert "1 copies were checked by hash only" in out
    assert out.endswith("The record is whole.\n")
    assert run("verify", documents=make_documents(tmp_path)) == ("The record is whole.\n", "")


def test_verify_prints_a_line_for_each_fault_of_dossiers_ledger_record_and_quotes(folder, tmp_path):
    run("seed", folder)
    path = folder / "cases/cctv-contoh.yaml"
    path.write_text(path.read_text().replace("standing: potential", "standing: proven"))
    with triggers_off():
        RecordClaim.objects.update(standing="decided")
        Excerpt.objects.filter(exact="uang tunai").update(exact="uang kotor")
        capture = Excerpt.objects.first().capture
        PrivateSpan.objects.create(capture=capture, start=0, end=10)
    said = run("verify", documents=make_documents(tmp_path))[1].split("\n")
    for line in (
        "cases/cctv-contoh.yaml · claims cash · standing:",
        "its RecordClaim differs",
        "The words do not stand at this place",
        "touches a private span",
    ):
        assert any(line in each for each in said), line
    assert said[-1] == f"{len(said) - 1} faults."


def test_verify_reads_a_wrong_document_as_a_fault(folder, tmp_path):
    run("seed", folder)
    documents = make_documents(tmp_path)
    (documents / "contoh.txt").write_text("Teks lain.")
    assert "contoh.txt does not have the SHA-256" in run("verify", documents=documents)[1]
    assert "is not a folder" in run("verify", documents=documents / "contoh.txt")[1]


def test_the_lock_is_written_only_after_a_full_check(folder, tmp_path):
    lock = folder / "quotes.lock"
    before = lock.read_bytes()
    assert "--lock needs --documents" in run("verify", lock=True)[1]
    path = folder / "cases/cctv-contoh.yaml"
    path.write_text(path.read_text().replace("words: itu tidak benar", "words: itu tidak salah"))
    assert "itu tidak benar" in run("verify", lock=True, documents=make_documents(tmp_path))[1]
    assert lock.read_bytes() == before
    path.write_text(path.read_text().replace("words: itu tidak salah", "words: itu tidak benar"))
    lock.unlink()
    assert run("verify", lock=True, documents=make_documents(tmp_path))[1] == ""
    assert lock.read_bytes() == before


def test_a_lock_that_cannot_be_read_is_a_fault_of_verify(folder):
    (folder / "quotes.lock").write_text("{")
    assert "quotes.lock: cannot be read" in run("verify")[1]


def test_replay_says_how_many_revisions_it_read(folder):
    run("seed", folder)
    for table in TABLES:
        table.objects.all().delete()
    assert "run replay" in run("verify")[1]
    assert run("replay") == ("Replayed 9 revisions.\n", "")
    assert run("verify")[1] == ""
    assert Record.objects.count() == 9


class TestQuote:
    """Words of the sample text of the factories, found for a dossier."""

    def test_a_quote_is_printed_as_it_stands_in_a_dossier(self):
        capture = make_capture()
        out, _complaint = run("quote", capture.source.slug, "sejak tahun 2017")
        assert out.startswith(f"- source: {capture.source.slug}\n  at: {capture.text.index('sejak')}\n  words: sejak")

    def test_words_before_choose_among_places(self):
        capture = make_capture()
        second = capture.text.rindex("uang tunai")
        assert f"at: {second}" in run("quote", capture.source.slug, "uang tunai", after="Calon patron")[0]

    def test_the_words_of_the_text_are_printed_in_as_many_quotes_as_it_has_pages(self):
        pages = "Kop surat\nPada hari Jum’at ia pergi", "Kop surat\nke kota."
        capture = make_capture(text="\f".join(pages))
        assert "words: hari Jum’at\n" in run("quote", capture.source.slug, "hari\n Jum'at")[0]
        printed = yaml.safe_load(run("quote", capture.source.slug, "pergi ke kota")[0])
        assert [(each["at"], each["words"]) for each in printed] == [
            (capture.text.index(words), words) for words in ("pergi", "ke kota")
        ]

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("uang tunai", "in 2 places"),
            ("uang tunia senilai", "Nearest: “uang tunai senilai"),
            ("", "needs words"),
            ("x" * 601, "at most 600"),
        ],
    )
    def test_words_that_cannot_be_quoted_are_refused(self, words, said):
        assert said in run("quote", make_capture().source.slug, words)[1]

    def test_words_that_touch_a_private_name_are_refused(self):
        capture = make_capture()
        start = capture.text.index("Bu Melati")
        capture.private_spans.create(start=start, end=start + 9)
        assert "private person" in run("quote", capture.source.slug, "warga, Bu")[1]

    def test_an_unknown_source_or_text_is_refused(self, settings):
        settings.CASEDB_DOCUMENTS = None
        assert "no copy of a source called tidak-ada" in run("quote", "tidak-ada", "kata")[1]
        capture = make_capture()
        with triggers_off():
            type(capture).objects.update(text="")
        assert "not at hand" in run("quote", capture.source.slug, "kata")[1]


def test_a_shell_sees_exit_status_1_and_no_traceback(tmp_path):
    environment = os.environ | {
        "CASEDB_DATA_DIR": str(tmp_path),
        "CASEDB_DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "casedb.settings",
    }
    command = [sys.executable, "manage.py", "seed", str(tmp_path / "nowhere")]
    done = subprocess.run(command, cwd=deployment.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "is not a folder" in done.stderr
    assert "Traceback" not in done.stderr
