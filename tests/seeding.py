"""The record of the fixtures in an empty test database: seeded once by each process, copied from memory after that."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from cases.models import Draft, Revision, Subject
from sources.models import Source

_kept: dict[str, Any] = {}
"""What each table held after the first seeding, in the form that its database gives and takes."""


def seed_fixtures() -> None:
    """What `manage.py seed` does. Where anything stands already it is that; an empty database gets the copy."""
    if any(model.objects.exists() for model in (User, Draft, Revision, Subject, Source)):
        call_command("seed", verbosity=0)
    elif _kept:
        for table, rows in _kept.items():
            _put_back(table, rows)
    else:
        call_command("seed", verbosity=0)
        _kept.update({table: rows for table in _tables() if (rows := _rows_of(table))})


def _tables() -> list[str]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label != "auth"]
    return [model._meta.db_table for model in [*models, User] if model._meta.app_label in ("auth", "cases", "sources")]


def _rows_of(table: str) -> Any:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                return b"".join(bytes(part) for part in copy)
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        # the plus keeps sqlite3 from making objects of dates, which it would not take back
        cursor.execute(f'SELECT {", ".join(f"+{connection.ops.quote_name(name)}" for name in columns)} FROM "{table}"')
        return cursor.fetchall()


def _put_back(table: str, rows: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(rows)
        else:
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)
