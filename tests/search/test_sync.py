"""The index follows the ledger, and what is missing, damaged, old or of another ledger is made again by itself."""

import json
import resource
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.models import Record
from cases.publication import hooks
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from cases.publication.redact import redact
from cases.search.find import SearchRequest, search
from cases.search.index import engine, index_files, sync
from tests.factories import both, make_case
from tests.search.conftest import paths

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(settings, tmp_path) -> Path:
    settings.CASEDB_SEARCH_DIR = tmp_path / "search"
    return tmp_path / "search"


@pytest.fixture
def cases(root, published):
    found = [make_case(f"Perkara {name}") for name in ("pagi", "siang", "malam")]
    published(*found)
    return found


def state(root: Path) -> dict:
    return json.loads((root / "current.json").read_text())


def spoil(root: Path) -> None:
    """Put another file in place of every one of the index that holds words.

    Not written over: a thread of the engine may still have the old one mapped, and to cut it short kills the process.
    """
    for file in list((root / state(root)["folder"]).iterdir()):
        if file.suffix in (".term", ".idx", ".store", ".pos", ".fast") or file.name == "meta.json":
            file.unlink()
            file.write_bytes(b"not an index")


def test_a_missing_index_is_made_by_the_first_search(cases, root):
    assert not root.exists()
    assert search(SearchRequest("perkara")).total == 3
    assert state(root)["seq"] == Record.objects.current().order_by("-since_seq").first().since_seq


@pytest.mark.parametrize("harm", ["spoilt", "gone", "words spoilt", "old", "unreadable"])
def test_an_index_that_cannot_serve_is_made_again_and_nobody_sees_an_error(cases, root, harm, caplog):
    search(SearchRequest("perkara"))
    folder = root / state(root)["folder"]
    if harm == "spoilt":
        spoil(root)
    elif harm == "gone":
        shutil.rmtree(folder)
    elif harm == "words spoilt":
        (folder / "words/meta.json").write_bytes(b"not an index")
    elif harm == "old":
        (root / "current.json").write_text(json.dumps(state(root) | {"format": engine.FORMAT - 1}))
    else:
        (root / "current.json").write_text("{")
    index_files._open_indexes.clear()  # as a process that starts now
    assert search(SearchRequest("perkara")).hits or search(SearchRequest("perkara")).hits
    assert paths("pagi") == [f"cases/{cases[0].slug}"]
    assert "rebuilt" in caplog.text


def test_an_index_of_another_ledger_is_not_believed(cases, root):
    search(SearchRequest("perkara"))
    (root / "current.json").write_text(json.dumps(state(root) | {"commitment": "0" * 64}))
    make_case("Perkara rahasia")
    assert search(SearchRequest("perkara")).total == 3
    assert state(root)["commitment"] != "0" * 64


def test_a_publication_is_searchable_as_soon_as_it_is_committed(cases, root, published):
    search(SearchRequest("perkara"))
    published(make_case("Perkara petang"))
    hooks.run_after_commit()
    assert state(root)["seq"] == Record.objects.current().order_by("-since_seq").first().since_seq
    assert len(paths("petang")) == 1


def test_a_fault_of_the_index_never_reaches_who_publishes(cases, root, published, monkeypatch, caplog):
    monkeypatch.setattr(sync, "_head", lambda: 1 / 0)
    published(make_case("Perkara petang"))
    hooks.run_after_commit()
    assert "not brought up to date" in caplog.text


