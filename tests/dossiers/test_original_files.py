"""A record that was grown at the desk comes back from its dossiers: the pages of its files, and who compared what."""

from pathlib import Path
from typing import Any

import pytest

from cases.dossiers.dump import dump_text
from cases.dossiers.load import InvalidDossiersError, check, save
from cases.dossiers.quotes_lock import LOCK_NAME, Lock, write
from sources.captures import text_of
from sources.intake import files
from sources.models import Capture, Excerpt, PageCheck, Source, SourceStatement, SourceStatementExcerpt
from sources.page_checks import judgement_of, keep_judgement
from tests.admin.test_page_images import kept
from tests.sources.intake.pdf_writer import show
from tests.sources.intake.pdf_writer import write as write_pdf

pytestmark = pytest.mark.django_db
PDF = write_pdf([[show(72, 760, "Saksi melihat uang tunai")], [show(72, 760, "di rumah terdakwa.")]])
NAME = "putusan.pdf"


@pytest.fixture(autouse=True)
def _files_of_this_test(settings: Any, tmp_path: Path) -> None:
    settings.CASEDB_FILES_DIR = tmp_path / "files"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / NAME).write_bytes(PDF)
    return tmp_path / "documents"


def quoted(capture: Capture, words: str, key: str = "aim") -> Source:
    """The source of a copy, which tells of itself by these words; they are judged as at the desk."""
    start = capture.text.index(words)
    excerpt = Excerpt.objects.create(capture=capture, exact=words, start=start, end=start + len(words))
    keep_judgement([excerpt], judgement_of(capture, [(start, excerpt.end)]))
    sentence = {"statement_id": "Tujuan.", "statement_en": "An aim."}
    statement = SourceStatement.objects.create(source=capture.source, key=key, aspect="aim", **sentence)
    SourceStatementExcerpt.objects.create(statement=statement, excerpt=excerpt)
    return capture.source


def dossier_of(source: Source) -> str:
    return dump_text(Source.objects.get(pk=source.pk))


def wiped(source: Source) -> dict[str, str]:
    """The dossier of a source of which nothing is left in the database or among the files."""
    dossier = {f"sources/{source.slug}.yaml": dossier_of(source)}
    names = list(Capture.objects.values_list("file", flat=True))
    for rows in (SourceStatement, Excerpt, Capture, Source):
        rows.objects.all().delete()
    for name in names:
        files.remove(name)
    return dossier


def restored(dossier: dict[str, str], by: Any, **given: Any) -> Capture:
    save(check(dossier, **given), by={"": by}, origin="import")
    return Capture.objects.get()


def lock_of(path: Path, dossier: dict[str, str], documents: Path) -> Lock:
    write(path / LOCK_NAME, check(dossier, documents=documents).quotes)
    return Lock(path / LOCK_NAME)


def test_text_pages_and_file_come_back_where_the_file_is_at_hand(documents, curator):
    before = kept(PDF, file_name=NAME)
    dossier = wiped(quoted(before, "uang tunai"))
    after = restored(dossier, curator, documents=documents)
    names = ("id", "text", "page_map", "extractor", "extractor_version", "file_sha256", "file_size", "media_type")
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]
    assert bytes(after.layout) == bytes(before.layout)
    assert files.path_of(after.file).read_bytes() == PDF
    assert PageCheck.objects.get().state == "true"
    assert dossier_of(Source.objects.get()) == next(iter(dossier.values()))


def test_without_the_file_its_pages_and_what_was_seen_of_them_stay_known(documents, curator, tmp_path):
    before = kept(PDF, file_name=NAME)
    dossier = wiped(quoted(before, "uang tunai"))
    lock = lock_of(tmp_path, dossier, documents)
    (documents / NAME).unlink()
    after = restored(dossier, curator, lock=lock)
    assert (after.text, after.layout, after.file) == ("", None, "")
    assert (after.page_map, after.file_sha256) == (before.page_map, before.file_sha256)
    assert PageCheck.objects.get().state == "true"
    assert dossier_of(Source.objects.get()) == next(iter(dossier.values()))


