"""A live server: its tables are flushed after every other fixture has ended; the triggers go before, and come back."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from cases.publication import triggers


@pytest.fixture(scope="session", autouse=True)
def _static_root_exists() -> None:
    """The live server starts before any test could say where its static files are."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _triggers_again(transactional_db: None) -> Iterator[None]:
    """Overrides the fixture of the same name, which would put them back before the flush."""
    yield
    triggers.remove(connection)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: Any, nextitem: Any) -> Generator[None, Any, Any]:
    ended = yield
    if nextitem is not None:  # after the last test of all there is no database any more
        with item.config.stash[blocking_manager_key].unblock():
            triggers.remove(connection)
            triggers.install(connection)
    return ended
