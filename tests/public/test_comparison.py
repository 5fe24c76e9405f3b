"""Collaborations side by side: who says it in every cell, and why where nothing stands."""

import csv
import io

import pytest

from cases.models import Collaboration
from cases.public.presenters.comparison import compared
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from tests.factories import both, make_actor, make_claim
from tests.public.conftest import LANGUAGES, read, text_of

TWO = "?with=bekasi-telkom-smart-city&with=semarang-telkom-smart-city"


def rows_of(client, address: str) -> list[dict[str, str]]:
    text = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("seeded")
class TestOfTheRecord:
    def test_a_cell_names_the_study_and_its_route(self, client):
        page = text_of(read(client, f"/en/compare/{TWO}"))
        assert "The Semarang City Government collaborates with PT Telkom." in page
        assert "according to Yunita Fitri, 2017, as told in" in page

    def test_an_empty_cell_says_why(self, client):
        page = text_of(read(client, f"/en/compare/{TWO}"))
        assert "Not in the part we hold. Our copy: Chapter I only (Introduction)." in page

    def test_the_csv_holds_what_the_page_shows(self, client):
        page = text_of(read(client, f"/en/compare/{TWO}"))
        rows = rows_of(client, f"/en/compare/table.csv{TWO}")
        assert len(rows) > 15
        for row in rows:
            assert bool(row["statement"]) + bool(row["empty_because"]) == (row["question"] != "Sources")
            assert " ".join((row["empty_because"] or row["collaboration"]).split()) in page
            if row["standing"]:
                assert row["said_by"]
                assert row["statement"] in page
                assert "/en/claims/" in row["address"]

    def test_the_choice_stands_in_the_address_and_is_checked(self, client):
        page = read(client, f"/en/compare/{TWO}")
        assert page.count(" checked>") == 2
        assert "bekasi-telkom-smart-city" in read(client, "/compare/?with=bekasi-telkom-smart-cit", 400)
        five = "&".join(f"with={slug}" for slug in Collaboration.objects.values_list("slug", flat=True)[:5])
        assert "4" in read(client, f"/en/compare/?{five}", 400)
        for language in LANGUAGES:
            assert "<table" not in read(client, f"{language}/compare/")

    def test_the_result_comes_first_and_each_column_is_known_by_its_city(self, client):
        page = read(client, f"/en/compare/{TWO}")
        assert page.index('id="result"') < page.index('name="with"')
        heads = page[page.index("<thead>") : page.index("</thead>")]
        assert [text for text in ("Bekasi City", "Semarang City") if text not in text_of(heads)] == []
        choices = text_of(read(client, "/compare/"))
        assert choices.index("Kota Bekasi") < choices.index("Kota Semarang")


@pytest.mark.django_db
@pytest.mark.django_db
def test_a_kept_choice_of_what_was_withdrawn_says_when_and_why(client, published, curator, reviewer):
    kept, gone = (Collaboration.objects.create(slug=slug, title_id=slug, title_en=slug) for slug in ("tetap", "pergi"))
    for each in (kept, gone):
        make_claim(each, lead=1)
        each.unknowns.create(property="instrument", reason="not_in_source")
    published(kept, gone)
    path = "/en/compare/?with=tetap&with=pergi"
    assert client.get(path).status_code == 200
    publish([withdraw(gone, "error")], by=curator, reviewer=reviewer, reason=both("Dokumen palsu"))
    page = client.get(path)
    assert page.status_code == 410
    assert "Dokumen palsu" in page.content.decode()
    assert client.get("/en/compare/?with=tetap&with=nobody").status_code == 400


def test_a_date_is_of_the_earliest_and_a_hope_is_no_date(client, published):
    one = Collaboration.objects.create(slug="kerja-sama", title_id="Kerja sama", title_en="Collaboration")
    partner = [("partner", make_actor())]
    make_claim(
        one, None, partner, kind="role", aspect="partner", start="2019", statement_en="It began in 2019.", lead=1
    )
    make_claim(one, None, partner, kind="role", aspect="partner", start="2017", statement_en="It began in 2017.")
    make_claim(one, None, partner, kind="plan", aspect="hoped", start="2001", statement_en="It was hoped for 2001.")
    one.unknowns.create(property="instrument", reason="not_in_source")
    published(one)
    starts = [row for row in rows_of(client, "/en/compare/table.csv?with=kerja-sama") if row["question"] == "Start"]
    assert [row["statement"] for row in starts] == ["It began in 2017."]


def test_nothing_compared_is_no_row_but_the_questions():
    assert [row.cells for row in compared([])] == [[]] * 8
