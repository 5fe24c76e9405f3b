"""What fields offer by name at the desk: from a private index of the working copy, which follows what is committed."""

import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.admin import desk_names
from cases.models import Actor, Alias, Place
from tests.admin.conftest import at_the_desk
from tests.factories import make_actor, make_case, make_excerpt, make_place, make_source

FIELDS = {
    "subject": ("cases", "claim", "subject"),
    "actor": ("cases", "claim", "said_by_actor"),
    "source": ("cases", "claim", "said_by_source"),
    "place": ("cases", "case", "places"),
}


def offered(client, field, term):
    """What a field offers for a term, in its order."""
    asked = dict(zip(("app_label", "model_name", "field_name"), FIELDS[field], strict=True))
    response = client.get(reverse("admin:autocomplete"), asked | {"term": term})
    assert response.status_code == 200
    return [each["text"] for each in response.json()["results"]]


@pytest.mark.parametrize(
    "term", ["Wicaksana", "wicksana", "Vicaksana", "Wicaksana Bayu", "bayu wic", "bayu-wicaksana-2", "Mas Bayu", "mb"]
)
def test_a_name_is_offered_misspelt_in_part_in_another_order_and_by_alias(desk, term):
    actor = make_actor("Bayu Wicaksana", slug="bayu-wicaksana-2", actor_kind="person")
    Alias.objects.create(subject=actor, name="Mas Bayu", kind="former", excerpt=make_excerpt())
    Alias.objects.create(subject=actor, name="MB", kind="acronym", excerpt=make_excerpt(), position=1)
    make_actor("Rina Sari", slug="rina")
    for field in ("actor", "subject"):
        assert offered(desk, field, term) == ["Bayu Wicaksana"]
    assert offered(desk, "place", term) == []


def test_the_best_comes_first_and_an_acronym_stands_for_its_words(desk):
    for title in (
        "Dinas Komunikasi dan Informatika Kota Contoh Selatan",
        "Dinas Komunikasi dan Informatika Kota Contoh",
    ):
        make_actor(title)
    make_actor("Dinas Sosial Kota Contoh")
    found = offered(desk, "actor", "Dinas Komunikasi dan Informatika Kota Contoh")
    assert found == [
        "Dinas Komunikasi dan Informatika Kota Contoh",
        "Dinas Komunikasi dan Informatika Kota Contoh Selatan",
    ]
    assert offered(desk, "actor", "diskominfo contoh sel") == ["Dinas Komunikasi dan Informatika Kota Contoh Selatan"]
    assert "Dinas Sosial Kota Contoh" in offered(desk, "actor", "dinas kota zzz contoh")


def test_a_source_is_offered_by_its_authors_and_a_hyphened_word_written_as_one(desk):
    make_source(title="Wi-Fi di taman", authors="Rina Sari\nBudi Hartono")
    for term in ("hartono", "wifi", "taman wi-fi", "rina taman"):
        assert offered(desk, "source", term) == ["Wi-Fi di taman"]


def test_what_holds_no_word_offers_nothing_and_an_empty_field_everything(desk):
    make_place("Kota Contoh")
    assert offered(desk, "place", "%%") == []
    assert offered(desk, "place", "") == offered(desk, "place", " ") == ["Kota Contoh"]


def test_it_costs_as_few_queries_among_two_thousand_as_among_one_and_scans_nothing(desk):
    def queries(term):
        offered(desk, "actor", term)
        with CaptureQueriesContext(connection) as context:
            assert offered(desk, "actor", term) == ["Bayu Wicaksana"]
        return [query["sql"] for query in context if '"cases_' in query["sql"]]

    make_actor("Bayu Wicaksana", slug="bayu")
    few = queries("wicksana")
    for number in range(2000):
        make_actor(f"Pejabat {number} Contoh")
    many = queries("wicksana")
    assert len(few) == len(many) == 3  # how many names there are; how many of the best may be offered, and these
    assert not re.search("LIKE|UPPER", "".join(many))


