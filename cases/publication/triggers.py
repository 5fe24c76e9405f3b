"""The database's own refusal to change what is written once: the trigger SQL, on both engines.

Revisions and their private companions: never UPDATE, never DELETE. Bodies: DELETE only when a `redact` revision names
them. Captures and excerpts: never UPDATE. `remove` exists for tests that must empty the tables, and for nothing else.
"""

from typing import Any

NO_UPDATE = [
    "cases_revision",
    "cases_revisionbody",
    "cases_publication",
    "sources_capture",
    "sources_excerpt",
]
NO_DELETE = ["cases_revision", "cases_publication"]
UNLESS_REDACTED = "NOT EXISTS (SELECT 1 FROM cases_revision WHERE redacts = OLD.revision_id)"
APPEND_ONLY = ["cases_revision", "cases_revisionbody", "cases_publication"]


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
    names = [(t, f"{t}_no_update") for t in NO_UPDATE] + [(t, f"{t}_no_delete") for t in APPEND_ONLY]
    names += [(t, f"{t}_no_truncate") for t in APPEND_ONLY]
    return statements + [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in names]


def install(connection: Any) -> None:
    _run(connection, _postgresql() if connection.vendor == "postgresql" else _sqlite())


def remove(connection: Any) -> None:
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    names = [(t, f"{t}_no_update") for t in NO_UPDATE] + [(t, f"{t}_no_delete") for t in APPEND_ONLY]
    if connection.vendor == "postgresql":
        names += [(t, f"{t}_no_truncate") for t in APPEND_ONLY]
    _run(connection, [f"DROP TRIGGER IF EXISTS {name}{on.format(table=table)}" for table, name in names])


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
