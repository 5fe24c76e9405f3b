"""The shortest way to a row gives what a cursor gives, and goes on when the server has forgotten the query."""

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casedb.connections import close_useless, limit_statements, took_too_long
from cases.models import Record, RevisionBody
from cases.reading import Redacted, stands
from cases.rows import one_row
from tests.seeding import seed_fixtures
from tests.tampering import triggers_off
from tests.test_connections import cut

TEXTS = "SELECT CAST(%s AS text), NULL, 5, CAST(%s AS text)"


def by_cursor(sql, params):
    with CaptureQueriesContext(connection) as asked:
        row = one_row(sql, params)
    assert len(asked) == 1
    return row


def without_cursor(sql, params):
    def refuse(*_query):
        pytest.fail("a cursor was asked")

    with connection.execute_wrapper(refuse):
        return one_row(sql, params)


@pytest.mark.django_db
def test_a_row_by_a_cursor_is_texts():
    assert by_cursor(TEXTS, ["é’", ""]) == ("é’", None, "5", "")
    assert by_cursor("SELECT 1 WHERE 'a' = %s", ["b"]) is None


@pytest.mark.postgresql
def test_a_row_without_a_cursor_is_the_same(committed):
    for params in (["é’", ""], ["%s $1", "'"]):
        assert without_cursor(TEXTS, params) == by_cursor(TEXTS, params) == (params[0], None, "5", params[1])
    assert without_cursor("SELECT 1 WHERE 'a' = %s", ["b"]) is None


def test_no_row_has_a_nul(committed):
    assert one_row("SELECT 1 WHERE 'a' = %s", ["a\0b"]) is None


@pytest.mark.postgresql
def test_a_query_that_the_server_forgot_is_told_again(committed):
    assert without_cursor(TEXTS, ["a", "b"])
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")  # as psycopg does after a rollback
    assert without_cursor(TEXTS, ["a", "b"]) == ("a", None, "5", "b")


@pytest.mark.postgresql
def test_the_server_is_told_a_query_once(committed):
    for params in (["a", "b"], ["c", "d"], ["e", "f"]):
        assert without_cursor(TEXTS, params)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'casedb%%' AND statement LIKE %s",
            ["%NULL, 5%"],
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.postgresql
def test_what_takes_too_long_is_given_up(committed, settings):
    settings.CASEDB_STATEMENT_SECONDS = 1
    limit_statements(connection)
    with pytest.raises(OperationalError) as slow:
        without_cursor("SELECT CAST(pg_sleep(10) AS text), CAST(%s AS text)", [""])
    connection.close()
    assert took_too_long(slow.value)


@pytest.mark.postgresql
def test_a_column_may_change_its_type_meanwhile(committed):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE changing AS SELECT 1 AS what")
        assert without_cursor("SELECT what FROM changing WHERE %s = ''", [""]) == ("1",)
        cursor.execute("ALTER TABLE changing ALTER COLUMN what TYPE text USING 'one'")
        assert without_cursor("SELECT what FROM changing WHERE %s = ''", [""]) == ("one",)


@pytest.mark.postgresql
def test_in_a_transaction_a_cursor_is_asked_which_forgets_nothing(committed):
    assert without_cursor(TEXTS, ["a", "b"])
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    with transaction.atomic():
        assert one_row(TEXTS, ["a", "b"]) == ("a", None, "5", "b")
        assert one_row(TEXTS, ["c", "d"]) == ("c", None, "5", "d")


@pytest.mark.postgresql
def test_what_fails_is_told_as_a_cursor_tells_it(committed):
    with pytest.raises(ProgrammingError, match="nowhere"):
        one_row("SELECT %s FROM nowhere", ["a"])
    assert one_row(TEXTS, ["a", "b"])


@pytest.mark.postgresql
def test_a_connection_that_was_cut_is_told_and_replaced(committed):
    assert one_row(TEXTS, ["a", "b"])
    cut()
    with pytest.raises(OperationalError, match=r"closed|terminat"):
        one_row(TEXTS, ["a", "b"])
    close_useless()
    assert one_row(TEXTS, ["a", "b"])


@pytest.mark.postgresql
def test_a_document_is_the_same_both_ways(committed):
    with transaction.atomic():
        seed_fixtures()
    for kind, slug in Record.objects.current().order_by("kind", "-pk").distinct("kind").values_list("kind", "slug"):
        for seq in (None, 10**9, 1):
            with transaction.atomic():
                one = stands(kind, slug, seq=seq)
            assert stands(kind, slug, seq=seq) == one
            assert one is None or stands(kind, one.document["id"], seq=seq) == one
    with triggers_off():
        RevisionBody.objects.filter(pk=stands(kind, slug).revision.seq).delete()
    with pytest.raises(Redacted):
        stands(kind, slug)
