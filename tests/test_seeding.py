"""What is copied is what was made: row for row, and as good to work on."""

import pytest
from django.contrib.auth.models import User
from django.core.serializers import serialize
from django.db import connection, transaction

from cases.dossiers.load import dossier_files
from cases.models import Case, Draft, Revision
from cases.publication.audit.verify import verify
from sources.models import Source
from tests import seeding
from tests.dossiers.samples import make_folder
from tests.factories import make_case, make_public, make_source

pytestmark = pytest.mark.django_db


def everything() -> list[str]:
    return [serialize("json", model._base_manager.order_by("pk")) for model in [User, *seeding._models()]]


def test_the_copy_is_what_was_seeded(settings, tmp_path):
    settings.CASEDB_FIXTURES = make_folder(tmp_path)
    with transaction.atomic():
        seeded = seeding.seed(settings.CASEDB_FIXTURES)
        rows, before = seeding.rows_of([User, *seeding._models()]), everything()
        transaction.set_rollback(True)
    assert len(seeded.loaded) == len(dossier_files(settings.CASEDB_FIXTURES))
    assert not Revision.objects.exists()
    seeding.put_back(rows)
    assert everything() == before
    assert list(verify()) == []


def test_the_record_is_seeded_once_in_a_run_and_copied_by_every_process(settings, tmp_path, monkeypatch):
    settings.CASEDB_FIXTURES, settings.DATA_DIR = make_folder(tmp_path), tmp_path
    first, result = seeding._record_of_the_run.__wrapped__()
    assert not Revision.objects.exists()
    settings.CASEDB_FIXTURES = tmp_path / "is-not-read-again"
    second, again = seeding._record_of_the_run.__wrapped__()
    assert (first, result) == (second, again)


def test_the_record_of_the_fixtures_is_whole_and_as_good_to_work_on():
    seeding.seed_fixtures()
    assert list(verify()) == []
    last = Draft.objects.latest("pk")
    assert Draft.objects.create(object_kind="source", object_id=make_source().pk, dossier="-", by=last.by).pk > last.pk


@pytest.mark.postgresql
def test_the_next_keys_come_after_those_that_another_process_gave():
    seeding.seed_fixtures()
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('cases_draft', 'id'), 1)")
    with transaction.atomic():
        seeded = seeding.rows_of([Draft])
        Draft.objects.all().delete()
        seeding.put_back(seeded)
    last = Draft.objects.latest("pk")
    assert Draft.objects.create(object_kind="source", object_id=make_source().pk, dossier="-", by=last.by).pk > last.pk


def test_where_anything_stands_it_is_seeded_in_earnest(settings, tmp_path):
    settings.CASEDB_FIXTURES = make_folder(tmp_path)
    make_source(slug="sudah-ada")
    assert seeding.seed_fixtures().loaded
    assert Source.objects.filter(slug="sudah-ada").exists()


def test_what_is_made_once_is_copied_and_a_test_that_changes_it_changes_its_own(curator, reviewer):
    def build() -> Case:
        case = make_case()
        make_public(case, by=curator, reviewer=reviewer)
        return case

    with transaction.atomic():
        case = seeding.made_once("test_seeding", build)
        before = everything()
        case.title_id = "Lain"
        case.save()
        transaction.set_rollback(True)
    again = seeding.made_once("test_seeding", build)
    assert (again, again.title_id == "Lain") == (case, False)
    assert everything() == before
    assert list(verify()) == []


def test_what_is_made_beside_other_rows_is_not_kept():
    make_source()
    assert seeding.made_once("beside", make_case) != seeding.made_once("beside", make_case)
    assert "beside" not in seeding._made
