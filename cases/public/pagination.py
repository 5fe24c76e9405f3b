"""Pages of a list of the site: `?after=` and `?before=` name a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.http.pagination import Ordering, PageRow, Position, make_page, rows_from
from cases.http.query_parameters import BadParameterError
from cases.models import Record

from .language_urls import local, query_of, with_query, without_language

PAGE_ROWS = 50


@dataclass(frozen=True)
class Sheet(Generic[PageRow]):
    """One page of a list, and the URLs of its neighbours."""

    rows: list[PageRow]
    previous: str | None
    next: str | None


def cursor_of(request: HttpRequest) -> tuple[str, str] | None:
    """Return (`after` or `before`, value), or None on the first page. Raises BadParameterError when both are given."""
    given = [(name, request.GET[name].strip()) for name in ("after", "before") if request.GET.get(name, "").strip()]
    if len(given) > 1:
        raise BadParameterError("before", _("Give “after” or “before”, not both."))
    return given[0] if given else None


def sheet_of_records(request: HttpRequest, rows: QuerySet[Record], kind: str) -> Sheet[Record]:
    """Return one page of the records of a kind, by title. A cursor may name a record that was withdrawn since."""
    cursor, position = cursor_of(request), None
    if cursor:
        name, slug = cursor
        record = Record.objects.filter(kind=kind, slug=slug).order_by("-since_seq").first()
        if record is None:
            raise BadParameterError(name, _("“%s” is not a place in this list.") % slug[:60])
        position = Position(name == "before", record.sort_key, str(record.object_id))
    fetched: list[Record] = list(rows_from(rows, Ordering("sort_key"), position)[: PAGE_ROWS + 1])
    return sheet(request, fetched, cursor, lambda row: row.slug, PAGE_ROWS)


def sheet(
    request: HttpRequest,
    fetched: Sequence[PageRow],
    cursor: tuple[str, object] | None,
    key: Callable[[PageRow], object],
    size: int,
) -> Sheet[PageRow]:
    """Return the page of fetched rows, which are one more than `size` where there are more."""
    backwards = cursor is not None and cursor[0] == "before"
    page = make_page(fetched, size, backwards=backwards, is_first=cursor is None)
    return Sheet(
        page.rows,
        previous=_address(request, "before", key(page.rows[0])) if page.has_previous else None,
        next=_address(request, "after", key(page.rows[-1])) if page.has_next else None,
    )


def _address(request: HttpRequest, name: str, value: object) -> str:
    query = {k: v for k, v in query_of(request).items() if k not in ("after", "before")}
    return with_query(local(without_language(request.path)), query | {name: str(value)})
