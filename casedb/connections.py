"""The limit on how long one database statement of a request may run."""

from django.conf import settings
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import QueryCanceled


def limit_statements(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Limit every statement of a new connection to CASEDB_STATEMENT_SECONDS; a receiver of `connection_created`.

    SQLite has no such limit, and no server that others wait for.
    """
    if connection.vendor == "postgresql" and settings.CASEDB_STATEMENT_SECONDS:
        limit = f"{settings.CASEDB_STATEMENT_SECONDS}s"
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [limit])


def is_statement_timeout(exception: BaseException) -> bool:
    """Return whether the database gave up a statement that ran longer than its limit."""
    return isinstance(exception, OperationalError) and isinstance(exception.__cause__, QueryCanceled)
