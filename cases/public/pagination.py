"""Pages of a list by keyset: `?after=` and `?before=` name a row, so that nothing is skipped or repeated."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameter
from cases.models import Record

from .language_urls import bare, local, query_of, with_query

SIZE = 50


@dataclass(frozen=True)
class Sheet:
    """One page of a list, and the addresses of its neighbours."""

    rows: list[Any]
    previous: str | None
    next: str | None


def cursor_of(request: HttpRequest) -> tuple[str, str] | None:
    """(`after` or `before`, value), or None on the first page."""
    given = [(name, request.GET[name].strip()) for name in ("after", "before") if request.GET.get(name, "").strip()]
    if len(given) > 1:
        raise BadParameter("before", _("Give “after” or “before”, not both."))
    return given[0] if given else None


def sheet_of_records(request: HttpRequest, rows: QuerySet[Any], kind: str) -> Sheet:
    """One page of the records of a kind, by title. A cursor may name a record that has been withdrawn since."""
    cursor = cursor_of(request)
    order = ["sort_key", "object_id"]
    if cursor:
        name, slug = cursor
        place = Record.objects.filter(kind=kind, slug=slug).order_by("-since_seq").first()
        if place is None:
            raise BadParameter(name, _("“%s” is not a place in this list.") % slug[:60])
        rows = rows.filter(_beyond(name, place))
        if name == "before":
            order = [f"-{key}" for key in order]
    return sheet(request, list(rows.order_by(*order)[: SIZE + 1]), cursor, lambda row: row.slug, SIZE)


def sheet(request: HttpRequest, found: list[Any], cursor: Any, key: Any, size: int) -> Sheet:
    """The rows in reading order. `found` holds one row more than a page where there are more."""
    backwards = bool(cursor) and cursor[0] == "before"
    rows, more = found[:size], len(found) > size
    if backwards:
        rows.reverse()
    has_next, has_previous = (bool(rows), more) if backwards else (more, bool(cursor) and bool(rows))
    return Sheet(
        rows,
        previous=_address(request, "before", key(rows[0])) if has_previous else None,
        next=_address(request, "after", key(rows[-1])) if has_next else None,
    )


def _beyond(name: str, place: Record) -> Q:
    sign = "gt" if name == "after" else "lt"
    return Q(**{f"sort_key__{sign}": place.sort_key}) | Q(
        sort_key=place.sort_key, **{f"object_id__{sign}": place.object_id}
    )


def _address(request: HttpRequest, name: str, value: Any) -> str:
    query = {k: v for k, v in query_of(request).items() if k not in ("after", "before")}
    return with_query(local(bare(request.path)), query | {name: str(value)})
