"""What a source tells of itself, in its dossier: read, refused, written back, locked and covered like any quote."""

from pathlib import Path
from typing import Any

import pytest

from cases.dossiers.drafts import items_citing
from cases.dossiers.dump import dump, dump_text
from cases.dossiers.load import InvalidDossiersError, check, save
from cases.dossiers.quotes_lock import Lock, write
from cases.dossiers.seed import seed
from cases.management.commands.coverage import quoted_spans
from cases.models import Subject, Unknown
from sources.models import Excerpt, Source, SourceStatement, SourceStatementExcerpt
from tests.factories import make_capture, make_excerpt, make_system
from tests.sources.telling import (
    AIM,
    MAP,
    METHOD,
    OTHER,
    OTHER_AIM,
    TEXT,
    as_files,
    cite,
    make_documents,
    make_dossiers,
)

pytestmark = pytest.mark.django_db
THESIS, STUDY, SYSTEM = "sources/skripsi-contoh", "sources/karya-lain", "systems/aplikasi-contoh"


@pytest.fixture
def documents(tmp_path):
    return make_documents(tmp_path)


@pytest.fixture
def load(documents, curator):
    def act(dossiers: dict[str, Any]) -> None:
        save(check(as_files(dossiers), documents=documents), by={"desk": curator}, origin="import")

    return act


def excerpts() -> set[str]:
    return set(Excerpt.objects.values_list("exact", flat=True))


def test_what_is_loaded_dumps_as_it_was_written(load):
    load(make_dossiers())
    for name, dossier in make_dossiers().items():
        folder, slug = name.split("/")
        item = Source.objects.get(slug=slug) if folder == "sources" else Subject.objects.get(slug=slug).specific
        kept = {key: value for key, value in dossier.items() if key not in ("extracted_by", "reviewed_by")}
        assert dump(item) == kept


def test_loading_what_was_dumped_changes_nothing(load, documents, curator):
    load(make_dossiers())
    thesis = Source.objects.get(slug="skripsi-contoh")
    text, rows = dump_text(thesis), (SourceStatement.objects.count(), SourceStatementExcerpt.objects.count())
    files = {"sources/skripsi-contoh.yaml": text + "extracted_by: desk\n"}
    save(check(files, documents=documents), by={"desk": curator}, origin="import")
    assert dump_text(thesis) == text
    assert (SourceStatement.objects.count(), SourceStatementExcerpt.objects.count()) == rows == (3, 5)


@pytest.mark.parametrize(
    ("change", "entry", "field", "reason"),
    [
        ({"aspect": "result"}, "about aim", "aspect", "result"),
        ({"aspect": ""}, "about aim", "aspect", "required"),
        ({"key": ""}, "about 1", "key", "required"),
        ({"key": "a key"}, "about a key", "key", "slug"),
        ({"statement": {"id": "", "en": ""}}, "about aim", "statement.id", "required"),
        ({"statement": {"id": "x" * 501}}, "about aim", "statement_id", "500"),
        ({"said_by": "karya-lain"}, "about aim", "said_by", "not a field here"),
        ({"cites": [cite(AIM, at="7")]}, "about aim › cites 1", "words", "They stand at 0"),
        ({"cites": [cite(AIM, relation="proves")]}, "about aim › cites 1", "relation", "proves"),
        ({"cites": [cite("Bu Melati membantu")]}, "about aim › cites 1", "words", "private person"),
        ({"cites": [cite(AIM) | {"source": "karya-lain"}]}, "about aim › cites 1", "source", "hold a copy"),
        ({"cites": [cite(AIM, locator="Bab I")]}, "about aim › cites 1", "locator", "is a map"),
    ],
)
def test_a_wrong_statement_is_refused_at_its_place(documents, change, entry, field, reason):
    dossiers = make_dossiers()
    dossiers[THESIS]["about"][0] |= change
    with pytest.raises(InvalidDossiersError) as caught:
        check(as_files(dossiers), documents=documents)
    found = [fault for fault in caught.value.faults if (fault.entry, fault.field) == (entry, field)]
    assert found, caught.value
    assert {fault.file for fault in found} == {f"{THESIS}.yaml"}
    assert any(reason in fault.reason for fault in found)


def test_a_key_stands_once_in_a_source_and_an_excerpt_once_in_a_statement(documents):
    dossiers = make_dossiers()
    dossiers[THESIS]["about"][1]["key"] = "aim"
    dossiers[STUDY]["about"][0]["cites"][1] = cite(OTHER_AIM, relation="context")
    with pytest.raises(InvalidDossiersError) as caught:
        check(as_files(dossiers), documents=documents)
    places = {(fault.file, fault.field) for fault in caught.value.faults}
    assert places == {(f"{THESIS}.yaml", "key"), (f"{STUDY}.yaml", "excerpt")}