@pytest.fixture(params=["below a file", "a link to nowhere", "a full disk"])
def unwritable(request, root, settings):
    """A folder in which nobody can write an index, root included."""
    (root.parent / "file").touch()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    if request.param == "below a file":
        settings.CASEDB_SEARCH_DIR = root.parent / "file" / "search"
    elif request.param == "a link to nowhere":
        root.symlink_to(root.parent / "file" / "nowhere")
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield settings.CASEDB_SEARCH_DIR
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_where_no_index_can_be_written_readers_are_answered_plainly(unwritable, published, client, caplog):
    case = make_case("Perkara pagi")
    published(case)
    hooks.run_after_commit()
    page = client.get("/en/search/?q=pagi")
    assert (page.status_code, case.slug in page.content.decode()) == (200, True)
    assert "The search index is being made." in page.content.decode()
    answer = client.get("/api/v1/search/?q=pagi").json()
    assert (answer["count"], answer["complete"]) == (1, False)
    assert client.get("/search/atom.xml?q=pagi").status_code == 200
    assert client.get("/api/v1/suggest/?q=pagi").json()["results"] == []
    assert caplog.text.count("cannot be written") == 1, "not tried again by every request"


def test_the_command_says_in_one_sentence_that_the_folder_cannot_be_written(unwritable, published):
    published(make_case("Perkara pagi"))
    for words in (["index"], ["index", "--follow"]):
        with pytest.raises(CommandError, match=f"^The search index cannot be written in {unwritable}: .+\\.$"):
            call_command(*words, verbosity=0)


def test_an_index_that_cannot_follow_any_more_goes_on_serving_and_says_what_it_lacks(cases, root, published):
    search(SearchRequest("perkara"))
    (root / "lock").unlink()
    (root / "lock").mkdir()  # not even root can open it as a file
    published(make_case("Perkara petang"))
    hooks.run_after_commit()
    found = search(SearchRequest("perkara"))
    assert (found.total, found.complete) == (3, True)
    assert "not searchable yet" in found.notices[0]
    (root / "lock").rmdir()
    sync._unwritable_until.clear()
    assert search(SearchRequest("perkara")).total == 4


