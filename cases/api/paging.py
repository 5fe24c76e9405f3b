"""Pages on (sort key, id), both ways. A cursor is a place in the answer to one query, and bound to it."""

import base64
import binascii
import hashlib
import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cases.parameters import BadParameter

COLUMNS = {"title": "sort_key", "subject": "sort_key", "source": "sort_key", "recent": "since_seq"}
DESCENDING = {"recent"}
UNBOUND = ("limit", "count", "include")
"""What may change from page to page: it does not change which rows there are, nor their order."""


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: before or after the one with this key and id."""

    back: bool
    key: str | int
    object_id: str


@dataclass(frozen=True)
class Page:
    """Rows of (sort key, id, since_seq, card), and the places before and after them, if there is anything."""

    rows: list[Any]
    previous: Cursor | None
    next: Cursor | None


def read_page(queryset: QuerySet[Any], order: str, limit: int, cursor: Cursor | None) -> Page:
    """One query. `previous` after a cursor is not looked up: the row that the cursor stands at was there."""
    column, back = COLUMNS[order], cursor is not None and cursor.back
    descending = (order in DESCENDING) != back
    if cursor:
        queryset = queryset.filter(_beyond(column, cursor, descending))
    sign = "-" if descending else ""
    found = list(
        queryset.order_by(f"{sign}{column}", f"{sign}object_id").values_list(column, "object_id", "since_seq", "card")[
            : limit + 1
        ]
    )
    more, rows = len(found) > limit, found[:limit]
    if back:
        rows.reverse()
    before = more if back else cursor is not None
    after = cursor is not None if back else more
    return Page(
        rows,
        previous=_at(rows[0], back=True) if rows and before else None,
        next=_at(rows[-1], back=False) if rows and after else None,
    )


def binding(resource: str, query: dict[str, Any], as_of: str | None) -> str:
    """What a cursor is bound to: a short hash of the resource and of everything that chooses or orders its rows."""
    chosen = {name: value for name, value in query.items() if name not in UNBOUND}
    text = json.dumps([resource, chosen, as_of], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def encode(cursor: Cursor, bound_to: str) -> str:
    text = json.dumps([bound_to, cursor.back, cursor.key, cursor.object_id], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(text: str, bound_to: str, order: str) -> Cursor:
    """Raises BadParameter for what was never a cursor, and for one of another query."""
    malformed = BadParameter("cursor", "This is not a cursor. Take it from “next” or “previous” of an earlier answer.")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,3000}", text):
        raise malformed
    try:
        bound, back, key, object_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(bound, str) or type(back) is not bool or "\0" in f"{key}":
            raise malformed
        uuid.UUID(object_id)
        f"{key}".encode()
    except (binascii.Error, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise malformed from error
    if bound != bound_to:
        raise BadParameter("cursor", "This cursor belongs to another query. Start again without it.")
    if type(key) is not (int if order in DESCENDING else str) or (type(key) is int and not 0 <= key < 2**63):
        raise malformed
    return Cursor(back, key, object_id)


def _beyond(column: str, cursor: Cursor, descending: bool) -> Q:
    """Rows past the cursor; written so that the index on (column, id) is entered at the right place."""
    side = "lt" if descending else "gt"
    return Q(**{f"{column}__{side}e": cursor.key}) & (
        Q(**{f"{column}__{side}": cursor.key}) | Q(**{f"object_id__{side}": cursor.object_id})
    )


def _at(row: Any, *, back: bool) -> Cursor:
    return Cursor(back, row[0], str(row[1]))
