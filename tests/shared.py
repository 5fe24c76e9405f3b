"""For modules whose tests all look at one large record: it is made once, and every test's changes are taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def taken_back(blocker: Any) -> Iterator[None]:
    """The database inside a transaction that is rolled back at the end; a second one inside it is a savepoint."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
