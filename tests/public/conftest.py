"""The record of the fixtures, read as a visitor's browser reads it."""

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.models import Record, RecordClaim, RecordExcerpt
from cases.publication.publish import publish
from sources.json_fields import LanguageMap
from tests.factories import PUBLISHED, everything_named_by
from tests.seeding import seed_fixtures
from tests.shared import taken_back

LANGUAGES = ("", "/en")
CASE = "/cases/cctv-dan-jasa-internet-bandung-smart-city/"


@pytest.fixture(scope="module")
def dossiers(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The published dossiers, loaded once for a module and rolled back after it."""
    with taken_back(django_db_blocker):
        seed_fixtures()
        yield


@pytest.fixture
def seeded(dossiers: None, db: None) -> None:
    """A test may change what it likes: only its own changes are rolled back."""


@pytest.fixture
def published(curator: User, reviewer: User) -> Callable[..., list[Any]]:
    """Publish these subjects with everything that they name and that is not public yet."""

    def act(*subjects: Any, reason: LanguageMap = PUBLISHED) -> list[Any]:
        return publish(everything_named_by(*subjects), by=curator, reviewer=reviewer, reason=reason)

    return act


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def text_of(page: str) -> str:
    """The words of a page as a reader sees them: no tags, white space as one space."""
    return plain(html.unescape(re.sub(r"<[^>]+>", "", page)))


def plain(words: str) -> str:
    """Words as they are shown: without the asterisks of italics."""
    return " ".join(words.replace("*", "").split())


def paths() -> list[str]:
    """One address of every record, claim and excerpt, and of every page that leads to them."""
    fixed = [
        "/",
        "/search/",
        "/search/?q=uang",
        "/topics/",
        "/topics/cctv/",
        "/changes/",
        "/changes/1/",
        "/network/",
        f"{CASE}network/",
        "/about/",
        "/api/",
    ]
    fixed += [f"/{folder}/" for folder in ("cases", "collaborations", "actors", "systems", "sources", "places")]
    records = [json.loads(row.card)["path"] for row in Record.objects.current()]
    claims = [f"/claims/{row.object_id}/" for row in RecordClaim.objects.current()]
    excerpts = [f"/excerpts/{key}/" for key in set(RecordExcerpt.objects.values_list("object_id", flat=True))]
    return fixed + records + [f"{path}v/1/" for path in records] + claims + sorted(excerpts)


def one_of_each() -> list[str]:
    """One address of every type of page."""
    claim = RecordClaim.objects.current().filter(kind="transfer").order_by("sort_key").first()
    excerpt = RecordExcerpt.objects.current().order_by("sort_key").first()
    assert claim
    assert excerpt
    records = ["/collaborations/bekasi-telkom-smart-city/", "/actors/yana-mulyana/", "/systems/bekasi-smart-city/"]
    records += ["/sources/ringkasan-relasi-kuasa-bisnis-bandung-smart-city/", "/places/bandung/", "/systems/jaki/"]
    records += [CASE, f"{CASE}v/1/", f"{CASE}v/1/sheet/", f"{CASE}history/"]
    lists = ["/", "/cases/", "/actors/?place=bandung", "/sources/", "/topics/", "/topics/cctv/", "/changes/"]
    lists += ["/search/?q=telkom", "/about/", "/api/", "/changes/1/", "/network/", f"{CASE}network/"]
    lists += ["/compare/?with=bekasi-telkom-smart-city&with=semarang-telkom-smart-city"]
    return lists + records + [f"/claims/{claim.object_id}/", f"/excerpts/{excerpt.object_id}/"]
