"""Query parameters of a search: the same names and the same refusals on the site and in the API."""

import re
from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameterError, check_choice
from cases.models import Record
from cases.record.names import nearest_word
from cases.search.find import MATCHES, MAX_RESULTS, SORTS, SearchRequest
from cases.search.index.engine import FACETS
from cases.vocabularies import Standing, SubjectKind, topics

SEARCH_PARAMETERS = ("q", *FACETS, "match", "sort", "page")
SEARCH_KINDS = [*SubjectKind.values, "source"]
MAX_CHOSEN_VALUES = 20


def request_of(query: QueryDict, *, language: str, size: int) -> SearchRequest:
    """Return the search of a query, `size` results a page. Raises BadParameterError for what does not exist."""
    selected = {name: _values(name, query.getlist(name)) for name in FACETS}
    sort = query.get("sort", "").strip() or SORTS[0]
    match = query.get("match", "").strip() or MATCHES[0]
    return SearchRequest(
        text=query.get("q", "").strip(),
        selected={name: values for name, values in selected.items() if values},
        sort=check_choice("sort", sort, SORTS),
        limit=size,
        offset=(page_number(query, size) - 1) * size,
        language=language,
        match=check_choice("match", match, MATCHES),
    )


def page_number(query: QueryDict, size: int) -> int:
    """Return the number of the page, from 1. Raises BadParameterError."""
    text = query.get("page", "").strip() or "1"
    last = MAX_RESULTS // size
    if not re.fullmatch(r"[1-9]\d{0,3}", text, re.ASCII) or int(text) > last:
        detail = _("“%(text)s” is not a page from 1 to %(last)d.") % {"text": text[:60], "last": last}
        raise BadParameterError("page", detail)
    return int(text)


def _values(name: str, given: Iterable[str]) -> list[str]:
    values = list(dict.fromkeys(value.strip() for value in given if value.strip()))
    if len(values) > MAX_CHOSEN_VALUES:
        detail = _("“%(name)s” is given more than %(most)d times.") % {"name": name, "most": MAX_CHOSEN_VALUES}
        raise BadParameterError(name, detail)
    if name == "year":
        for value in values:
            if not re.fullmatch(r"\d{4}", value, re.ASCII):
                raise BadParameterError(name, _("“%s” is not a year like 2022.") % value[:60])
    elif name in ("place", "source"):
        _check_slugs(name, values)
    else:
        closed = {"kind": SEARCH_KINDS, "standing": Standing.values, "topic": list(topics())}[name]
        for value in values:
            check_choice(name, value, closed)
    return values


def _check_slugs(kind: str, slugs: list[str]) -> None:
    """Raise BadParameterError, with the nearest, for a slug that no public place or source has."""
    if not slugs:
        return
    known = set(Record.objects.current().filter(kind=kind, slug__in=slugs).values_list("slug", flat=True))
    for slug in slugs:
        if slug not in known:
            like = Record.objects.current().filter(kind=kind, slug__startswith=slug[:2])
            near = nearest_word(slug[:120], like.values_list("slug", flat=True)[:1000])
            detail = _("“%(value)s” is not a value of “%(name)s”.") % {"value": slug[:60], "name": kind}
            raise BadParameterError(kind, detail, near)
