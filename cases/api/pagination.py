"""Pages on (sort key, id), both ways. A cursor is a place in the answer to one query, and bound to it."""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from cases.http.query_parameters import BadParameter

COLUMNS = {"title": "sort_key", "subject": "sort_key", "source": "sort_key", "recent": "since_seq"}
DESCENDING = {"recent"}
UUID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
UNBOUND = ("limit", "count", "include")
"""What may change from page to page: it does not change which rows there are, nor their order."""


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: before or after the one with this key and id, as the database writes it."""

    back: bool
    key: str | int
    object_id: str


@dataclass(frozen=True)
class Page:
    """Rows, and the places before and after them, if there is anything.

    A row is (sort key, id, since_seq, card); of whole documents (sort key, id, since_seq, version, commitment, salt),
    the salt None where the words were erased.
    """

    rows: list[Any]
    previous: Cursor | None
    next: Cursor | None


class Pages:
    """The pages of a list, each one query of the database.

    Its SQL is put together once: that takes the ORM as long as it takes the database to answer.
    """

    def __init__(self, queryset: QuerySet[Any], order: str, *, whole: bool = False) -> None:
        self.order, self.whole = order, whole
        self.column = COLUMNS[order]
        self.key = COLUMNS_READ.index(self.column)
        self.place = ", ".join(_typed(queryset.model._meta.get_field(name)) for name in (self.column, "object_id"))
        columns = COLUMNS_READ if whole else [*COLUMNS_READ, "card"]
        try:
            self.sql, self.params = queryset.order_by().values_list(*columns).query.sql_with_params()
        except EmptyResultSet:  # what was asked for cannot be
            self.sql, self.params = "", ()

    def read(self, limit: int, cursor: Cursor | None) -> Page:
        """`previous` after a cursor is not looked up: the row that the cursor stands at was there."""
        back = cursor is not None and cursor.back
        found = self._fetch(limit + 1, cursor, back) if self.sql else []
        more, rows = len(found) > limit, found[:limit]
        if back:
            rows.reverse()
        before = more if back else cursor is not None
        after = cursor is not None if back else more
        return Page(
            rows,
            previous=self._at(rows[0], back=True) if rows and before else None,
            next=self._at(rows[-1], back=False) if rows and after else None,
        )

    def _fetch(self, most: int, cursor: Cursor | None, back: bool) -> list[Any]:
        """The index on (column, id) is entered at the cursor's place.

        The place stands in a SELECT of its own, which PostgreSQL does not look into when it plans: it then plans once,
        and not for every place anew, which takes longer than reading the rows.
        """
        descending = (self.order in DESCENDING) != back
        down = " DESC" if descending else ""
        ordered = f"ORDER BY fitting.{self.column}{down}, fitting.object_id{down}"
        beyond, params = "", self.params
        if cursor:
            beyond = f"WHERE ({self.column}, object_id) {'<' if descending else '>'} (SELECT {self.place})"
            params += (cursor.key, cursor.object_id)
        rows = f"({self.sql}) AS fitting {beyond} {ordered} LIMIT {most}"
        with connection.cursor() as asked:
            asked.execute((WHOLE if self.whole else CARDS).format(rows=rows, ordered=ordered), params)
            return asked.fetchall()

    def _at(self, row: Any, *, back: bool) -> Cursor:
        return Cursor(back, row[self.key], str(row[1]))


COLUMNS_READ = ["sort_key", "object_id", "since_seq"]
AS_TEXT = "fitting.sort_key, CAST(fitting.object_id AS text), fitting.since_seq"
"""An id as text: Python takes as long to make UUIDs of a page as to read all the rest of it."""
CARDS = f"SELECT {AS_TEXT}, fitting.card FROM {{rows}}"  # noqa: S608 (our own words, as below)
WHOLE = f"""
    SELECT {AS_TEXT}, v.version, v.commitment, b.salt
    FROM (SELECT * FROM {{rows}}) AS fitting
    JOIN cases_revision v ON v.seq = fitting.since_seq
    LEFT JOIN cases_revisionbody b ON b.revision_id = fitting.since_seq
    {{ordered}}"""  # noqa: S608


def binding(resource: str, query: dict[str, Any], as_of: str | None) -> str:
    """What a cursor is bound to: a short hash of the resource and of everything that chooses or orders its rows."""
    chosen = {name: value for name, value in query.items() if name not in UNBOUND}
    text = json.dumps([resource, chosen, as_of], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def encode(cursor: Cursor, bound_to: str) -> str:
    text = orjson.dumps([bound_to, cursor.back, cursor.key, cursor.object_id])
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def decode(text: str, bound_to: str, order: str) -> Cursor:
    """Raises BadParameter for what was never a cursor, and for one of another query."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,3000}", text):
        raise malformed()
    try:
        bound, back, key, object_id = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(bound, str) or type(back) is not bool or "\0" in f"{key}" or not UUID.fullmatch(object_id):
            raise malformed()
    except (binascii.Error, ValueError, TypeError) as error:
        raise malformed() from error
    if bound != bound_to:
        raise BadParameter("cursor", "This cursor belongs to another query. Start again without it.")
    if type(key) is not (int if order in DESCENDING else str) or (type(key) is int and not 0 <= key < 2**63):
        raise malformed()
    return Cursor(back, key, object_id)


def malformed() -> BadParameter:
    return BadParameter("cursor", "This is not a cursor. Take it from “next” or “previous” of an earlier answer.")


def _typed(field: Any) -> str:
    """A parameter of the column's type and collation."""
    kind, collate, collation = field.db_type(connection).partition(" COLLATE ")
    return f"CAST(%s AS {kind}){collate}{collation}"
