"""Long lists: page by page, every row once, at a cost that does not grow."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.public import pagination
from tests.factories import make_actor, make_capture, make_case, make_claim, make_excerpt, make_place
from tests.public.conftest import read


@pytest.mark.django_db
class TestPaging:
    @pytest.fixture
    def cases(self, published, monkeypatch):
        monkeypatch.setattr(pagination, "PAGE_ROWS", 3)
        found = [make_case(f"Perkara {letter}", slug=f"perkara-{letter.lower()}") for letter in "ABCDEFG"]
        published(*found)
        return found

    def walk(self, client, address: str, rel: str) -> list[list[str]]:
        pages = []
        while address:
            page = read(client, address)
            pages.append(re.findall(r'<h2><a href="/cases/([\w-]+)/"', page))
            link = re.search(rf'<a href="([^"]+)" rel="{rel}"', page)
            address = link[1].replace("&amp;", "&") if link else ""
        return pages

    def test_every_record_stands_on_one_page_forwards_and_backwards(self, client, cases):
        forwards = self.walk(client, "/cases/", "next")
        assert [len(page) for page in forwards] == [3, 3, 1]
        assert [slug for page in forwards for slug in page] == [case.slug for case in cases]
        assert self.walk(client, "/cases/?before=perkara-g", "prev") == [forwards[1], forwards[0]]

    def test_a_page_keeps_its_filter(self, client, cases):
        page = read(client, "/cases/?q=perkara")
        assert 'href="/cases/?after=perkara-c&amp;q=perkara" rel="next"' in page

    def test_every_change_stands_in_one_set_and_on_one_page_of_it(self, client, cases, published, monkeypatch):
        monkeypatch.setattr("cases.public.views.changes.SETS_PER_PAGE", 2)
        monkeypatch.setattr("cases.public.views.changes.MEMBERS_PER_PAGE", 4)
        for letter in "HIJK":
            published(make_case(f"Perkara {letter}", slug=f"perkara-{letter.lower()}"))
        sets, pages = self.collect(client, "/changes/", r'id="set-(\d+)"')
        assert (sets, pages) == ([21, 19, 17, 15, 1], 3)
        first, pages = self.collect(client, "/changes/1/", r'id="seq-(\d+)"')
        assert (first, pages) == (list(range(1, 15)), 4)
        assert re.findall(r'id="set-(\d+)"', read(client, "/changes/?before=15")) == ["19", "17"]
        assert re.findall(r'id="seq-(\d+)"', read(client, "/changes/1/?before=5")) == ["1", "2", "3", "4"]

    def collect(self, client, address: str, pattern: str) -> tuple[list[int], int]:
        seen, pages = [], 0
        while address:
            page, pages = read(client, address), pages + 1
            seen += [int(number) for number in re.findall(pattern, page)]
            link = re.search(r'<a href="([^"]+)" rel="next"', page)
            address = link[1] if link else ""
        return seen, pages


@pytest.mark.django_db
class TestCost:
    """The same number of queries for one row as for many."""

    def queries(self, client, address: str) -> int:
        with CaptureQueriesContext(connection) as context:
            read(client, address)
        return len(context)

    def test_no_page_costs_more_when_there_is_more_to_show(self, client, published):
        place, actor, capture = make_place(slug="kota"), make_actor("PT Satu", slug="pt-satu"), make_capture()
        excerpt = make_excerpt(capture=capture)

        def one_more(number: int):
            case = make_case(f"Perkara {number}", slug=f"perkara-{number}", topics=["cctv"], claims=0)
            case.places.add(place)
            for position in range(number):
                make_claim(case, excerpt, [("partner", actor)], lead=position + 1)
            published(case)
            return case

        first = one_more(1)
        addresses = ["/", "/cases/", "/cases/?place=kota&topic=cctv&q=perkara", "/search/?q=perkara", "/topics/cctv/"]
        addresses += [
            "/changes/",
            "/changes/atom.xml",
            f"/places/{place.slug}/atom.xml",
            "/changes/1/",
            "/sitemap.xml",
            f"/actors/{actor.slug}/",
            f"/places/{place.slug}/",
            "/topics/",
        ]
        addresses += [
            f"/sources/{capture.source.slug}/",
            f"/excerpts/{excerpt.id}/",
            f"/claims/{first.claims.get().id}/",
        ]
        search = "/search/?q=perkara"
        read(client, search)  # brings the index up to date; on a site, publishing does
        before = {address: self.queries(client, address) for address in [*addresses, "/cases/perkara-1/"]}
        for number in (4, 5, 6):
            one_more(number)
        read(client, search)
        after = {address: self.queries(client, address) for address in addresses}
        assert {address: before[address] for address in addresses} == after
        assert self.queries(client, "/cases/perkara-6/") == before["/cases/perkara-1/"]
        assert max(after.values()) <= 12
