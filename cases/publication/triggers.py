"""The database's own refusal to change what is written once: the trigger SQL, on both engines.

Revisions, their private companions, and the log of the desk: never UPDATE, never DELETE. Bodies: DELETE only when a
`redact` revision names them. Captures and excerpts: never UPDATE. `remove` exists for tests that must empty the tables,
and for nothing else.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = ["cases_revision", "cases_revisionbody", "cases_publication", "cases_deskact"]
NO_UPDATE = [*APPEND_ONLY, "sources_capture", "sources_excerpt"]
NO_DELETE = ["cases_revision", "cases_publication", "cases_deskact"]
UNLESS_REDACTED = "NOT EXISTS (SELECT 1 FROM cases_revision WHERE redacts = OLD.revision_id)"


def _sqlite() -> list[str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'The public record is append-only: {table}'); END"
    statements = [f"CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t} {refuse.format(table=t)}" for t in NO_UPDATE]
    statements += [f"CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t} {refuse.format(table=t)}" for t in NO_DELETE]
    body = "cases_revisionbody"
    statements.append(
        f"CREATE TRIGGER {body}_no_delete BEFORE DELETE ON {body} WHEN {UNLESS_REDACTED} {refuse.format(table=body)}"
    )
    return statements


def _postgresql() -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION casedb_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'The public record is append-only: %', TG_TABLE_NAME; END $$",
    ]
    call = "EXECUTE FUNCTION casedb_refuse()"
    statements += [f"CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t} FOR EACH ROW {call}" for t in NO_UPDATE]
    statements += [f"CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t} FOR EACH ROW {call}" for t in NO_DELETE]
    # A WHEN clause may not hold a subquery on PostgreSQL, so the one condition is a function of its own.
    statements += [
        "CREATE OR REPLACE FUNCTION casedb_refuse_unless_redacted() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {UNLESS_REDACTED} THEN "
        "RAISE EXCEPTION 'The public record is append-only: %', TG_TABLE_NAME; END IF; RETURN OLD; END $$",
        "CREATE TRIGGER cases_revisionbody_no_delete BEFORE DELETE ON cases_revisionbody "
        "FOR EACH ROW EXECUTE FUNCTION casedb_refuse_unless_redacted()",
    ]
    statements += [f"CREATE TRIGGER {t}_no_truncate BEFORE TRUNCATE ON {t} {call}" for t in APPEND_ONLY]
    return statements + [f"ALTER TABLE {t} ENABLE ALWAYS TRIGGER {name}" for t, name in _names("postgresql")]


def _names(vendor: str) -> list[tuple[str, str]]:
    """Return (table, trigger) of every trigger on an engine."""
    names = [(t, f"{t}_no_update") for t in NO_UPDATE] + [(t, f"{t}_no_delete") for t in APPEND_ONLY]
    return names + [(t, f"{t}_no_truncate") for t in APPEND_ONLY if vendor == "postgresql"]


def install_after_migrating(using: str, **_signal: object) -> None:
    """Install them anew: to alter a table, SQLite makes another one, and its triggers are lost."""
    connection = connections[using]
    if set(NO_UPDATE) <= set(connection.introspection.table_names()):  # not so before the first migrations
        install(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, in place of those that are there. A migration finds no tables but those made before it."""
    remove(connection)
    missing = set(NO_UPDATE) - set(connection.introspection.table_names())
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    _run(connection, [each for each in statements if not any(f" {table} " in each for table in missing)])


def remove(connection: BaseDatabaseWrapper) -> None:
    is_postgresql = connection.vendor == "postgresql"
    names = _names(connection.vendor)
    _run(connection, [f"DROP TRIGGER IF EXISTS {name}{f' ON {t}' if is_postgresql else ''}" for t, name in names])


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
