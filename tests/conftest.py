"""Fixtures that every test may use. Factories are plain functions in tests/factories.py."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import hypothesis
import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from cases.publication import triggers

hypothesis.settings.register_profile("ordinary", max_examples=40, deadline=None)
hypothesis.settings.load_profile("ordinary")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
CURATOR, REVIEWER = 9001, 9002  # their keys in every test: rows that are copied name them (tests/seeding.py)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs an event loop beside the test


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="leave out what reaches no database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, without calling it a skip, what the run on the other engine shows.

    That is what only PostgreSQL has; and with --database-only what reaches no database: it would be the same again.
    """
    is_shown = reaches_a_database if config.getoption("--database-only") else _is_of_this_engine
    left_out = [item for item in items if not is_shown(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _is_of_this_engine(item: pytest.Item) -> bool:
    return connection.vendor == "postgresql" or item.get_closest_marker("postgresql") is None


def reaches_a_database(item: pytest.Item) -> bool:
    """Return whether a test asks for a database: by a mark, its class, or a fixture, its own or one behind that."""
    kind = getattr(item, "cls", None)
    if item.get_closest_marker("django_db") or item.get_closest_marker("postgresql"):
        return True
    if kind and issubclass(kind, TransactionTestCase):
        return True
    definitions = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009
    return any(
        name in DATABASE_FIXTURES or any(_unblocks(each) for each in found) for name, found in definitions.items()
    )


def _unblocks(definition: Any) -> bool:
    """Return whether a fixture of ours opens the database; those of pytest-django that all tests have do not."""
    is_ours = not definition.func.__module__.startswith("pytest_django")
    return is_ours and not {"django_db_blocker", "django_db_setup"}.isdisjoint(definition.argnames)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The test database; pytest-django's own would leave it out when no test asks for `db` (see tests/shared.py)."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Messages are compared in English. Pages choose their own language by address."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def _static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def _uncollected_static_files(settings: Any, _static_root: Path) -> None:
    """Nobody collected static files for a test: serve them from where they lie."""
    settings.STATIC_ROOT = _static_root
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(scope="session")
def _search_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search")


@pytest.fixture(autouse=True)
def _search_index_of_this_process(settings: Any, _search_root: Path) -> None:
    """Workers have databases of their own, so they have indexes of their own."""
    settings.CASEDB_SEARCH_DIR = _search_root
    settings.CASEDB_CARDS_DIR = _search_root / "cards"
    settings.CASEDB_DESK_INDEX_DIR = _search_root / f"desk-{uuid.uuid4().hex}"  # only what is committed is followed
    settings.CASEDB_DESK_TEXT_DIR = _search_root / f"texts-{uuid.uuid4().hex}"


@pytest.fixture(autouse=True)
def _no_fair_use(settings: Any) -> None:
    """All tests come from one address."""
    settings.CASEDB_API_PER_MINUTE = 99999


@pytest.fixture
def curator(db: None) -> User:
    return User.objects.create_user("a-curator", is_staff=True, pk=CURATOR)


@pytest.fixture
def reviewer(db: None) -> User:
    return User.objects.create_user("a-reviewer", is_staff=True, pk=REVIEWER)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database in which transactions commit for real. The triggers go before the tables are flushed."""
    yield
    triggers.remove(connection)
    # transactional_db flushes after this, which ends with post_migrate: that installs the triggers again.


@pytest.fixture
def address(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of an empty database beside the one of the tests, on the same engine."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/drill.sqlite3"
        return
    name, given = f"casedb_drill_{uuid.uuid4().hex[:12]}", connection.settings_dict
    who = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    port = f":{given['PORT']}" if given["PORT"] else ""
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield f"postgres://{who}@{port}/{name}?host={quote(given['HOST'])}"
    finally:
        with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def documents() -> Path:
    """The five documents, which are not in the repository. Their absence is the one skip, and none with CI=true."""
    if not configured.CASEDB_DOCUMENTS:
        pytest.skip("CASEDB_DOCUMENTS is not set: the five documents are not at hand.")
    return Path(configured.CASEDB_DOCUMENTS)