def test_builds_that_fail_again_and_again_leave_one_folder_in_all(cases, root, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(sync, "_documents", lambda *_words: iter([1 / 0]))
        for _number in range(3):
            with pytest.raises(ZeroDivisionError):
                sync.rebuild()
    assert len(list(root.glob("index-*"))) == 1
    assert search(SearchRequest("perkara")).total == 3
    assert [folder.name for folder in root.glob("index-*")] == [state(root)["folder"]]


def test_many_changes_are_left_to_the_command_and_said(cases, root, published, monkeypatch):
    search(SearchRequest("perkara"))
    monkeypatch.setattr(sync, "MAX_INLINE_DOCUMENTS", 1)
    published(make_case("Perkara petang"), make_case("Perkara senja"))
    found = search(SearchRequest("perkara"))
    assert found.total == 3
    assert "not searchable yet" in found.notices[0]
    call_command("index", "--follow", verbosity=0)
    assert search(SearchRequest("perkara")).total == 5
    assert search(SearchRequest("perkara")).notices == []


def test_an_index_made_before_the_first_publication_is_made_anew(root, published, monkeypatch):
    assert search(SearchRequest("perkara")).total == 0
    monkeypatch.setattr(sync, "MAX_INLINE_DOCUMENTS", 1)
    published(make_case("Perkara petang"), make_case("Perkara senja"))
    found = search(SearchRequest("perkara"))
    assert (found.total, found.notices) == (2, [])


def test_without_an_index_a_large_record_is_searched_plainly_with_a_notice(cases, root, monkeypatch):
    monkeypatch.setattr(sync, "MAX_INLINE_BUILD_RECORDS", 2)
    found = search(SearchRequest("perkara pagi"))
    assert [hit.document.slug for hit in found.hits] == [cases[0].slug]
    assert "being made" in found.notices[0]
    assert not found.complete
    call_command("index", verbosity=0)
    assert search(SearchRequest("perkara pagi")).complete


def test_a_plain_search_says_what_it_does_not_heed(cases, root, monkeypatch):
    monkeypatch.setattr(sync, "MAX_INLINE_BUILD_RECORDS", 2)
    asked = SearchRequest("title:pagi OR siang -senja foo:x", {"kind": ["case"], "place": ["bandung"], "year": []})
    notices = search(asked).notices
    assert "these are not taken into account: place, title:, -senja, OR." in notices[1]
    assert "“foo:” is not a field" in notices[2]
    assert len(search(SearchRequest("pagi", {"kind": ["case"]})).notices) == 1


def test_one_process_writes_and_nobody_waits_for_it(cases, root, published):
    search(SearchRequest("perkara"))
    published(make_case("Perkara petang"))
    with index_files.writer_lock():
        found = search(SearchRequest("perkara"))
        assert found.total == 3
        assert "not searchable yet" in found.notices[0]
        with pytest.raises(CommandError, match="Another process"):
            call_command("index", verbosity=0)
    assert search(SearchRequest("perkara")).total == 4


def test_what_was_corrected_since_is_left_out_and_said_rather_than_shown_as_it_was(cases, root, published):
    search(SearchRequest("perkara"))
    with index_files.writer_lock():  # so that nothing brings the index up to date
        cases[0].title_id = cases[0].title_en = "Perkara lain"
        cases[0].save()
        published(cases[0])
        found = search(SearchRequest("perkara pagi"))
    assert [hit.document.slug for hit in found.hits] == []
    assert any("have changed since" in notice for notice in found.notices)


def test_while_another_process_makes_the_index_anew_the_old_one_of_another_ledger_is_not_asked(cases, root):
    search(SearchRequest("perkara"))
    (root / "current.json").write_text(json.dumps(state(root) | {"commitment": "0" * 64}))
    with index_files.writer_lock():
        found = search(SearchRequest("perkara pagi"))
    assert [hit.document.slug for hit in found.hits] == [cases[0].slug]
    assert "being made" in found.notices[0]


def test_a_rebuild_goes_on_where_it_was_interrupted_while_the_old_index_serves(cases, root, monkeypatch):
    search(SearchRequest("perkara"))
    old = state(root)["folder"]
    monkeypatch.setattr(sync, "COMMIT_DOCUMENTS", 2)
    written: list[int] = []
    write = engine.SearchIndex.write

    def interrupted(self, documents, removed=()):
        if written:
            raise KeyboardInterrupt
        written.append(write(self, documents, removed))
        return written[-1]

    monkeypatch.setattr(engine.SearchIndex, "write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sync.rebuild()
    assert state(root)["folder"] == old
    assert search(SearchRequest("perkara")).total == 3
    building = json.loads((root / "building.json").read_text())
    assert building["done"] == 2
    monkeypatch.setattr(engine.SearchIndex, "write", write)
    total = Record.objects.current().count()
    assert sync.rebuild() == total
    assert state(root)["folder"] == building["folder"]
    assert search(SearchRequest()).total == total
    assert [folder.name for folder in root.glob("index-*")] == [building["folder"]]


def test_what_was_withdrawn_after_the_last_step_of_the_index_does_not_come_back(cases, root, curator, reviewer):
    sync.rebuild()
    before = state(root)
    publish([withdraw(cases[0], "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    assert paths("pagi") == []
    (root / "current.json").write_text(json.dumps(before))  # as after a crash between the two writes
    assert paths("pagi") == []
    assert state(root)["seq"] > before["seq"]


def test_erased_words_are_in_no_file_of_the_index(cases, root, curator, reviewer):
    search(SearchRequest("perkara"))
    cases[0].title_id = cases[0].title_en = "Perkara tanpa nama"
    cases[0].save()
    people = {"by": curator, "reviewer": reviewer, "reason": both("Putusan pengadilan")}
    redact("pagi", first=[cases[0]], reason_code="court_order", **people)
    assert paths("pagi") == []
    assert paths("tanpa nama") == [f"cases/{cases[0].slug}"]
    reader = sync.searchable_index().reader
    assert reader.terms_with_prefix("name", "tanpa", 5)
    assert reader.terms_with_prefix("name", "pagi", 5) == [], "not even among what the engine counts as deleted"
