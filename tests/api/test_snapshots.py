"""A snapshot: the record as files, the same as the API gives them, made whole or not at all."""

import io
import json
from json import loads

import pytest
from django.core.management import CommandError, call_command

from cases.documents.kinds import FOLDERS
from cases.exports import batches
from cases.exports.manifest import EXPORT_FILES
from cases.publication.acts import withdraw
from tests.api.test_exports import current_texts, fetch

pytestmark = pytest.mark.django_db


def test_a_snapshot_holds_every_document_and_every_export(api, world, published, tmp_path):
    folder = tmp_path / "out"
    call_command("snapshot", folder, site="https://example.org", verbosity=0, stdout=io.StringIO())
    for text in current_texts():
        document = loads(text)
        place = folder / "api/v1" / FOLDERS[document["kind"]] / document["slug"] / "index.json"
        assert place.read_text() == text
    for name in EXPORT_FILES:
        if name not in ("entities.ftm.json", "record.sqlite"):  # the first names the site
            assert (folder / "api/v1/export" / name).read_bytes() == fetch(api, name), name
    manifest = json.loads((folder / "api/v1/export/index.json").read_text())
    assert manifest == api.read("export/").json()
    published(withdraw(world.system, "error"))
    call_command("snapshot", folder, site="https://example.org", stdout=io.StringIO())
    assert not (folder / "api/v1/systems/aplikasi-lapor").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_lists_of_a_snapshot_are_those_of_the_api_and_lead_from_file_to_file(api, world, tmp_path, monkeypatch):
    monkeypatch.setattr("cases.management.commands.snapshot.PAGE_SIZE", 2)
    folder = tmp_path / "out"
    call_command("snapshot", folder, site="https://example.org", stdout=io.StringIO())
    for name in (*FOLDERS.values(), "claims", "excerpts"):
        page = json.loads((folder / f"api/v1/{name}/index.json").read_text())
        assert page.keys() == api.read(f"{name}/", limit=2).json().keys()
        assert page["query"] == api.read(f"{name}/", limit=2).json()["query"] | {"limit": 2}
        assert page["previous"] is None
        results, address = page["results"], f"/api/v1/{name}/index.json"
        while page["next"]:
            before, address = address, page["next"]
            page = json.loads((folder / address.lstrip("/")).read_text())
            assert page["previous"] == before
            assert len(page["results"]) <= 2
            results += page["results"]
        assert results == api.read(f"{name}/", limit=200).json()["results"], name
        assert len(list((folder / f"api/v1/{name}").glob("*.json"))) == max(1, -(-len(results) // 2))


def test_the_topics_and_the_feed_of_a_snapshot_are_those_of_the_api(api, world, tmp_path, monkeypatch):
    monkeypatch.setattr("cases.management.commands.snapshot.PAGE_SIZE", 2)
    folder = tmp_path / "out/api/v1"
    call_command("snapshot", tmp_path / "out", site="https://example.org", stdout=io.StringIO())
    assert json.loads((folder / "topics/index.json").read_text()) == api.read("topics/").json()
    assert json.loads((folder / "topics/cctv/index.json").read_text()) == api.read("topics/cctv/").json()
    pages, following = [], "/api/v1/changes/index.json"
    while following:
        pages.append(json.loads((tmp_path / "out" / following.lstrip("/")).read_text()))
        following = pages[-1]["next"]
    whole = api.read("changes/", limit=200).json()
    assert [row for page in pages for row in page["results"]] == whole["results"]
    assert pages[0].keys() == whole.keys()
    assert (pages[0]["head"], pages[-1]["next_after"]) == (whole["head"], whole["next_after"])
    assert len(pages) == -(-len(whole["results"]) // 2) > 2


def test_a_snapshot_goes_on_where_it_was_stopped_and_forgets_older_ones(api, world, tmp_path):
    seq = batches.pin().seq
    kept = tmp_path / f"out.partial-{seq}/api/v1/export/sources.bib"
    kept.parent.mkdir(parents=True)
    kept.write_text("from the run that was stopped")
    (tmp_path / "out.partial-1").mkdir()
    call_command("snapshot", tmp_path / "out", site="https://example.org", stdout=io.StringIO())
    assert (tmp_path / "out/api/v1/export/sources.bib").read_text() == "from the run that was stopped"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_snapshot_replaces_no_folder_that_is_not_one(world, tmp_path):
    (tmp_path / "mine").write_text("x")
    with pytest.raises(CommandError, match="no snapshot"):
        call_command("snapshot", tmp_path, site="https://example.org")
    assert (tmp_path / "mine").read_text() == "x"