def test_another_file_of_that_name_is_not_taken_for_it(documents, curator, tmp_path):
    dossier = wiped(quoted(kept(PDF, file_name=NAME), "uang tunai"))
    (documents / NAME).write_bytes(write_pdf([[show(72, 760, "Saksi melihat uang tunai")]]))
    with pytest.raises(InvalidDossiersError, match="does not have the SHA-256"):
        check(dossier, documents=documents)


def test_the_geometry_of_the_page_counts_and_not_what_a_dossier_says_of_it(curator):
    source = quoted(kept(PDF, file_name=NAME), "uang tunai")
    told = dossier_of(source).replace("state: 'true'", "state: stitched").replace("state: true", "state: stitched")
    assert "state: stitched" in told
    PageCheck.objects.all().delete()
    save(check({f"sources/{source.slug}.yaml": told}), by={"": curator}, origin="import")
    assert PageCheck.objects.get().state == "true"


def test_nothing_stays_of_a_file_whose_dossier_could_not_be_saved(documents, curator, settings, monkeypatch):
    dossier = wiped(quoted(kept(PDF, file_name=NAME), "uang tunai"))
    batch = check(dossier, documents=documents)
    [bundle] = batch.bundles
    capture = next(row for row, _entry in bundle.rows if isinstance(row, Capture))
    capture.text_length = 0  # the database refuses it
    with pytest.raises(InvalidDossiersError, match="the database refused it"):
        save(batch, by={"": curator}, origin="import")
    assert [path for path in Path(settings.CASEDB_FILES_DIR).iterdir() if path.is_file()] == []


def test_a_quote_of_an_older_copy_says_of_which(documents, curator):
    older = kept(PDF, file_name=NAME, captured_at="2026-11-01T00:00:00Z")
    source = quoted(older, "uang tunai")
    assert "capture:" not in dossier_of(source)
    newer = write_pdf([[show(72, 760, "Halaman baru. Saksi melihat uang tunai")]])
    (documents / "baru.pdf").write_bytes(newer)
    quoted(kept(newer, source=source, file_name="baru.pdf", captured_at="2026-11-02T00:00:00Z"), "uang tunai", "aim-2")
    cited = set(Excerpt.objects.values_list("capture", "start"))
    made = wiped(source)
    [(name, text)] = made.items()
    assert text.count(f"capture: {older.text_sha256[:12]}") == 1
    with pytest.raises(InvalidDossiersError, match="hold a copy whose SHA-256 begins with ffffffffffff"):
        check({name: text.replace(older.text_sha256[:12] + "\n", "f" * 12 + "\n")}, documents=documents)
    save(check(made, documents=documents), by={"": curator}, origin="import")
    assert set(Excerpt.objects.values_list("capture", "start")) == cited
    assert dossier_of(source) == text


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("pages: 0 25", "pages: 25 0", "in their order"),
        ("pages: 0 25", "pages: satu", "in their order"),
        ("by: pypdfium2", "by: ''", "by: is required"),
        ("size: ", "size: x", "not a whole number"),
        ("file_sha256: ", "file_sha256: z", "64 hexadecimal digits"),
    ],
)
def test_what_a_dossier_says_wrongly_of_a_file_is_a_fault_that_names_it(old, new, fault):
    capture = kept(PDF, file_name=NAME)
    dossier = dossier_of(capture.source)
    assert old in dossier
    with pytest.raises(InvalidDossiersError, match=fault):
        check({f"sources/{capture.source.slug}.yaml": dossier.replace(old, new)})


def test_the_file_itself_among_the_documents_is_not_its_text(documents, curator, tmp_path):
    dossier = wiped(quoted(kept(PDF, file_name=NAME), "uang tunai"))
    lock = lock_of(tmp_path, dossier, documents)
    restored(dossier, curator, lock=lock)
    assert text_of(Capture.objects.get(), documents) is None
