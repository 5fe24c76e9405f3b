"""Every address of the site with every sort of bad part: the right status, a page that says so, and never a crash."""

import re

import pytest

from cases.publication.publish import publish
from tests import doors
from tests.factories import both, everything_named_by
from tests.public.conftest import LANGUAGES
from tests.test_doors import make_world

pytestmark = pytest.mark.django_db

NAMES = ["nothing-here", "-", "a" * 300, "%F0%9F%98%80", "..%2f..%2fetc%2fpasswd", "%3Cscript%3E", "' OR 1=1 --", "٣"]
NOT_TEXT = {"%00": 400, "a%00b": 400, "%FF": 404, "%C0%AF": 404}
"""Broken UTF-8 in a path reaches us written as %XX: the name of nothing."""
DAYS = ["2026-13-01", "2026-02-30", "2999-01-01", "yesterday", "٢٠٢٦-01-01", "0000-00-00", "2026-1-1", "20260101", "-1"]
PUBLIC = [route for route in doors.routes() if not route.startswith(("api/", "schemas/"))]


def filled(route: str, part: str) -> str:
    return "/" + re.sub(r"<version:\w+>", "1", re.sub(r"<(?:slug|uuid|str|form):\w+>", part, route))


def prefixes(route: str) -> tuple[str, ...]:
    return ("",) if route.startswith(("robots", "sitemap")) else LANGUAGES


@pytest.fixture
def world(curator, reviewer):
    made = make_world("kanariterbit")
    subjects = [made.items[kind] for kind in ("case", "collaboration", "system")]
    publish(everything_named_by(*subjects), by=curator, reviewer=reviewer, reason=both("Terbit"))
    return made


@pytest.mark.parametrize("route", [route for route in PUBLIC if re.search("<(slug|uuid|str)", route)])
def test_a_name_that_does_not_exist_is_not_found_at_any_address(client, route):
    for name in NAMES:
        for prefix in prefixes(route):
            response = client.get(prefix + filled(route, name))
            assert response.status_code == 404, (route, name)
            assert b"<h1>" in response.content


@pytest.mark.parametrize("route", [route for route in PUBLIC if re.search("<(slug|uuid|str)", route)])
def test_what_is_not_text_is_refused_at_any_address(client, route):
    for name, status in NOT_TEXT.items():
        response = client.get(filled(route, name))
        assert response.status_code == status, (route, name)
        assert b"<h1>" in response.content


def test_every_door_refuses_an_unknown_parameter_one_given_twice_and_what_is_not_text(client, world):
    for table in (doors.current(world), doors.history(world), doors.NEUTRAL):
        for route, addresses in table.items():
            if route.startswith(("api/", "schemas/")):
                continue
            for address in addresses[:2]:
                bare = address.split("?")[0]
                for query in ("nonsense=1", "as_of=%00", "q=%FF", "q=a&q=b", f"q={'x' * 5000}", "%00=1"):
                    response = client.get(f"{bare}?{query}")
                    assert response.status_code == 400, (address, query)
                    assert b"<h1>" in response.content


def test_every_page_with_a_day_refuses_what_is_no_day_and_names_it(client, world):
    pages = [filled(route, "x") for route in ("cases/", "actors/", "topics/<slug:code>/")]
    pages += [f"/{folder}/" for folder in ("systems", "sources", "places", "collaborations")]
    pages += [f"/cases/{world.case.slug}/", f"/claims/{world.claim}/", f"/excerpts/{world.excerpt}/"]
    for page in pages:
        for day in DAYS:
            response = client.get(f"/en{page.replace('/x/', '/smart-city/')}?as_of={day}")
            assert response.status_code == 400, (page, day)
            assert b"<code>as_of</code>" in response.content, (page, day)


@pytest.mark.parametrize("number", ["0", "01", "-1", "1e3", "٣", "9" * 30, "%31%00"])
def test_a_version_that_is_no_number_is_not_found(client, world, number):
    for end in ("", "sheet/", "qr.svg", "cite.bib"):
        status = client.get(f"/cases/{world.case.slug}/v/{number}/{end}").status_code
        assert status == (400 if "%00" in number else 404), (number, end)


FORMS = ("report/", "follow/", "follow/confirm/<token:token>/", "follow/end/<token:token>/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_every_door_but_the_forms_can_only_be_read(client, world, method):
    for table in (doors.current(world), doors.history(world), doors.NEUTRAL):
        for route, addresses in table.items():
            if not route.startswith(("api/", "schemas/")) and addresses and route not in FORMS:
                assert getattr(client, method)(addresses[0]).status_code == 405, (route, method)
