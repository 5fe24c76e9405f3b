"""A statement that takes too long is given up, and whoever asked is told so: on PostgreSQL, in requests only."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory
from psycopg.errors import QueryCanceled

from casedb.middleware import SlowStatements
from casedb.slow import limit_statements, took_too_long


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
    assert words in response.content.decode()


def test_any_other_fault_stays_what_it_is():
    middleware = SlowStatements(lambda request: pytest.fail("not asked here"))
    for error in (OperationalError("the server went away"), ValueError("x")):
        assert middleware.process_exception(RequestFactory().get("/"), error) is None
