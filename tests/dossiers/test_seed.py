"""Seeding: all of it or nothing, once, and never over the desk's own work."""

from json import loads

import pytest
from django.contrib.auth.models import User

from cases.dossiers.load import InvalidDossiersError
from cases.dossiers.seed import seed
from cases.models import Draft, Publication, Record, Revision
from cases.publication.audit.verify import verify
from cases.publication.errors import NotPublishableError
from sources.models import Excerpt
from tests.dossiers.samples import TEXT, make_dossiers, make_folder, put, row_counts

pytestmark = pytest.mark.django_db
CASE, ACTOR, SOURCE = "cases/cctv-contoh", "actors/pt-misal", "sources/skripsi-contoh"


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path)


def change(folder, name: str, **fields) -> None:
    put(folder, {name: make_dossiers()[name] | fields})


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


def test_its_reason_does_not_sound_like_a_prosecution(folder):
    """“Berkas perkara” is what police and prosecutors hand on; the reason stands beside the names of people."""
    [reason] = {str(loads(revision.body.document)["version"]["reason"]) for revision in seed(folder).published}
    assert "perkara" not in reason


def test_whoever_is_named_in_a_dossier_cannot_log_in(folder):
    seed(folder)
    assert set(User.objects.values_list("username", flat=True)) == {"desk", "second-reader"}
    assert not [user for user in User.objects.all() if user.has_usable_password() or user.is_staff]
    published = Publication.objects.select_related("by", "reviewer")
    assert {(row.by.username, row.reviewer.username) for row in published} == {("desk", "second-reader")}


def test_one_fault_and_nothing_is_loaded_or_published(folder):
    before = row_counts()
    change_raw(folder, CASE, "standing: potential", "standing: proven")
    with pytest.raises(InvalidDossiersError) as caught:
        seed(folder)
    assert [(f.file, f.field) for f in caught.value.faults] == [(f"{CASE}.yaml", "standing")]
    assert row_counts() == before


def test_one_blocker_and_nothing_is_loaded_or_published(folder):
    before = row_counts()
    change(folder, CASE, lead=[], unknowns=[])
    with pytest.raises(NotPublishableError) as caught:
        seed(folder)
    said = str(caught.value)
    assert "lead is required" in said
    assert "“payer” is empty" in said
    assert "“currency” is empty" in said
    assert row_counts() == before


def test_one_person_in_both_roles_is_refused(folder):
    change(folder, CASE, reviewed_by="desk")
    with pytest.raises(NotPublishableError, match="somebody else"):
        seed(folder)
    assert not Revision.objects.exists()


def change_raw(folder, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


class TestTheLock:
    def test_a_quote_that_the_lock_does_not_hold_is_refused(self, folder):
        change_raw(folder, CASE, "words: uang tunai senilai 2,5 miliar", "words: uang tunai senilai 9,5 miliar")
        with pytest.raises(
            InvalidDossiersError, match=r"cctv-contoh.yaml · claims cash › cites 1 · words: .*quotes\.lock"
        ):
            seed(folder)
        assert not Draft.objects.exists()

    def test_a_quote_at_another_place_than_the_lock_says_is_refused(self, folder):
        change_raw(folder, CASE, "at: 118", "at: 119")
        with pytest.raises(InvalidDossiersError, match=r"quotes\.lock"):
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
        with pytest.raises(
            InvalidDossiersError, match=r"sources/skripsi-contoh\.yaml: its quotes differ from quotes\.lock"
        ):
            seed(folder)

    def test_a_source_whose_text_is_not_the_locked_one_is_refused(self, folder):
        path = folder / "quotes.lock"
        path.write_text(path.read_text().replace('"text_sha256": "', '"text_sha256": "0', 1))
        with pytest.raises(InvalidDossiersError, match=r"not the one in quotes\.lock"):
            seed(folder)

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"a": 1}', '{"a": {}}', "null", '"x"'])
    def test_a_lock_that_cannot_be_read_is_a_fault(self, folder, text):
        (folder / "quotes.lock").write_text(text)
        with pytest.raises(InvalidDossiersError, match=r"^quotes\.lock: cannot be read"):
            seed(folder)
        assert not Draft.objects.exists()

    def test_without_a_lock_and_without_the_text_nothing_is_loaded(self, folder):
        (folder / "quotes.lock").unlink()
        with pytest.raises(InvalidDossiersError, match="neither the text nor a lock"):
            seed(folder)

    def test_with_the_text_at_hand_every_quote_is_checked_in_full(self, folder, tmp_path):
        (folder / "quotes.lock").unlink()
        assert seed(folder, documents=tmp_path / "documents").published
        change_raw(folder, CASE, "words: itu tidak benar", "words: itu tidak salah")
        with pytest.raises(InvalidDossiersError, match="Nearest: “itu tidak benar”"):
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
