"""Lists: what is asked for, and nothing else. The search has tests of its own."""

import json
import re

import pytest
from django.utils import timezone

from cases.models import Record, RecordLink
from tests.factories import make_actor, make_case, make_place
from tests.public.conftest import read, text_of


@pytest.mark.usefixtures("seeded")
class TestFilters:
    def test_a_place_narrows_the_list(self, client):
        page = read(client, "/collaborations/?place=bekasi")
        assert "bekasi-telkom-smart-city" in page
        assert "bekasi-telkom-smart-city" not in read(client, "/collaborations/?place=bandung")

    def test_a_topic_narrows_the_list(self, client):
        assert "cctv-dan-jasa-internet" in read(client, "/cases/?topic=cctv")
        assert "cctv-dan-jasa-internet" not in read(client, "/cases/?topic=covid-19")

    def test_places_can_be_narrowed_to_those_that_lie_in_another(self, client):
        page = read(client, "/places/?place=jawa-barat")
        assert 'href="/places/bandung/"' in page
        assert 'href="/places/indonesia/"' not in page

    def test_words_are_looked_for_in_names_and_statements(self, client):
        assert "pt-telkom" in read(client, "/actors/?q=TELEKOMUNIKASI")
        assert "cctv-dan-jasa" in read(client, "/cases/?q=thailand")
        assert "cctv-dan-jasa" not in read(client, "/cases/?q=thailand+zzz")

    def test_the_form_keeps_what_was_asked(self, client):
        page = read(client, "/cases/?place=bandung&q=uang")
        assert 'value="uang"' in page
        assert '<option value="bandung" selected>' in page

    def test_a_percent_sign_is_a_character_and_not_a_wildcard(self, client):
        assert "Nothing in the record fits" in read(client, "/en/actors/?q=zz%25")


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(
    "path", ["/", "/cases/", "/topics/social-assistance/", "/places/dki-jakarta/", "/cases/?as_of="]
)
def test_a_lead_says_who_says_it_and_through_whom_and_calls_no_reading_note_a_dispute(client, path):
    today = timezone.localdate() if path.endswith("=") else ""
    page = text_of(read(client, f"/en{path}{today}"))
    told = page[page.index("recorded about 1,409") :][:500]
    assert "alleged · according to Koalisi Reformasi Perlindungan Sosial, as told in R. Haryanti, 2021" in told
    assert "disputed" not in page


def test_a_speaker_for_whom_a_card_has_no_room_is_named_all_the_same(client, published):
    speaker = make_actor("Forum Warga " + "Panjang " * 20, slug="forum-warga")
    case = make_case(topics=["cctv", "smart-city"])
    case.places.set([make_place(f"Kota {number}") for number in range(8)])
    words = {"statement_id": "Kata. " * 33, "statement_en": "Word. " * 33}
    case.claims.update(said_by_source=None, said_by_actor=speaker, **words)
    published(case)
    assert "title" not in json.loads(Record.objects.get(object_id=case.id).card)["lead"]["said_by"]["actor"]
    assert 'href="/actors/forum-warga/">Forum Warga' in read(client, "/cases/")


@pytest.mark.usefixtures("seeded")
def test_places_stand_under_the_places_in_which_they_lie_with_true_counts(client):
    page = read(client, "/en/places/").partition('class="tree"')[2]
    west_java = page[page.index('href="/en/places/jawa-barat/"') :]
    assert re.match(r'[^<]*>[^<]*</a> <span class="faint">province[^<]*</span>\s*<ul>', west_java)
    assert west_java.index('href="/en/places/bandung/"') < west_java.index("</ul>")
    assert page.count('<a href="/en/places/') == Record.objects.current().filter(kind="place").count()
    bandung = Record.objects.current().get(kind="place", slug="bandung")
    links = RecordLink.objects.current().filter(part="place", target=str(bandung.object_id))
    named = links.values("record").distinct().count()
    assert named > 1
    assert re.search(rf'href="/en/places/bandung/">[^<]*</a> <span class="faint">city · {named} records', page)


@pytest.mark.usefixtures("seeded")
def test_narrowed_places_are_a_list_as_any_other(client):
    assert 'class="tree"' not in read(client, "/places/?q=bandung")
    assert 'class="cards"' in read(client, "/places/?q=bandung")


@pytest.mark.usefixtures("seeded")
def test_an_actor_stands_with_the_office_that_sources_give_and_how_many_records_name_it(client):
    page = text_of(read(client, "/en/actors/?q=yana+mulyana"))
    assert re.search(r"Yana Mulyana Named as Mayor of Bandung[^.]* named in 1 record\b", page, re.IGNORECASE)
    telkom = Record.objects.current().get(kind="actor", slug="pt-telkom")
    links = RecordLink.objects.current().filter(target=str(telkom.object_id), claim_id__isnull=False)
    named = links.exclude(record=telkom).values("record").distinct().count()
    assert named > 1
    assert f"named in {named} records" in text_of(read(client, "/en/actors/?q=telekomunikasi+indonesia"))


def test_an_office_that_is_only_alleged_is_not_told(client, published):
    office, holder = make_actor("Ketua Forum", slug="ketua-forum"), make_actor("Budi", slug="budi")
    case = make_case()
    claim = case.claims.get()
    claim.parties.create(part="holder", who=holder)
    claim.parties.create(part="body", who=office)
    case.claims.update(kind="tie", aspect="holds_office", standing="alleged")
    published(case)
    assert "Named as" not in read(client, "/en/actors/?q=budi")


@pytest.mark.usefixtures("seeded")
def test_the_list_of_actors_costs_a_constant_number_of_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/en/actors/")
