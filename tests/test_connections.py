"""On PostgreSQL a statement of a request that takes too long is given up, and a connection that died is not used."""

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import OperationalError, connection
from django.test import RequestFactory
from psycopg.errors import QueryCanceled

from casedb.connections import close_useless, limit_statements, took_too_long
from casedb.handler import Handler
from casedb.middleware import SlowStatements
from tests.api.test_short_way import ask
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
    assert took_too_long(slow.value)


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


def process() -> Any:
    """The number of the process of the database that serves this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def cut() -> None:
    """The database ends the process that serves this connection."""
    served, other = process(), connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [served])  # and waits until it has
            assert cursor.fetchone() == (True,)
    finally:
        other.close()


@pytest.mark.postgresql
def test_a_connection_that_the_database_gave_up_is_replaced_before_the_next_request(committed):
    first = process()
    cut()
    close_useless()
    assert process() != first


@pytest.mark.postgresql
def test_a_plain_question_after_the_database_hung_up_is_answered(committed, curator, reviewer, settings, tmp_path):
    """The short way (casedb.handler) does not look whether its connection lives: what fails goes the whole way."""
    settings.STATIC_ROOT = tmp_path
    make_public(make_case("Satu", slug="satu"), by=curator, reviewer=reviewer)
    handler = Handler()
    request_started.connect(close_useless)
    try:
        before = ask(handler, "/api/v1/cases/satu/")
        cut()
        assert before[0] == "200 OK"
        assert ask(handler, "/api/v1/cases/satu/") == before
        first, connection.close_at = process(), time.monotonic() - 1
        assert ask(handler, "/api/v1/cases/satu/") == before
        assert process() != first, "one that is too old is replaced too"
    finally:
        request_started.disconnect(close_useless)


@pytest.mark.postgresql
def test_a_connection_that_lives_is_kept(committed):
    first = process()
    close_useless()
    assert process() == first


@pytest.mark.postgresql
def test_a_connection_that_is_too_old_is_closed(committed):
    process()
    connection.close_at = time.monotonic() - 1
    close_useless()
    assert connection.connection is None


def test_a_server_looks_once_at_its_connection_and_limits_its_statements():
    """In a process of its own: the tests' signals stay as they are."""
    program = """
import casedb.wsgi
from django.core.signals import request_finished, request_started
from django.db.backends.signals import connection_created
for signal in (request_started, request_finished, connection_created):
    print(*sorted(receiver().__name__ for _key, receiver, _is_async in signal.receivers))
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split("\n") == ["close_useless", "reset_urlconf", "limit_statements", ""]
