"""Fixtures that every test may use. Factories are plain functions in tests/factories.py."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection

from cases.publication import triggers

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop beside the test


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("a-curator", is_staff=True)


@pytest.fixture
def reviewer(db: None) -> User:
    return User.objects.create_user("a-reviewer", is_staff=True)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database in which transactions commit for real. The triggers go before the tables are flushed."""
    yield
    triggers.remove(connection)
    # transactional_db flushes after this; the next test finds the triggers again.


@pytest.fixture(autouse=True)
def _triggers_again(request: pytest.FixtureRequest) -> Iterator[None]:
    """Reinstall the triggers after a test that had to remove them (this fixture ends last)."""
    yield
    if "transactional_db" in request.fixturenames or "live_server" in request.fixturenames:
        with request.getfixturevalue("django_db_blocker").unblock():
            triggers.remove(connection)
            triggers.install(connection)


@pytest.fixture(scope="session")
def documents() -> Path:
    """The five documents, which are not in the repository. Their absence is the one skip that is allowed, and said."""
    if not settings.CASEDB_DOCUMENTS:
        if os.environ.get("CI"):
            pytest.fail("CASEDB_DOCUMENTS is not set; in CI nothing may be skipped.")
        pytest.skip("CASEDB_DOCUMENTS is not set: the five documents are not at hand.")
    return Path(settings.CASEDB_DOCUMENTS)
