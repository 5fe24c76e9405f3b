"""What cannot be shown is refused with a page that helps: never a guess, never a bare error."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Record
from cases.public import error_pages
from cases.publication.acts import withdraw
from cases.publication.publish import publish
from tests.factories import both, make_case, make_claim, make_excerpt
from tests.public.conftest import CASE, one_of_each, read, text_of


@pytest.mark.usefixtures("seeded")
class TestParameters:
    def test_an_unknown_one_is_refused_on_every_page_and_the_nearest_named(self, client):
        for path in [*one_of_each(), "/robots.txt", "/sitemap.xml", "/search/"]:
            read(client, f"{path.split('?')[0]}?nonsense=1", 400)
        page = text_of(read(client, "/en/cases/?plce=bandung", 400))
        assert "plce" in page
        assert "Did you mean place?" in page

    def test_tracking_is_cut_off_for_good(self, client):
        response = client.get("/actors/?utm_source=x&place=bandung&fbclid=y")
        assert (response.status_code, response.headers["Location"]) == (301, "/actors/?place=bandung")
        assert client.get("/?utm_medium=x").headers["Location"] == "/"
        assert client.get(f"/en{CASE}?gclid=x").headers["Location"] == f"/en{CASE}"

    @pytest.mark.parametrize(
        "query",
        [
            "place=bandun",
            "topic=cctvv",
            "place=a&place=b",
            "as_of=2026-13-01",
            "as_of=2999-01-01",
            "as_of=yesterday",
            "after=nobody",
            "after=a&before=b",
            "q=%21%21%21",
            f"q={'a' * 201}",
        ],
    )
    def test_a_value_that_is_not_understood_never_means_everything(self, client, query):
        page = text_of(read(client, f"/en/cases/?{query}", 400))
        assert f"not understood: {query.split('=')[0]}" in page or "before" in page

    def test_a_place_that_is_nearly_right_is_suggested(self, client):
        assert "Maksud Anda <code>bandung</code>?" in read(client, "/cases/?place=bandun", 400)

    def test_a_filter_that_a_list_does_not_have_is_refused(self, client):
        read(client, "/sources/?place=bandung", 400)

    @pytest.mark.parametrize("cursor", ["0", "-1", "1e3", "٣", "9" * 30, "x"])
    def test_a_broken_number_of_a_change_is_refused(self, client, cursor):
        read(client, f"/changes/?after={cursor}", 400)

    def test_an_empty_field_of_a_form_asks_for_nothing(self, client):
        read(client, "/cases/?q=&place=&topic=")
        read(client, "/search/?q=")


def links_offered(page):
    """The records that an English page offers instead, in its order."""
    return re.findall(r'<li><a href="/en(/[^"]+)"', page.split("Did you mean")[1].split("</ul>")[0])


@pytest.mark.usefixtures("seeded")
class TestAddresses:
    @pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
    def test_a_page_can_only_be_read(self, client, method):
        response = getattr(client, method)(CASE)
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]

    def test_a_post_is_refused_as_such_even_where_forgery_is_checked(self):
        assert Client(enforce_csrf_checks=True).post("/").status_code == 405

    def test_an_unknown_address_names_the_nearest_record(self, client):
        page = read(client, "/cases/cctv-dan-jasa-internet-bandung/", 404)
        assert f'href="{CASE}"' in page
        assert '<meta name="robots" content="noindex">' in page
        assert 'value="cctv dan jasa internet bandung"' in page

    def test_the_record_of_another_folder_is_offered_after_those_of_its_own(self, client):
        page = read(client, "/en/cases/bekasi-kota/", 404)
        assert 'href="/en/places/bekasi/"' in page
        offered = re.findall(r'<li><a href="/en/(\w+)/', page.split("Did you mean")[1].split("</ul>")[0])
        assert 1 < len(offered) <= 5
        assert offered == sorted(offered, key=lambda folder: folder != "cases")

    def test_an_address_that_was_cut_off_leads_to_the_whole_one(self, client):
        assert f'href="{CASE}"' in read(client, f"{CASE[:20]}/", 404)

    def test_words_of_a_title_lead_to_its_record_those_of_its_own_folder_first(self, client):
        offered = links_offered(read(client, "/en/cases/cctv-bandung/", 404))
        assert offered[0] == CASE
        assert links_offered(read(client, "/en/actors/gahmat-effendi/", 404))[0] == "/actors/rahmat-effendi/"
        assert links_offered(read(client, "/en/cases/gahmat-effendi/", 404)) == ["/actors/rahmat-effendi/"]

    def test_a_page_that_is_not_found_needs_no_index(self, client, settings, tmp_path):
        (tmp_path / "file").touch()
        settings.CASEDB_SEARCH_DIR = tmp_path / "file"  # where no folder can be made
        assert links_offered(read(client, "/en/cases/cctv-dan-jasa-internet/", 404)) == [CASE]
        assert CASE in links_offered(read(client, "/en/cases/cctv-dan-jasa-internet-bandong/", 404))

    @pytest.mark.parametrize("path", ["/kasus/", "/en/kasus/apa/", "/case/", "/Cases/"])
    def test_a_list_is_known_by_its_name_in_either_language(self, client, path):
        assert re.search(r'href="(/en)?/cases/"', read(client, path, 404).split("<main")[1])

    def test_an_id_is_no_words_to_search_for(self, client):
        assert 'name="q" value=""' in read(client, "/claims/00000000-0000-0000-0000-000000000000/", 404)

    @pytest.mark.parametrize(
        "path",
        [
            "/nothing/",
            "/en/nothing/",
            "/cases/-/",
            f"/cases/{'a' * 300}/",
            "/claims/not-an-id/",
            "/claims/00000000-0000-0000-0000-000000000000/",
            "/excerpts/00000000-0000-0000-0000-000000000000/",
            "/topics/no-such-topic/",
            f"{CASE}v/0/",
            f"{CASE}v/2/",
            f"{CASE}v/999999999/",
            f"{CASE}v/99999999999999999999/",
            f"{CASE}?as_of=2001-01-01",
            "/cases/00000000-0000-0000-0000-000000000000/",
            "/cases/%F0%9F%98%80/",
        ],
    )
    def test_what_is_not_there_is_not_found(self, client, path):
        assert "<h1>" in read(client, path, 404)

    @pytest.mark.parametrize("path", ["/cases/%00/", "/search/?q=%00", "/search/?q=%ff", f"/search/?q={'x' * 10_000}"])
    def test_what_is_not_text_is_refused(self, client, path):
        assert "<h1>" in read(client, path, 400)

    def test_an_id_leads_to_the_address_with_a_name(self, client):
        key = Record.objects.current().get(kind="case", slug=CASE.split("/")[2]).object_id
        response = client.get(f"/en/cases/{key}/?as_of=")
        assert (response.status_code, response.headers["Location"]) == (308, f"/en{CASE}")


@pytest.mark.django_db
class TestHistory:
    @pytest.fixture
    def people(self, curator, reviewer):
        return {"by": curator, "reviewer": reviewer}

    def test_a_withdrawn_case_says_what_it_was_called_when_and_why(self, client, published, people):
        case = make_case("Perkara Contoh")
        published(case)
        publish([withdraw(case, "court_order")], **people, reason=both("Atas perintah pengadilan."))
        page = read(client, f"/en/cases/{case.slug}/", 410)
        assert "Perkara Contoh" in page
        assert "court order" in page
        assert "Atas perintah pengadilan." in page
        assert f'href="/en/cases/{case.slug}/v/1/"' in page
        assert 'content="noindex"' in page
        old = read(client, f"/en/cases/{case.slug}/v/1/")
        assert "<strong>Withdrawn</strong>" in old
        assert 'content="noindex"' in old
        assert "Atas perintah pengadilan." in read(client, f"/en/cases/{case.slug}/v/2/")
        assert "withdrawn" in read(client, "/en/changes/")
        assert case.slug not in read(client, "/sitemap.xml")

    def test_a_claim_and_an_excerpt_of_a_withdrawn_case_are_gone_with_it(self, client, published, people):
        case = make_case()
        published(case)
        publish([withdraw(case, "error")], **people, reason=both("Keliru"))
        claim = case.claims.get()
        read(client, f"/claims/{claim.id}/", 410)
        read(client, f"/excerpts/{claim.citations.get().excerpt_id}/", 410)

    def test_an_earlier_version_says_that_it_is_not_the_one_that_stands(self, client, published):
        case = make_case()
        published(case)
        make_claim(case, make_excerpt("PT Misal", case.claims.get().citations.get().excerpt.capture))
        published(case, reason=both("Ditambah"))
        old, new = (read(client, f"/en/cases/{case.slug}/v/{number}/") for number in (1, 2))
        assert "This is <strong>version 1</strong>" in old
        assert 'content="noindex"' in old
        assert "This is <strong>version" not in new
        assert "noindex" not in new
        assert f'<link rel="canonical" href="http://testserver/en/cases/{case.slug}/">' in new
        page = read(client, f"/en/cases/{case.slug}/")
        assert "Ditambah" in page
        assert f'href="/en/cases/{case.slug}/v/1/"' in page

    def test_a_renamed_case_leads_to_its_new_address(self, client, published):
        case = make_case(slug="lama")
        published(case)
        case.slug = "baru"
        case.save()
        published(case, reason=both("Alamat baru"))
        response = client.get("/en/cases/lama/")
        assert (response.status_code, response.headers["Location"]) == (308, "/en/cases/baru/")

    def test_a_day_shows_what_stood_then_and_says_so(self, client, published):
        case = make_case()
        published(case)
        today = timezone.localdate().isoformat()
        page = read(client, f"/en/cases/{case.slug}/?as_of={today}")
        assert "This is the record as it stood at the end of" in page
        assert 'content="noindex"' in page
        assert f'href="/en/claims/{case.claims.get().id}/?as_of={today}#use"' in page
        assert case.slug in read(client, f"/en/cases/?as_of={today}")
        assert case.slug not in read(client, "/en/cases/?as_of=2001-01-01")

    def test_a_reader_of_the_error_page_needs_no_database(self, rf, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = error_pages.page(rf.get("/cases/x/"), 500)
        assert response.status_code == 500
        assert b"<h1>" in response.content
