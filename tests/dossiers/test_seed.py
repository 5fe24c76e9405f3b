"""Seeding: all of it or nothing, once, and never over the desk's own work."""

import pytest
from django.contrib.auth.models import User

from cases.dossiers.drafts import note
from cases.dossiers.load import BadDossiers
from cases.dossiers.seed import seed
from cases.models import Actor, Case, Draft, Place, Publication, Record, Revision
from cases.publication.acts import withdraw
from cases.publication.ledger import current_document
from cases.publication.publish import NotPublishable, publish
from cases.publication.verify import verify
from sources.models import Excerpt
from tests.dossiers.samples import TEXT, lock, make_documents, make_dossiers, make_folder, put, row_counts, title

pytestmark = pytest.mark.django_db
CASE, ACTOR, SOURCE = "cases/cctv-contoh", "actors/pt-misal", "sources/skripsi-contoh"


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path)


def change(folder, name: str, **fields) -> None:
    dossier = make_dossiers()[name] | fields
    put(folder, {name: dossier})
    lock(folder, make_documents(folder.parent))


def test_seeding_loads_and_publishes_everything_that_is_cited_or_a_subject(folder):
    result = seed(folder)
    assert len(result.loaded) == 9
    assert {revision.action for revision in result.published} == {"publish"}
    assert set(Record.objects.current().values_list("slug", flat=True)) == {
        "cctv-contoh",
        "contoh-misal",
        "aplikasi-contoh",
        "pemkot-contoh",
        "pt-misal",
        "contoh",
        "provinsi-contoh",
        "skripsi-contoh",
        "karya-lain",
    }
    assert list(verify()) == []


def test_whoever_is_named_in_a_dossier_cannot_log_in(folder):
    seed(folder)
    assert set(User.objects.values_list("username", flat=True)) == {"desk", "second-reader"}
    assert not [user for user in User.objects.all() if user.has_usable_password() or user.is_staff]
    published = Publication.objects.select_related("by", "reviewer")
    assert {(row.by.username, row.reviewer.username) for row in published} == {("desk", "second-reader")}


def test_a_second_seeding_writes_no_row_in_any_table(folder):
    seed(folder)
    before = row_counts()
    again = seed(folder)
    assert (again.loaded, again.published, again.kept) == ([], [], [])
    assert row_counts() == before


def test_a_second_seeding_asks_one_question(folder, django_assert_num_queries):
    seed(folder)
    with django_assert_num_queries(1):
        seed(folder)


def test_a_changed_file_is_loaded_and_published_as_a_correction(folder):
    seed(folder)
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
    seed(folder)
    change(folder, CASE, title=title("CCTV Kota Contoh, tahap dua"))
    result = seed(folder)
    assert result.loaded == [CASE]
    assert [(r.kind, r.action, r.version) for r in result.published] == [("case", "correct", 2)]
    case = Case.objects.get()
    assert [place.slug for place in case.places.all()] == ["contoh"]
    assert case.responses.get().who.slug == "pt-misal"
    assert list(verify()) == []


def test_a_file_that_goes_back_to_what_it_was_is_loaded_again(folder):
    seed(folder)
    change(folder, ACTOR, title=title("PT Misal Jaya"))
    seed(folder)
    change(folder, ACTOR)
    assert seed(folder).loaded == [ACTOR]
    assert Actor.objects.get(slug="pt-misal").title_id == "PT Misal"
    assert current_document(Actor.objects.get(slug="pt-misal").id)["title"] == title("PT Misal")


def test_a_file_that_says_the_same_in_other_words_is_loaded_and_published_not_again(folder):
    seed(folder)
    path = folder / f"{ACTOR}.yaml"
    path.write_text("# a comment\n" + path.read_text())
    result = seed(folder)
    assert (result.loaded, result.published) == ([ACTOR], [])


def test_what_the_desk_edited_since_is_left_alone_and_named(folder, curator):
    seed(folder)
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
    seed(folder)
    actor = Actor.objects.get(slug="pt-misal")
    Draft.objects.filter(object_id=actor.id).delete()
    note(actor, by=curator, origin="import")
    path.write_text(path.read_text() + "# new\n")
    assert seed(folder).kept == [ACTOR]


def test_what_the_desk_withdrew_stays_withdrawn(folder, curator, reviewer):
    seed(folder)
    case = Case.objects.get()
    publish([withdraw(case, "error")], by=curator, reviewer=reviewer, reason="Keliru")
    change(folder, CASE, title=title("CCTV Kota Contoh, tahap dua"))
    result = seed(folder)
    assert (result.loaded, result.published) == ([CASE], [])
    assert not Record.objects.current().filter(kind="case").exists()


def test_one_fault_and_nothing_is_loaded_or_published(folder):
    before = row_counts()
    change_raw(folder, CASE, "standing: potential", "standing: proven")
    with pytest.raises(BadDossiers) as caught:
        seed(folder)
    assert [(f.file, f.field) for f in caught.value.faults] == [(f"{CASE}.yaml", "standing")]
    assert row_counts() == before


