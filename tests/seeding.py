"""Rows that many tests start from, made once and copied: the record once in a run, less once in a process.

A copy is put into the transaction of the test, so that a test which asks for nothing finds an empty database.
"""

import fcntl
import pickle
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from cases.dossiers.seed import Seeded, seed
from cases.models import Draft, Revision, Subject
from sources.models import Source

Made = TypeVar("Made")
Rows = dict[str, Any]  # of each table that has some, in the form that its database gives and takes

_made: dict[str, tuple[Rows, Any]] = {}


def seed_fixtures() -> Seeded:
    """Do what `manage.py seed` does. Where anything stands already it is that; an empty database gets the copy."""
    if _anything_stands():
        return seed(settings.CASEDB_FIXTURES)
    rows, seeded = _record_of_the_run()
    put_back(rows)
    return seeded


def made_once(name: str, build: Callable[[], Made]) -> Made:
    """Return what `build` makes of an empty database, its rows put there: built once in a process, copied after that.

    It may need the users of tests/conftest.py, which have the same keys each time, and no other row.
    """
    if _anything_stands():
        return build()
    if name in _made:
        put_back(_made[name][0])
    else:
        made = build()
        _made[name] = rows_of(_models()), made
    return deepcopy(_made[name][1])


@cache
def _record_of_the_run() -> tuple[Rows, Seeded]:
    """Read the file of this run. The process that finds none seeds it, and the others wait for that."""
    file = Path(settings.DATA_DIR) / "record.pickle"
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            with transaction.atomic():
                seeded = seed(settings.CASEDB_FIXTURES)
                file.write_bytes(pickle.dumps((rows_of([User, *_models()]), seeded)))
                transaction.set_rollback(True)
    found: tuple[Rows, Seeded] = pickle.loads(file.read_bytes())
    return found


def _anything_stands() -> bool:
    return any(model._base_manager.exists() for model in (Draft, Revision, Subject, Source))


def _models() -> list[type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.app_label in ("cases", "sources")]


def rows_of(models: list[type[Model]]) -> Rows:
    return {model._meta.db_table: rows for model in models if (rows := _rows_of(model._meta.db_table))}


def _rows_of(table: str) -> Any:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                return b"".join(bytes(part) for part in copy)
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        # the plus keeps sqlite3 from making objects of dates, which it would not take back
        cursor.execute(f'SELECT {", ".join(f"+{connection.ops.quote_name(name)}" for name in columns)} FROM "{table}"')
        return cursor.fetchall()


def put_back(rows: Rows) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, given in rows.items():
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(given)
                cursor.execute(f'ANALYZE "{table}"')  # without it PostgreSQL plans as if the table were empty
            else:
                places = ", ".join(["%s"] * len(given[0]))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', given)
        # another process may have made the rows: here the next keys come after theirs
        models = [model for model in [User, *_models()] if model._meta.db_table in rows]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
