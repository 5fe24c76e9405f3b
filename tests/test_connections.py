"""Connections are kept from request to request; on PostgreSQL a statement that takes too long is given up."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import RequestFactory
from psycopg.errors import QueryCanceled

from casedb.connections import is_statement_timeout, limit_statements
from casedb.middleware import SlowStatements
from casedb.settings import database
from tests.factories import make_case, make_public


@pytest.fixture
def limited(committed, settings) -> Iterator[None]:
    settings.CASEDB_STATEMENT_SECONDS = 1
    limit_statements(connection)
    yield
    connection.close()


def given_up() -> OperationalError:
    error = OperationalError("canceling statement due to statement timeout")
    error.__cause__ = QueryCanceled()
    return error


@pytest.mark.postgresql
def test_a_statement_over_the_limit_is_given_up_by_the_database(limited):
    with pytest.raises(OperationalError) as slow, connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(10)")
    assert is_statement_timeout(slow.value)


@pytest.fixture
def locked(limited) -> Iterator[None]:
    """Somebody else holds the tables of the record, so that every statement over them waits until its limit."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("LOCK TABLE cases_record, cases_recordclaim IN ACCESS EXCLUSIVE MODE")
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/api/v1/claims/", "application/problem+json"),
        ("/api/v1/cases/none/", "application/problem+json"),
        ("/api/v1/export/claims.csv", "application/problem+json"),
        ("/cases/", "text/html; charset=utf-8"),
        ("/en/cases/none/", "text/html; charset=utf-8"),
    ],
)
def test_a_reader_whose_answer_takes_too_long_is_told_so(locked, client, address, kind):
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (503, kind)
    assert b"given up" in response.content or kind.startswith("text/html")


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/api/v1/claims/", "application/problem+json", "given up"),
        ("/cases/", "text/html; charset=utf-8", "<h1>"),
        ("/en/cases/", "text/html; charset=utf-8", "<h1>"),
    ],
)
def test_the_answer_says_so_at_either_door_without_asking_the_database(path, kind, words):
    middleware = SlowStatements(lambda request: pytest.fail("not asked here"))
    response = middleware.process_exception(RequestFactory().get(path), given_up())
    assert (response.status_code, response.headers["Content-Type"]) == (503, kind)
    assert response.headers["Retry-After"] == "60"
    assert words in response.content.decode()


def test_any_other_fault_stays_what_it_is():
    middleware = SlowStatements(lambda request: pytest.fail("not asked here"))
    for error in (OperationalError("the server went away"), ValueError("x")):
        assert middleware.process_exception(RequestFactory().get("/"), error) is None


def backend_pid() -> int:
    """The number of the process of PostgreSQL that serves this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def hang_up() -> None:
    """PostgreSQL ends the process that serves this connection."""
    served, other = backend_pid(), connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [served])  # and waits until it has
            assert cursor.fetchone() == (True,)
    finally:
        other.close()


def ask(path: str) -> tuple[str, bytes]:
    """Status and body of a request as a server makes it."""
    statuses: list[str] = []
    environ = RequestFactory().get(path, headers={"Host": "localhost"}).environ
    response = WSGIHandler()(environ, lambda status, headers: statuses.append(status))
    body = b"".join(response)
    response.close()
    return statuses[0], body


@pytest.mark.postgresql
def test_a_connection_that_the_database_gave_up_is_replaced_before_the_next_request(committed, curator, reviewer):
    make_public(make_case("Satu", slug="satu"), by=curator, reviewer=reviewer)
    before = ask("/api/v1/cases/satu/")
    assert before[0] == "200 OK"
    first = backend_pid()
    hang_up()
    assert ask("/api/v1/cases/satu/") == before
    assert backend_pid() != first


@pytest.mark.postgresql
def test_a_connection_that_lives_is_kept(committed):
    first = backend_pid()
    for _time in range(3):
        assert ask("/api/v1/cases/")[0] == "200 OK"
    assert backend_pid() == first


def test_connections_are_kept_on_both_engines():
    for url in ("sqlite:////tmp/x.sqlite3", "postgres://a:b@c/d"):
        assert database(url)["CONN_MAX_AGE"] == 60
    assert database("postgres://a:b@c/d")["CONN_HEALTH_CHECKS"]


def test_a_server_limits_its_statements_and_a_command_does_not():
    """In a process of its own: the tests' signals stay as they are."""
    program = """
import {module}
from django.db.backends.signals import connection_created
print(*(receiver().__name__ for _key, receiver, _is_async in connection_created.receivers))
"""
    for module, receivers in (("casedb.wsgi", "limit_statements"), ("manage", "")):
        command = [sys.executable, "-c", program.format(module=module)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert said == f"{receivers}\n"
