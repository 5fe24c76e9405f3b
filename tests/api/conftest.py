"""A small published record, and a client that reads it as a watchdog's program would."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.models import Collaboration, Conflict, Subject
from cases.publication.publish import publish
from sources.json_fields import LanguageMap
from tests.factories import (
    PUBLISHED,
    everything_named_by,
    make_actor,
    make_capture,
    make_case,
    make_claim,
    make_excerpt,
    make_place,
    make_system,
    make_transfer,
)
from tests.seeding import made_once, seed_fixtures
from tests.shared import taken_back

Publish = Callable[..., list[Any]]


class Api(Client):
    """Reads `/api/v1/…`; the address is given without it, the query as keywords."""

    def read(self, address: str, /, **query: Any) -> Any:
        root = "" if address.startswith(("/", "http://")) else "/api/v1/"
        headers = query.pop("headers", None)
        return self.get(root + address, query, headers=headers)

    def ids(self, address: str, /, **query: Any) -> list[str]:
        """The ids of a list, or slugs where there are some."""
        response = self.read(address, **query)
        assert response.status_code == 200, response.content
        return [result.get("slug") or result["id"] for result in response.json()["results"]]


@pytest.fixture
def api(settings: Any, tmp_path: Path) -> Api:
    settings.STATIC_ROOT = tmp_path  # nobody collected static files for a test
    return Api(SERVER_NAME="localhost")


@pytest.fixture
def published(curator: User, reviewer: User) -> Publish:
    """Publish these with everything that they name and that is not public yet."""

    def act(*items: Any, reason: LanguageMap = PUBLISHED) -> list[Any]:
        if all(isinstance(item, Subject) for item in items):
            items = tuple(everything_named_by(*items))
        return publish(items, by=curator, reviewer=reviewer, reason=reason)

    return act


@pytest.fixture
def world(published: Publish) -> SimpleNamespace:
    """A case with six claims, and one of everything else."""
    return made_once("api", lambda: make_world(published))


def make_world(published: Publish) -> SimpleNamespace:
    province = make_place("Provinsi Contoh", slug="provinsi-contoh", place_kind="province")
    city = make_place("Kota Contoh", slug="kota-contoh", parent=province)
    actor = make_actor("PT Misal", slug="pt-misal")
    body = make_actor("Dinas Contoh", slug="dinas-contoh", actor_kind="public_body")
    system = make_system("Aplikasi Lapor", slug="aplikasi-lapor", topics=["citizen-complaints"])
    capture = make_capture()
    excerpt = make_excerpt("bekerja sama dengan PT Misal", capture)
    case = make_case("CCTV Kota Contoh", slug="cctv-kota-contoh", topics=["cctv"])
    case.places.add(city)
    make_claim(system, excerpt, lead=1)
    collaboration = Collaboration.objects.create(slug="kota-pintar", title_id="Kota Pintar", title_en="Smart City")
    make_claim(collaboration, excerpt, lead=1, kind="event", start="2017", ongoing_when_written=True)
    collaboration.unknowns.create(property="instrument", reason="not_in_source")
    partner = make_claim(case, excerpt, kind="role", aspect="partner", parties=[("partner", actor)], start="2018-03")
    partner.places.add(province)
    plan = make_claim(case, kind="plan", aspect="hoped", topics=["smart-city"], parties=[("body", body)])
    transfer = make_transfer(case)
    sum_ = make_excerpt("Rp150.000,50", make_capture(text="Dibayar Rp150.000,50 saja."))
    rupiah = make_transfer(case, sum_, currency="IDR", amount="150000.5", as_stated="Rp150.000,50")
    rupiah.unknowns.all().delete()
    disputed = make_claim(case, excerpt, start="2019", end="2020")
    conflict = Conflict.objects.create(
        subject=case,
        claim=disputed,
        key="c",
        kind="slip",
        property="date",
        explanation_id="Beda.",
        explanation_en="No.",
    )
    conflict.sides.create(value="2019", excerpt=excerpt)
    conflict.sides.create(value="2020", excerpt=make_excerpt("sejak tahun 2017", capture), position=1)
    published(case, collaboration, system)
    return SimpleNamespace(
        case=case,
        collaboration=collaboration,
        system=system,
        city=city,
        province=province,
        actor=actor,
        body=body,
        source=capture.source,
        excerpt=excerpt,
        lead=case.claims.get(lead=1),
        partner=partner,
        plan=plan,
        transfer=transfer,
        rupiah=rupiah,
        disputed=disputed,
    )


ADDRESSES = {
    "cases": "cctv-kota-contoh",
    "collaborations": "kota-pintar",
    "actors": "pt-misal",
    "systems": "aplikasi-lapor",
    "places": "kota-contoh",
}
"""A document of each kind in the world."""


@pytest.fixture(scope="module")
def record(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The record of the fixtures, published once for a module."""
    with taken_back(django_db_blocker):
        seed_fixtures()
        yield


@pytest.fixture
def seeded(record: None, db: None) -> None:
    """A test may change what it likes: only its own changes are rolled back."""
