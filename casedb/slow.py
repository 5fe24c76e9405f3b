"""Whoever waits for an answer gets one: no statement of a request runs for longer than a limit (PostgreSQL)."""

from typing import Any

from django.conf import settings
from django.db import OperationalError
from psycopg.errors import QueryCanceled


def limit_statements(connection: Any, **_of_the_signal: Any) -> None:
    """Limit every statement of a new connection. SQLite has no such limit, and no server that others wait for."""
    if connection.vendor == "postgresql" and settings.CASEDB_STATEMENT_SECONDS:
        limit = f"{settings.CASEDB_STATEMENT_SECONDS}s"
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [limit])


def took_too_long(exception: BaseException) -> bool:
    return isinstance(exception, OperationalError) and isinstance(exception.__cause__, QueryCanceled)
