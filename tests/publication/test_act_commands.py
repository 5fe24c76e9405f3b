"""`manage.py merge` and `manage.py redact`: acts on the record, by name of who does and who agrees."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from cases.models import Revision, RevisionBody
from cases.publication.audit.verify import verify
from cases.publication.ledger import current_document
from cases.publication.publish import publish
from tests.factories import both, everything_named_by, make_actor, make_case

WHY = ("--reason-id", "Sebab yang tertulis", "--reason-en", "A reason in writing")
WHO = ("--by", "a-curator", "--reviewer", "a-reviewer", *WHY)
CODE = ("--reason-code", "private_person")


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def heard(monkeypatch):
    """What stands on standard input."""
    return lambda text: monkeypatch.setattr("sys.stdin", StringIO(text))


@pytest.fixture
def case(curator, reviewer):
    """Published with a name that must go, and corrected in the working copy since."""
    case = make_case(slug="perkara")
    claim = case.claims.get()
    claim.statement_id, claim.statement_en = "Bu Kenanga melihatnya.", "Bu Kenanga saw it."
    claim.save()
    publish(everything_named_by(case), by=curator, reviewer=reviewer, reason=both("Terbit"))
    claim.statement_id, claim.statement_en = "Seorang warga melihatnya.", "A resident saw it."
    claim.save()
    return case


@pytest.mark.django_db
class TestMerge:
    @pytest.fixture
    def actors(self, curator, reviewer):
        pair = make_actor("PT Lama", slug="pt-lama"), make_actor("PT Baru", slug="pt-baru")
        publish(pair, by=curator, reviewer=reviewer, reason=both("Terbit"))
        return pair

    def test_one_becomes_part_of_the_other(self, actors):
        said = run("merge", "actors/pt-lama", "actors/pt-baru", *WHO)
        assert said == "actors/pt-lama is part of actors/pt-baru now. 2 revisions were written.\n"
        assert current_document(actors[0].id) is None
        assert [one.slug for one in current_document(actors[1].id).merged_from] == ["pt-lama"]
        assert list(verify()) == []

    @pytest.mark.parametrize(
        ("words", "complaint"),
        [
            (("actors/pt-tiada", "actors/pt-baru", *WHO), "There is no actors/pt-tiada in the working copy."),
            (("pt-lama", "actors/pt-baru", *WHO), "pt-lama does not begin with one of cases, "),
            (("actors/pt-lama", "actors/pt-lama", *WHO), "A subject is merged into another subject of its kind."),
            (
                ("actors/pt-lama", "actors/pt-baru", "--by", "nobody", *WHO[2:]),
                "There is no active user called nobody.",
            ),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_reason(self, actors, words, complaint):
        with pytest.raises(CommandError, match=complaint):
            run("merge", *words)
        assert Revision.objects.count() == 2


@pytest.mark.django_db
class TestRefusals:
    def test_a_dry_run_lists_what_holds_the_words_and_changes_nothing(self, case, heard):
        before = Revision.objects.count()
        heard("bu kenanga\n")
        said = run("redact", *WHO, *CODE, "--dry-run")
        assert said.splitlines()[0].endswith("/cases/perkara/ version 1")
        assert Revision.objects.count() == before

    def test_words_that_readers_still_see_are_not_erased(self, case, heard):
        heard("bu kenanga\n")
        with pytest.raises(CommandError, match="It still holds the words"):
            run("redact", *WHO, *CODE)

    def test_the_words_are_never_an_argument(self, case, heard):
        heard("")
        with pytest.raises(CommandError, match="standard input"):
            run("redact", *WHO, *CODE)


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("how", ["--correct", "--withdraw"])
def test_words_that_the_working_copy_holds_no_more_are_on_no_page_of_the_database(case, heard, how):
    heard("bu kenanga\n")
    if connection.vendor == "sqlite":  # Debian's build overwrites what it deletes; others do not
        connection.cursor().execute("PRAGMA secure_delete = OFF")
    said = run("redact", *WHO, *CODE, how, "cases/perkara")
    assert said.startswith("The words of 1 revisions were erased.\n")
    assert not any("Kenanga" in text for text in RevisionBody.objects.values_list("document", flat=True))
    assert list(verify()) == []
    if connection.vendor == "sqlite":
        assert b"Kenanga" not in connection.connection.serialize()
