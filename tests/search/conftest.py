"""The published record of the fixtures, made once for a module; and the search as a reader asks it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from cases.publication.publish import publish
from cases.search.find import Results, SearchRequest, search
from tests.factories import both, everything_named_by
from tests.seeding import seed_fixtures
from tests.shared import taken_back

Find = Callable[..., Results]


@pytest.fixture(scope="module")
def record(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with taken_back(django_db_blocker):
        seed_fixtures()
        yield


@pytest.fixture
def seeded(record: None, db: None) -> None:
    """A test may change what it likes: only its own changes are rolled back."""


@pytest.fixture
def published(curator: User, reviewer: User) -> Callable[..., list[Any]]:
    """Publish these with everything that they name and that is not public yet."""

    def act(*items: Any) -> list[Any]:
        return publish(everything_named_by(*items), by=curator, reviewer=reviewer, reason=both("Terbit"))

    return act


def paths(text: str, **more: Any) -> list[str]:
    """What a search finds, as `folder/slug`."""
    return [hit.document.path.strip("/") for hit in search(SearchRequest(text, **more)).hits]
