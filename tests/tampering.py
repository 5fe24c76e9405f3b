"""What somebody with the database's password could do, for tests that show that `verify` sees it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from cases.publication import triggers


@contextmanager
def triggers_off() -> Iterator[None]:
    """Take the triggers away, and put them back so that nobody notices. Inside a test's transaction."""
    settle()
    triggers.remove(connection)
    yield
    settle()
    triggers.install(connection)


def settle() -> None:
    """Let deferred checks happen now: PostgreSQL changes no table while some are pending."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