def test_one_blocker_and_nothing_is_loaded_or_published(folder):
    before = row_counts()
    change(folder, CASE, lead=[], unknowns=[])
    with pytest.raises(NotPublishable) as caught:
        seed(folder)
    said = str(caught.value)
    assert "lead is required" in said
    assert "“payer” is empty" in said
    assert "“currency” is empty" in said
    assert row_counts() == before


def test_one_person_in_both_roles_is_refused(folder):
    change(folder, CASE, reviewed_by="desk")
    with pytest.raises(NotPublishable, match="somebody else"):
        seed(folder)
    assert not Revision.objects.exists()


def change_raw(folder, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def test_a_private_span_that_comes_later_cuts_the_context_and_corrects_what_is_public(folder):
    seed(folder)
    touching = Excerpt.objects.filter(suffix__contains="digunakan")
    assert touching.exists()
    captures = make_dossiers()[SOURCE]["captures"]
    captures[0]["private"].append(f"{TEXT.index('digunakan')}-{TEXT.index('digunakan') + 9}")
    change(folder, SOURCE, captures=captures)
    result = seed(folder)
    assert SOURCE in result.loaded
    assert CASE in result.loaded
    assert ("case", "correct") in {(r.kind, r.action) for r in result.published}
    assert not touching.exists()
    assert "digunakan" not in str(current_document(Case.objects.get().id))
    assert list(verify()) == []


class TestTheLock:
    def test_a_quote_that_the_lock_does_not_hold_is_refused(self, folder):
        change_raw(folder, CASE, "words: uang tunai senilai 2,5 miliar", "words: uang tunai senilai 9,5 miliar")
        with pytest.raises(BadDossiers, match=r"cctv-contoh.yaml · claims cash › cites 1 · words: .*quotes\.lock"):
            seed(folder)
        assert not Draft.objects.exists()

    def test_a_quote_at_another_place_than_the_lock_says_is_refused(self, folder):
        change_raw(folder, CASE, "at: 118", "at: 119")
        with pytest.raises(BadDossiers, match=r"quotes\.lock"):
            seed(folder)

    @pytest.mark.parametrize("part", ["prefix", "suffix"])
    def test_a_context_that_was_changed_in_the_lock_is_refused(self, folder, part):
        path = folder / "quotes.lock"
        text = path.read_text()
        changed = (
            text.replace("Adanya ", "Konon ", 1)
            if part == "prefix"
            else text.replace(" itu berpotensi", " itu pasti", 1)
        )
        assert changed != text
        path.write_text(changed)
        with pytest.raises(BadDossiers, match=r"sources/skripsi-contoh\.yaml: its quotes differ from quotes\.lock"):
            seed(folder)

    def test_a_source_whose_text_is_not_the_locked_one_is_refused(self, folder):
        path = folder / "quotes.lock"
        path.write_text(path.read_text().replace('"text_sha256": "', '"text_sha256": "0', 1))
        with pytest.raises(BadDossiers, match=r"not the one in quotes\.lock"):
            seed(folder)

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"a": {}}', "null", '"x"'])
    def test_a_lock_that_cannot_be_read_is_a_fault(self, folder, text):
        (folder / "quotes.lock").write_text(text)
        with pytest.raises(BadDossiers, match=r"^quotes\.lock: cannot be read"):
            seed(folder)
        assert not Draft.objects.exists()

    def test_without_a_lock_and_without_the_text_nothing_is_loaded(self, folder):
        (folder / "quotes.lock").unlink()
        with pytest.raises(BadDossiers, match="neither the text nor a lock"):
            seed(folder)

    def test_with_the_text_at_hand_every_quote_is_checked_in_full(self, folder, tmp_path):
        (folder / "quotes.lock").unlink()
        assert seed(folder, documents=tmp_path / "documents").published
        change_raw(folder, CASE, "words: itu tidak benar", "words: itu tidak salah")
        with pytest.raises(BadDossiers, match="Nearest: “itu tidak benar”"):
            seed(folder, documents=tmp_path / "documents")

    def test_what_the_lock_alone_gives_stands_in_the_text_word_for_word(self, folder, tmp_path):
        seed(folder)
        assert list(verify()) == []
        assert list(verify(tmp_path / "documents")) == []
        for e in Excerpt.objects.all():
            shown = e.prefix + e.exact + e.suffix
            assert TEXT[e.start - len(e.prefix) : e.end + len(e.suffix)] == shown
            assert "Melati" not in shown
        assert "Melati" not in (folder / "quotes.lock").read_text()


def test_two_seedings_of_a_place_tree_give_the_same_tree(folder):
    seed(folder)
    change(folder, "places/provinsi-contoh", title=title("Provinsi Contoh Raya"))
    seed(folder)
    assert Place.objects.get(slug="contoh").parent.title_id == "Provinsi Contoh Raya"
    assert list(verify()) == []
