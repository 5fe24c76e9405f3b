"""The database connections of a server: no statement runs for longer than a limit, and none that has died is used."""

import select
from typing import Any

from django.conf import settings
from django.core.cache import close_caches
from django.core.signals import request_finished, request_started
from django.db import DEFAULT_DB_ALIAS, OperationalError, close_old_connections, connections, reset_queries
from django.db.backends.signals import connection_created
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


def look_after() -> None:
    """For a server: care for its connection in our way, in place of Django's.

    Django looks at every connection, query log and cache before a request and again after it, in a tenth of the time of
    a short answer. There is one database here, nothing is logged, and no cache that the settings allow holds anything
    open.
    """
    connection_created.connect(limit_statements)
    request_started.connect(close_useless)
    for signal, receiver in (
        (request_started, reset_queries),
        (request_started, close_old_connections),
        (request_finished, close_old_connections),
        (request_finished, close_caches),
    ):
        signal.disconnect(receiver)


def close_useless(**_of_the_signal: Any) -> None:
    """Close a connection that is too old or broken, or that its server has given up: the request to come opens another.

    Django's own check of the last (CONN_HEALTH_CHECKS) asks the server, which takes as long as the query of a whole
    record.
    """
    ours = connections[DEFAULT_DB_ALIAS]
    ours.close_if_unusable_or_obsolete()
    if ours.vendor == "postgresql" and ours.connection is not None and has_hung_up(ours.connection):
        ours.close()


def has_hung_up(link: Connection) -> bool:
    """Between two statements a server says nothing, unless it is that it goes: a look at the socket tells."""
    if link.closed:
        return True
    ear = select.poll()
    ear.register(link.fileno(), select.POLLIN)
    return bool(ear.poll(0))
