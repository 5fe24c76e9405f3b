"""The door test: a draft is nowhere, a withdrawn subject at no current door, a published one at every one."""

import json

import pytest
from django.utils import translation

from cases.documents.kinds import FOLDERS
from cases.models import Case, Claim, Collaboration, Subject, System
from cases.public.share_card.drawing import draw_neutral_card
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from sources.intake import files
from sources.models import Capture, IncomingFile
from tests import doors
from tests.factories import (
    both,
    everything_named_by,
    make_actor,
    make_capture,
    make_claim,
    make_excerpt,
    make_place,
    make_source,
)
from tests.seeding import made_once

pytestmark = pytest.mark.django_db


def make_world(word: str) -> doors.World:
    """A case, collaboration and system about one place, actor and source, every word of theirs marked."""
    title = f"{word} kota"
    source = make_source(slug=f"{word}-sumber", title=f"{word} skripsi", authors=f"{word} penulis")
    excerpt = make_excerpt(
        f"{word} tertulis di sini", make_capture(source, text=f"Bahwa {word} tertulis di sini. Selesai.")
    )
    place = make_place(title, slug=f"{word}-tempat")
    actor = make_actor(title, slug=f"{word}-aktor")
    named = {"title_id": title, "title_en": title, "topics": ["smart-city"]}
    case = Case.objects.create(slug=f"{word}-perkara", **named)
    others = {
        "collaboration": Collaboration.objects.create(slug=f"{word}-kerja-sama", **named),
        "system": System.objects.create(slug=f"{word}-sistem", system_kind="app", **named),
    }
    for subject in (case, *others.values()):
        subject.places.set([place])
        words = {"statement_id": f"{word} satu.", "statement_en": f"{word} one."}
        make_claim(subject, excerpt, [("partner", actor)], lead=1, kind="role", aspect="partner", **words)
    others["collaboration"].unknowns.create(property="instrument", reason="not_in_source")
    claim = Claim.objects.get(subject=case)
    items = {"case": case, "actor": actor, "place": place, "source": source, **others}
    return doors.World(word, case, items, str(claim.id), str(excerpt.id))


@pytest.fixture
def worlds(curator, reviewer):
    """Published, withdrawn, draft; and the published one has unpublished edits."""
    return made_once("doors", lambda: make_worlds(curator, reviewer))


def make_worlds(curator, reviewer):
    published, withdrawn, draft = make_world("kanariterbit"), make_world("kanaritarik"), make_world("kanaridraf")
    for world in (published, withdrawn):
        subjects = [world.items[kind] for kind in ("case", "collaboration", "system")]
        publish(everything_named_by(*subjects), by=curator, reviewer=reviewer, reason=both("Terbit"))
    gone = [withdraw(item, "error") for item in withdrawn.items.values()]
    publish(gone, by=curator, reviewer=reviewer, reason=both("Keliru"))
    for item in published.items.values():
        if hasattr(item, "title_id"):
            item.title_id = item.title_en = "kanarisunting"
        else:
            item.title = "kanarisunting"
        item.save()
    make_claim(published.case, statement_id="kanarisunting dua.", statement_en="kanarisunting two.")
    return published, withdrawn, draft


def read(client, address: str) -> tuple[int, str]:
    response = client.get(address)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, content.decode(errors="replace")  # one export is no text


def test_every_route_is_a_door_that_is_tested(worlds):
    world = worlds[0]
    listed = {*doors.current(world), *doors.history(world), *doors.codes(world), *doors.pictures(world), *doors.NEUTRAL}
    assert sorted(listed ^ set(doors.routes())) == []


def test_a_published_world_stands_at_every_current_door(client, worlds):
    published = worlds[0]
    for addresses in doors.current(published).values():
        for address in addresses:
            status, body = read(client, address)
            assert (status, published.word in body) == (200, True), address


def test_a_draft_is_at_no_door(client, worlds):
    _published, _withdrawn, draft = worlds
    for world in worlds:
        for table in (doors.current(world), doors.history(world), doors.NEUTRAL):
            for addresses in table.values():
                for address in addresses:
                    _status, body = read(client, address)
                    shown = body.replace(address, "").replace(f"q={draft.word}", "").replace(f'"{draft.word}"', "")
                    assert "kanarisunting" not in body, address
                    if draft.word not in address:
                        assert draft.word not in shown, address