def test_where_no_index_can_be_written_the_database_is_searched(desk, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.CASEDB_DESK_INDEX_DIR = tmp_path / "file"
    make_actor("Bayu Wicaksana", slug="bayu")
    assert offered(desk, "actor", "wicaksana") == ["Bayu Wicaksana"]
    assert offered(desk, "actor", "wicksana") == []


def test_while_another_process_makes_the_index_the_database_is_searched(desk):
    make_actor("Bayu Wicaksana", slug="bayu")
    with desk_names._writer_lock():
        assert offered(desk, "actor", "wicaksana") == ["Bayu Wicaksana"]
    assert offered(desk, "actor", "wicksana") == ["Bayu Wicaksana"]


def test_a_damaged_index_is_made_anew(desk, settings):
    make_actor("Bayu Wicaksana", slug="bayu")
    assert offered(desk, "actor", "wicksana") == ["Bayu Wicaksana"]
    for file in Path(settings.CASEDB_DESK_INDEX_DIR).rglob("meta.json"):
        file.write_text("{")
    assert offered(desk, "actor", "wicksana") == ["Bayu Wicaksana"]


class TestWhatIsCommitted:
    @pytest.fixture
    def desk(self, committed):
        return at_the_desk(User.objects.create_superuser("a-superuser"))

    def test_a_rename_an_alias_and_a_deletion_are_followed(self, desk):
        actor, place = make_actor("Bayu Wicaksana", slug="bayu"), make_place("Kota Lama")
        assert offered(desk, "subject", "wicaksana") == ["Bayu Wicaksana"]
        place.title_id = place.title_en = "Kota Baru"
        place.save()
        Alias.objects.create(subject=actor, name="Mas Jon", kind="former", excerpt=make_excerpt())
        assert offered(desk, "place", "baru") == ["Kota Baru"]
        assert offered(desk, "place", "lama") == []
        assert offered(desk, "actor", "jon") == ["Bayu Wicaksana"]
        with transaction.atomic():  # so that their number stays the same
            place.delete()
            make_place("Kota Lusa")
        assert offered(desk, "place", "kota") == ["Kota Lusa"]

    def test_what_is_undone_is_not_followed_and_what_comes_in_one_set_is_written_once(self, desk, caplog):
        make_place("Kota Lama")
        assert offered(desk, "place", "lama") == ["Kota Lama"]
        with transaction.atomic():
            Place.objects.get().delete()
            make_place("Kota Khayal")
            transaction.set_rollback(True)
        assert offered(desk, "place", "kota") == ["Kota Lama"]
        with transaction.atomic():
            for title in ("Kota Satu", "Kota Dua"):
                make_place(title)
        assert len(offered(desk, "place", "kota")) == 3
        assert not caplog.records

    def test_very_many_at_once_are_left_to_whoever_asks_next(self, desk, monkeypatch):
        make_actor("Bayu Wicaksana", slug="bayu")
        assert offered(desk, "actor", "wicksana") == ["Bayu Wicaksana"]
        with transaction.atomic():
            for number in range(desk_names.MAX_FOLLOWED + 1):
                make_actor(f"Pejabat {number}")
        assert not desk_names._folder().exists()
        assert offered(desk, "actor", "pejabat 77")[0] == "Pejabat 77"  # others may have the number in their slug
        assert Actor.objects.count() == desk_names.MAX_FOLLOWED + 2


def test_no_public_door_knows_of_the_index():
    """Nothing below or beside the desk names its folder or its module; only the settings say where it is."""
    root = Path(configured.BASE_DIR)
    paths = [path for app in ("casedb", "cases", "sources") for path in (root / app).rglob("*.py")]
    naming = {
        str(path.relative_to(root)) for path in paths if re.search("desk_names|CASEDB_DESK_INDEX_DIR", path.read_text())
    }
    desk = {
        "cases/admin/base.py",
        "cases/admin/claim_form/people.py",
        "cases/admin/claim_form/names.py",
        "cases/admin/desk_names.py",
    }
    assert naming == {"casedb/settings.py", *desk}


def test_a_name_that_only_the_desk_has_is_at_no_public_door(desk, client):
    make_case("Perkara Kanarirahasia")
    assert offered(desk, "subject", "kanarirahasia") == ["Perkara Kanarirahasia"]
    for path in ("/api/v1/suggest/?q=kanarirahasia", "/api/v1/search/?q=kanarirahasi", "/cases/kanarirahasi/"):
        assert "Perkara Kanarirahasia" not in client.get(path).content.decode()
