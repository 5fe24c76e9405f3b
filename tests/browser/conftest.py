"""A live site with the published dossiers, and Debian's Chromium to read it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cases.admin.groups import desk_groups
from cases.publication import triggers
from tests.seeding import seed_fixtures

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a passphrase for this test only"
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    return browser_type_launch_args | {"executable_path": chromium, "args": FLAGS}


@pytest.fixture(scope="session", autouse=True)
def _static_root_exists() -> None:
    """The live server starts before any test could say where its static files are."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _triggers_again(transactional_db: None) -> Iterator[None]:
    """Overrides the fixture of the same name: with a live server the tables are flushed after everything else."""
    triggers.remove(connection)
    triggers.install(connection)
    yield
    triggers.remove(connection)


@pytest.fixture(scope="package", autouse=True)
def _triggers_in_the_end(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        triggers.remove(connection)
        triggers.install(connection)


@pytest.fixture
def site(live_server: Any) -> str:
    """The address of the site, with the dossiers seeded and published."""
    seed_fixtures()
    address: str = live_server.url
    return address


class Visit:
    """One reader's browser, and everything that it complained about."""

    def __init__(self, browser: Browser, site: str, **options: Any) -> None:
        self.site = site
        self.context: BrowserContext = browser.new_context(base_url=site, **options)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._only_ours)

    def _only_ours(self, request: Any) -> None:
        if urlsplit(request.url).netloc not in ("", urlsplit(self.site).netloc):
            self.complaints.append(f"request to {request.url}")

    def check(self) -> None:
        """No complaint, no cookie, no other host."""
        assert self.complaints == []
        assert self.context.cookies() == []


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Any]:
    """`visit(**options)` opens a browser of one's own; it is checked and closed afterwards."""
    visits: list[Visit] = []

    def start(**options: Any) -> Visit:
        visits.append(Visit(browser, site, **options))
        return visits[-1]

    yield start
    try:
        for each in visits:
            each.check()
    finally:
        for each in visits:
            each.context.close()


def log_in_again(page: Page, name: str) -> None:
    """Fill the login that stands on the page."""
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")


@pytest.fixture
def desk(browser: Browser, live_server: Any, settings: Any) -> Any:
    """`desk(name, group)` logs somebody in, in a browser of their own; its complaints are collected."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def log_in(name: str, group: str, **options: Any) -> Page:
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        user.groups.set([desk_groups()[group]])
        contexts.append(browser.new_context(base_url=live_server.url, **{"locale": "en-GB"} | options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/admin/")
        log_in_again(page, name)
        expect(page.locator("#user-tools")).to_contain_text(name)
        return page

    yield log_in
    for context in contexts:
        context.close()
    assert complaints == []
