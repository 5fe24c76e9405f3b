"""One row of PostgreSQL by the shortest way, for what is asked most and is no more than a row of texts.

psycopg's cursor goes through Python, and lets other threads go on, at every step of a query. Here libpq is told the
query and waits for the answer itself.
"""

from hashlib import blake2b
from itertools import count
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from psycopg import errors
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult

Row = tuple[str | None, ...]
NAMES = count()
"""A name is used once, and says its query: connections that a pooler shares can then not take one for another."""
KNOWN: WeakKeyDictionary[psycopg.Connection, dict[str, bytes]] = WeakKeyDictionary()
"""The queries that each connection was told, and under which name: plans are made once."""
FORGOTTEN = (errors.InvalidSqlStatementName, errors.FeatureNotSupported)
"""The server let go of a name (as psycopg asks it to after a rollback), or a column has another type since."""


def one_row(sql: str, params: list[str]) -> Row | None:
    """The first row as texts, or None. The query has a `%s` for each parameter. Raises what a cursor raises.

    A cursor is taken for SQLite, in a transaction (a forgotten name would break it), and where Django counts queries.
    """
    if any("\0" in param for param in params):  # libpq would take what stands before it
        return None
    connection.ensure_connection()
    link = connection.connection
    if not isinstance(link, psycopg.Connection) or connection.in_atomic_block or connection.queries_logged:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            row = cursor.fetchone()
        return None if row is None else tuple(None if value is None else str(value) for value in row)
    with connection.wrap_database_errors:
        try:
            return _by_libpq(link, sql, params)
        except FORGOTTEN:
            KNOWN.pop(link, None)
            return _by_libpq(link, sql, params)


def _by_libpq(link: psycopg.Connection, sql: str, params: list[str]) -> Row | None:
    known = KNOWN.setdefault(link, {})
    if sql not in known:
        name = f"casedb_{blake2b(sql.encode(), digest_size=8).hexdigest()}_{next(NAMES)}".encode()
        numbered = sql % tuple(f"${number}" for number in range(1, len(params) + 1))
        _checked(link, link.pgconn.prepare(name, numbered.encode()))
        known[sql] = name
    answer = _checked(link, link.pgconn.exec_prepared(known[sql], [param.encode() for param in params]))
    if not answer.ntuples:
        return None
    values = [answer.get_value(0, number) for number in range(answer.nfields)]
    return tuple([None if value is None else value.decode() for value in values])


def _checked(link: psycopg.Connection, answer: PGresult) -> PGresult:
    if answer.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return answer
    if link.pgconn.status != ConnStatus.OK:
        raise errors.OperationalError(answer.get_error_message())
    raise errors.error_from_result(answer)
