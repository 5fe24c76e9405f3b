"""Seeding again: what changed is loaded and published, what the desk did since is left alone."""

import shutil

import pytest
from django.contrib.auth.models import User

from cases.dossiers.drafts import note
from cases.dossiers.seed import seed
from cases.models import Actor, Case, Draft, Place, Record
from cases.publication.acts import withdraw
from cases.publication.audit.verify import verify
from cases.publication.ledger import current_document
from cases.publication.publish import publish
from sources.json_fields import LanguageMap
from sources.models import Excerpt
from tests.dossiers.samples import TEXT, lock, make_documents, make_dossiers, make_folder, put, row_counts, title
from tests.factories import both
from tests.shared import taken_back

CASE, ACTOR, SOURCE = "cases/cctv-contoh", "actors/pt-misal", "sources/skripsi-contoh"


@pytest.fixture(scope="module")
def seeded(tmp_path_factory, django_db_setup, django_db_blocker):
    """The sample, seeded once for all tests of this module."""
    with taken_back(django_db_blocker):
        folder = make_folder(tmp_path_factory.mktemp("seeded"))
        seed(folder)
        yield folder


@pytest.fixture
def folder(seeded, tmp_path, django_db_blocker):
    """A copy of the files, beside the record that was seeded from them."""
    with taken_back(django_db_blocker):
        yield shutil.copytree(seeded, tmp_path / "fixtures")


@pytest.fixture
def curator(folder) -> User:
    return User.objects.create_user("a-curator")


@pytest.fixture
def reviewer(folder) -> User:
    return User.objects.create_user("a-reviewer")


def change(folder, name: str, **fields) -> None:
    put(folder, {name: make_dossiers()[name] | fields})


def test_a_second_seeding_writes_no_row_in_any_table(folder):
    before = row_counts()
    again = seed(folder)
    assert (again.loaded, again.published, again.kept) == ([], [], [])
    assert row_counts() == before


def test_a_second_seeding_asks_one_question(folder, django_assert_num_queries):
    with django_assert_num_queries(1):
        seed(folder)


def test_a_changed_file_is_loaded_and_published_as_a_correction(folder):
    change(folder, ACTOR, title=title("PT Misal Jaya"))
    result = seed(folder)
    assert result.loaded == [ACTOR]
    assert {(r.kind, r.action) for r in result.published} == {
        ("actor", "correct"),
        ("case", "correct"),
        ("collaboration", "correct"),
    }
    assert list(verify()) == []
    before = row_counts()
    seed(folder)
    assert row_counts() == before


def test_a_changed_case_is_loaded_beside_what_did_not_change(folder):
    change(folder, CASE, title=title("CCTV Kota Contoh, tahap dua"))
    result = seed(folder)
    assert result.loaded == [CASE]
    assert [(r.kind, r.action, r.version) for r in result.published] == [("case", "correct", 2)]
    case = Case.objects.get()
    assert [place.slug for place in case.places.all()] == ["contoh"]
    assert case.responses.get().who.slug == "pt-misal"
    assert list(verify()) == []


def test_a_file_that_goes_back_to_what_it_was_is_loaded_again(folder):
    change(folder, ACTOR, title=title("PT Misal Jaya"))
    seed(folder)
    change(folder, ACTOR)
    assert seed(folder).loaded == [ACTOR]
    assert Actor.objects.get(slug="pt-misal").title_id == "PT Misal"
    assert current_document(Actor.objects.get(slug="pt-misal").id).titles == LanguageMap(**title("PT Misal"))


def test_a_file_that_says_the_same_in_other_words_is_loaded_and_published_not_again(folder):
    path = folder / f"{ACTOR}.yaml"
    path.write_text("# a comment\n" + path.read_text())
    result = seed(folder)
    assert (result.loaded, result.published) == ([ACTOR], [])


def test_what_the_desk_edited_since_is_left_alone_and_named(folder, curator):
    actor = Actor.objects.get(slug="pt-misal")
    actor.title_id = "PT Misal (meja)"
    actor.save()
    note(actor, by=curator)
    change(folder, ACTOR, title=title("PT Misal Jaya"))
    result = seed(folder)
    assert result.kept == [ACTOR]
    assert (result.loaded, result.published) == ([], [])
    actor.refresh_from_db()
    assert actor.title_id == "PT Misal (meja)"


def test_what_the_desk_made_before_the_file_came_is_left_alone(folder, curator):
    path = folder / f"{ACTOR}.yaml"
    actor = Actor.objects.get(slug="pt-misal")
    Draft.objects.filter(object_id=actor.id).delete()
    note(actor, by=curator, origin="import")
    path.write_text(path.read_text() + "# new\n")
    assert seed(folder).kept == [ACTOR]


def test_what_the_desk_withdrew_stays_withdrawn(folder, curator, reviewer):
    case = Case.objects.get()
    publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason=both("Keliru"))
    change(folder, CASE, title=title("CCTV Kota Contoh, tahap dua"))
    result = seed(folder)
    assert (result.loaded, result.published) == ([CASE], [])
    assert not Record.objects.current().filter(kind="case").exists()


def test_a_private_span_that_comes_later_cuts_the_context_and_corrects_what_is_public(folder):
    touching = Excerpt.objects.filter(suffix__contains="digunakan")
    assert touching.exists()
    captures = make_dossiers()[SOURCE]["captures"]
    captures[0]["private"].append(f"{TEXT.index('digunakan')}-{TEXT.index('digunakan') + 9}")
    change(folder, SOURCE, captures=captures)
    lock(folder, make_documents(folder.parent))
    result = seed(folder)
    assert SOURCE in result.loaded
    assert CASE in result.loaded
    assert ("case", "correct") in {(r.kind, r.action) for r in result.published}
    assert not touching.exists()
    assert "digunakan" not in str(current_document(Case.objects.get().id))
    assert list(verify()) == []


def test_two_seedings_of_a_place_tree_give_the_same_tree(folder):
    change(folder, "places/provinsi-contoh", title=title("Provinsi Contoh Raya"))
    seed(folder)
    assert Place.objects.get(slug="contoh").parent.title_id == "Provinsi Contoh Raya"
    assert list(verify()) == []
