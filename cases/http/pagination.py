"""Keyset pagination on (sort key, id), both ways: what is published meanwhile neither repeats nor hides a row."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from django.db.models import Q, QuerySet

from .query_parameters import BadParameterError

PageRow = TypeVar("PageRow")
UUID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
CURSOR = re.compile(r"[A-Za-z0-9_-]{1,3000}")
MAX_KEY = 2**63 - 1


@dataclass(frozen=True)
class Ordering:
    """The column by which a list is ordered, and then by id."""

    column: str
    is_number: bool = False
    descending: bool = False


class Position(NamedTuple):
    """A place in an ordering: after the row with this key and id or, `backwards`, before it."""

    backwards: bool
    key: str | int
    object_id: str


@dataclass(frozen=True)
class Page(Generic[PageRow]):
    """Rows in reading order, and whether there are any before and after them."""

    rows: list[PageRow]
    has_previous: bool
    has_next: bool


def rows_from(rows: QuerySet[Any], ordering: Ordering, position: Position | None) -> QuerySet[Any]:
    """Return the rows beyond a position, ordered away from it. The index on (column, id) is entered there."""
    descending = ordering.descending != bool(position and position.backwards)
    if position:
        column, beyond = ordering.column, "lt" if descending else "gt"
        farther = Q(**{f"{column}__{beyond}": position.key}) | Q(**{f"object_id__{beyond}": position.object_id})
        rows = rows.filter(farther, **{f"{column}__{beyond}e": position.key})
    sign = "-" if descending else ""
    return rows.order_by(f"{sign}{ordering.column}", f"{sign}object_id")


def make_page(fetched: Sequence[PageRow], limit: int, *, backwards: bool, is_first: bool) -> Page[PageRow]:
    """Return the page of fetched rows, which are one more than `limit` where there are more.

    What lies on the other side of the position is not looked up: the row that it names was there.
    """
    rows, more = list(fetched[:limit]), len(fetched) > limit
    if backwards:
        return Page(rows[::-1], has_previous=more, has_next=bool(rows))
    return Page(rows, has_previous=bool(rows) and not is_first, has_next=more)


def read_page(rows: QuerySet[Any], ordering: Ordering, position: Position | None, limit: int) -> Page[Any]:
    """Return one page of a list; one query."""
    fetched = list(rows_from(rows, ordering, position)[: limit + 1])
    return make_page(fetched, limit, backwards=bool(position and position.backwards), is_first=position is None)


def query_hash(resource: str, query: Mapping[str, object], as_of: str | None) -> str:
    """Return what a cursor is bound to: a short hash of the resource and of all that chooses or orders its rows."""
    text = json.dumps([resource, query, as_of], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def encode_cursor(position: Position, bound_to: str) -> str:
    text = msgspec.json.encode((bound_to, *position))
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def decode_cursor(text: str, bound_to: str, ordering: Ordering) -> Position:
    """Return the position of a cursor. Raises BadParameterError for any other text, or another query's."""
    sentence = "This is not a cursor. Take it from “next” or “previous” of an earlier answer."
    malformed = BadParameterError("cursor", sentence)
    if not CURSOR.fullmatch(text):
        raise malformed
    try:
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        bound, backwards, key, object_id = msgspec.json.decode(content, type=tuple[str, bool, str | int, str])
    except ValueError as error:  # of base64, UTF-8 or JSON
        raise malformed from error
    if "\0" in f"{key}" or not UUID.fullmatch(object_id):
        raise malformed
    if bound != bound_to:
        raise BadParameterError("cursor", "This cursor belongs to another query. Start again without it.")
    if isinstance(key, int) != ordering.is_number or (isinstance(key, int) and not 0 <= key <= MAX_KEY):
        raise malformed
    return Position(backwards, key, object_id)
