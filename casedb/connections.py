"""The database connections of a server: no statement runs for longer than a limit, and none that has died is used."""

import select
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from psycopg import Connection
from psycopg.errors import QueryCanceled


def limit_statements(connection: Any, **_of_the_signal: Any) -> None:
    """Limit every statement of a new connection. SQLite has no such limit, and no server that others wait for."""
    if connection.vendor == "postgresql" and settings.CASEDB_STATEMENT_SECONDS:
        limit = f"{settings.CASEDB_STATEMENT_SECONDS}s"
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [limit])


def took_too_long(exception: BaseException) -> bool:
    return isinstance(exception, OperationalError) and isinstance(exception.__cause__, QueryCanceled)


def close_dead(**_of_the_signal: Any) -> None:
    """Close a connection that its server has given up, so that the request to come opens a new one.

    Django's own check (CONN_HEALTH_CHECKS) asks the server, which takes as long as the query of a whole record.
    """
    ours = connections[DEFAULT_DB_ALIAS]
    if ours.vendor == "postgresql" and ours.connection is not None and has_hung_up(ours.connection):
        ours.close()


def has_hung_up(link: Connection) -> bool:
    """Between two statements a server says nothing, unless it is that it goes: a look at the socket tells."""
    if link.closed:
        return True
    ear = select.poll()
    ear.register(link.fileno(), select.POLLIN)
    return bool(ear.poll(0))
