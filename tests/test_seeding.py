"""The copy of the seeded record is the record: row for row, and as good to work on."""

import pytest
from django.core.serializers import serialize
from django.db import transaction

from cases.models import Draft, Revision
from cases.publication.audit.verify import verify
from sources.models import Source
from tests import seeding
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def everything() -> list[str]:
    tables = set(seeding._tables())
    models = [model for model in seeding.apps.get_models(include_auto_created=True) if model._meta.db_table in tables]
    return [serialize("json", model._base_manager.order_by("pk")) for model in models]


def test_the_copy_is_what_was_seeded():
    seeding._kept.clear()
    with transaction.atomic():
        seeding.seed_fixtures()
        seeded = everything()
        transaction.set_rollback(True)
    assert not Revision.objects.exists()
    seeding.seed_fixtures()
    assert everything() == seeded
    assert list(verify()) == []
    last = Draft.objects.first()
    assert Draft.objects.create(object_kind="source", object_id=make_source().pk, dossier="-", by=last.by).pk > last.pk


def test_where_anything_stands_it_is_seeded_in_earnest():
    make_source(slug="sudah-ada")
    seeding.seed_fixtures()
    assert Source.objects.filter(slug="sudah-ada").exists()