def test_no_door_serves_a_file_or_words_that_nobody_quoted(client, curator, reviewer, settings, tmp_path):
    settings.CASEDB_FILES_DIR = tmp_path
    name, sha256, size = files.store([b"kanaribiner"])
    world = make_world("kanariberkas")
    copy = {"file": name, "file_sha256": sha256, "file_size": size, "file_metadata": {"author": "kanaripembuat"}}
    make_capture(world.items["source"], "kanarinaskah yang tidak dikutip", extractor="plain-text", **copy)
    waiting = {"file": "0" * 32, "file_name": "kanarimeja.txt", "file_sha256": "0" * 64, "file_size": 1}
    IncomingFile.objects.create(**waiting, media_type="text/plain", brought_by=curator, language="id")
    subjects = [world.items[kind] for kind in ("case", "collaboration", "system")]
    publish(everything_named_by(*subjects), by=curator, reviewer=reviewer, reason=both("Terbit"))
    listed = [*doors.current(world).values(), *doors.history(world).values(), *doors.NEUTRAL.values()]
    files.images_of(name).mkdir(parents=True)
    (files.images_of(name) / "1.webp").write_bytes(b"kanaribiner")
    folders = ("", "files/", "media/", "static/", "var/files/", "static/../files/")
    guessed = [f"/{folder}{each}" for folder in folders for each in (name, f"pages/{name}/1.webp")]
    guessed.append(f"/sources/capture/{Capture.objects.get(file=name).pk}/pages/1.webp")
    for address in [address for addresses in listed for address in addresses]:
        _status, body = read(client, address)
        never = [name, *(f"kanari{word}" for word in ("biner", "pembuat", "naskah", "meja"))]
        assert [word for word in never if word in body] == [], address
    assert {address: read(client, address)[0] for address in guessed} == dict.fromkeys(guessed, 404)
    assert "kanariberkas tertulis" in read(client, f"/excerpts/{world.excerpt}/")[1]


def test_a_draft_answers_like_what_does_not_exist(client, worlds):
    draft = worlds[2]
    for route, addresses in doors.current(draft).items():
        for address in addresses:
            if "<" in route and not any(word in route for word in doors.ALWAYS_THERE):
                status, _body = read(client, address)
                assert status == 404, address
                absent = address.replace("kanaridraf", "kanarixyzw")
                assert status == read(client, absent)[0]


def test_a_withdrawn_world_is_at_no_current_door(client, worlds):
    published, withdrawn, _draft = worlds
    for addresses in doors.current(published).values():
        for address in addresses:
            assert withdrawn.word not in read(client, address)[1], address
    for route, addresses in doors.current(withdrawn).items():
        if "<" in route and not any(word in route for word in doors.ALWAYS_THERE):
            for address in addresses:
                status, body = read(client, address)
                assert status == 410, address
                assert f"{withdrawn.word} satu" not in body, address
                assert f"{withdrawn.word} tertulis" not in body, address


def test_a_withdrawn_world_stays_readable_at_the_history_doors(client, worlds):
    withdrawn = worlds[1]
    for route, addresses in doors.history(withdrawn).items():
        bodies = [read(client, address) for address in addresses]
        assert any(withdrawn.word in body or str(withdrawn.case.id) in body for _status, body in bodies), route
        if "/v/<version" in route:
            expected = 404 if route in _sheets_of_bare_names(withdrawn) else 200
            assert all(status == expected for status, _body in bodies), route


def _sheets_of_bare_names(world: doors.World) -> set[str]:
    """The routes of the sheets that would carry a name and no statement: there is none."""
    with_claims = {kind for kind, item in world.items.items() if isinstance(item, Subject) and item.claims.exists()}
    return {f"{FOLDERS[kind]}/<slug:slug>/v/<version:number>/sheet/" for kind in {*world.items} - with_claims}


def test_a_code_is_drawn_of_what_was_public_and_of_no_draft(client, worlds):
    published, withdrawn, draft = worlds
    for world, expected in ((published, 200), (withdrawn, 200), (draft, 404)):
        for addresses in doors.codes(world).values():
            assert [read(client, address)[0] for address in addresses] == [expected]


def test_a_picture_is_drawn_of_what_was_public_and_says_nothing_of_what_is_gone(client, worlds):
    published, withdrawn, draft = worlds
    plain = set()
    for language in ("id", "en"):
        with translation.override(language):
            plain.add(draw_neutral_card())
    for route, addresses in doors.pictures(withdrawn).items():
        for address in addresses:
            assert client.get(address).content in plain, address
            with_words = client.get(
                address.replace(withdrawn.word, published.word).replace(withdrawn.claim, published.claim)
            )
            assert with_words.status_code == 200
            assert (with_words.content in plain) == route.startswith(("actors", "places", "sources")), address
    for address in [address for addresses in doors.pictures(draft).values() for address in addresses]:
        assert read(client, address)[0] == 404, address


def test_a_withdrawn_world_is_read_as_of_the_time_when_it_stood(client, worlds):
    withdrawn = worlds[1]
    document = json.loads(read(client, f"/api/v1/cases/{withdrawn.case.slug}/?version=1")[1])
    moment = document["version"]["recorded_at"]
    status, body = read(client, f"/api/v1/cases/{withdrawn.case.slug}/?as_of={moment}")
    assert status == 200, body
    assert withdrawn.word in body
    assert withdrawn.word in read(client, f"/api/v1/claims/?as_of={moment}")[1]


def test_near_misses_suggest_only_what_is_public(client, worlds):
    for address in ("/cases/kanaritarik-perkarx/", "/api/v1/cases/kanaridraf-perkarx/"):
        _status, body = read(client, address)
        assert "kanaritarik-perkara" not in body
        assert "kanaridraf-perkara" not in body