def test_words_that_a_statement_cites_are_quoted_and_go_when_nothing_cites_them(load):
    load(make_dossiers())
    assert excerpts() == {AIM, METHOD, OTHER, OTHER_AIM, MAP}
    dossiers = make_dossiers()
    dossiers[THESIS]["about"] = []
    del dossiers[STUDY]["about"][0]["cites"][1]
    load(dossiers)
    assert excerpts() == {OTHER, OTHER_AIM, MAP}, "the claim cites one of them still"


def test_a_subject_that_drops_its_quotes_leaves_those_of_a_source(load):
    load(make_dossiers())
    dossiers = make_dossiers()
    del dossiers[SYSTEM]["claims"][0]["cites"][1]
    load({SYSTEM: dossiers[SYSTEM]})
    assert OTHER in excerpts()


def test_the_words_of_an_unknown_count_as_cited_too(load):
    load(make_dossiers())
    held = Excerpt.objects.get(exact=MAP)
    unknown = Unknown.objects.create(subject=make_system(), property="cost", reason="refused", excerpt=held)
    assert {item.pk for item in items_citing(held)} == {
        Subject.objects.get(slug="aplikasi-contoh").pk,
        unknown.subject.pk,
    }
    load(make_dossiers())
    assert Unknown.objects.get().excerpt == held


def test_words_cited_by_unknowns_alone_go_with_their_subject_s_dossier(load):
    dossiers = make_dossiers()
    refused = {"property": "cost", "reason": "refused", "cite": cite("memuat peta")}
    load(dossiers | {SYSTEM: dossiers[SYSTEM] | {"unknowns": [refused]}})
    assert "memuat peta" in excerpts()
    load(make_dossiers())
    assert "memuat peta" not in excerpts()


def test_a_source_is_told_of_by_the_excerpts_that_it_cites(load):
    load(make_dossiers())
    study, thesis = Source.objects.get(slug="karya-lain"), Source.objects.get(slug="skripsi-contoh")
    assert list(items_citing(Excerpt.objects.get(exact=OTHER_AIM))) == [study]
    assert list(items_citing(Excerpt.objects.get(exact=AIM))) == [thesis], "once, though two statements cite it"
    assert not list(items_citing(make_excerpt(AIM, make_capture(thesis, TEXT))))


def test_the_lock_holds_the_words_of_statements(documents, tmp_path):
    files = as_files(make_dossiers())
    path = tmp_path / "quotes.lock"
    write(path, check(files, documents=documents).quotes)
    assert len(check(files, lock=Lock(path)).quotes) == 7
    dossiers = make_dossiers()
    dossiers[THESIS]["about"][0]["cites"][0] = cite("menganalisis kolaborasi")
    with pytest.raises(InvalidDossiersError, match=r"about aim › cites 1 · words: .* not in quotes\.lock"):
        check(as_files(dossiers), lock=Lock(path))


def test_coverage_counts_the_words_of_statements(load):
    load(make_dossiers())
    spans = quoted_spans(Source.objects.get(slug="skripsi-contoh").captures.get(), TEXT)
    assert (TEXT.index(METHOD), TEXT.index(METHOD) + len(METHOD)) in spans


def put(folder: Path, dossiers: dict[str, Any]) -> None:
    for name, text in as_files(dossiers).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_seeding_publishes_what_sources_tell_and_corrects_it_alone(tmp_path, documents):
    folder = tmp_path / "fixtures"
    put(folder, make_dossiers())
    assert len(seed(folder, documents=documents).published) == 3
    assert not seed(folder, documents=documents).published
    dossiers = make_dossiers()
    dossiers[STUDY]["about"][0]["statement"]["id"] = "Memaparkan apa yang menghambat warga."
    put(folder, dossiers)
    [revision] = seed(folder, documents=documents).published
    assert (revision.action, str(revision.object_id)) == ("correct", dossiers[STUDY]["id"])


def test_seeding_publishes_a_work_that_a_public_source_comes_to_cite(tmp_path, documents):
    folder, dossiers = tmp_path / "fixtures", make_dossiers()
    report = {"kind": "report", "title": "Laporan", "id": "44444444-4444-4444-8444-444444444444"}
    report["captures"] = dossiers[THESIS]["captures"]
    dossiers["sources/laporan"] = dossiers[THESIS] | report | {"about": []}
    put(folder, dossiers)
    assert len(seed(folder, documents=documents).published) == 3, "nothing cites the report yet"
    dossiers[STUDY]["about"][0]["cites"][1]["source"] = "laporan"
    put(folder, dossiers)
    published = {str(each.object_id): each.action for each in seed(folder, documents=documents).published}
    assert published == {report["id"]: "publish", dossiers[STUDY]["id"]: "correct"}
