"""The results page, and a feed of any search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.claim_kinds.base import Label
from cases.http.query_parameters import BadParameterError
from cases.http.search_parameters import SEARCH_PARAMETERS, page_number, request_of
from cases.models import Record
from cases.public.feeds import FeedEntry, atom
from cases.public.labels import (
    FACET_NAMES,
    FACET_TITLES,
    SORT_TITLES,
    search_fields,
    topic_name,
    word,
)
from cases.public.language_urls import local, page_language, with_query
from cases.public.page_view import page_view
from cases.public.presenters.proceedings import without_stage
from cases.public.presenters.search_answer import HitView, answer_notes
from cases.public.rendering import render
from cases.search.alternatives import WiderSearch
from cases.search.find import MATCHES, MAX_RESULTS, SORTS, Hit, Results, SearchRequest, search
from cases.search.index.engine import FACETS
from cases.search.query.parser import SearchQueryError
from cases.search.snippets import Fragment

RESULTS_PER_PAGE = 12
# Values of a facet that are shown; others are behind a fold, which says how many more there are
FACET_VALUES_SHOWN = 8
FACET_VALUES_FOLDED = 16
RESULTS_IN_FEED = 50


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: how many results it has, and the URL that chooses it, or takes it back."""

    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """What the results can be narrowed by. `more` are the values behind the fold, `unshown` how many are nowhere."""

    name: Label
    title: Label
    values: list[FacetValue]
    more: list[FacetValue]
    unshown: int


@page_view(*SEARCH_PARAMETERS, repeatable=FACETS, of_the_record=False, limited=True)
def results(request: HttpRequest) -> HttpResponse:
    """Return what was found, why, and how it can be narrowed. All of it stands in the URL."""
    search_request = request_of(request.GET, language=page_language(), size=RESULTS_PER_PAGE)
    found = _results(search_request)
    page = page_number(request.GET, RESULTS_PER_PAGE)
    last = min(-(-found.total // RESULTS_PER_PAGE), MAX_RESULTS // RESULTS_PER_PAGE)
    facets = list(_facets(search_request, found))
    context = {
        "q": search_request.text,
        "search_request": search_request,
        "found": found,
        "notes": answer_notes(search_request.text, found),
        "hits": [HitView(hit) for hit in found.hits],
        "facets": facets,
        "facet_names": ", ".join(str(facet.name) for facet in facets),
        "chosen": [(name, value) for name, values in search_request.selected.items() for value in values],
        "sorts": [
            (SORT_TITLES[sort], sort == search_request.sort, _address(replace(search_request, sort=sort)))
            for sort in SORTS
        ],
        "meant": _address(replace(search_request, text=found.did_you_mean)),
        "ways_out": [_way_out(search_request, way) for way in found.ways_out],
        "previous": _address(search_request, page=page - 1) if page > 1 else "",
        "next": _address(search_request, page=page + 1) if page < last else "",
        "capped": MAX_RESULTS if found.total > MAX_RESULTS and page == last else None,
        "first": search_request.offset + 1,
        "feed": _address(replace(search_request, match=MATCHES[0]), path="/search/atom.xml"),
        "followed": with_query("/search/", {"q": search_request.text, **search_request.selected}),
        "fields": search_fields(),
        "without_stage": without_stage([hit.match.claim for hit in found.hits if hit.match.claim], None),
    }
    return render(request, "search.html", context, indexed=not request.GET)


@page_view(
    *(name for name in SEARCH_PARAMETERS if name not in ("match", "sort", "page")),
    repeatable=FACETS,
    of_the_record=False,
    limited=True,
)
def search_feed(request: HttpRequest) -> HttpResponse:
    """Return the newest records that fit a search, as Atom."""
    search_request = request_of(request.GET, language=page_language(), size=RESULTS_IN_FEED)
    found = _results(replace(search_request, sort="recent", match="all"))
    entries = [
        FeedEntry(
            id=f"urn:uuid:{hit.document.id}",
            title=_plain(hit.match.title),
            path=hit.document.path,
            updated=hit.document.version.recorded_at,
            summary=_summary(hit),
        )
        for hit in found.hits
    ]
    title = _("CaseDB: search for “%s”") % search_request.text if search_request.text else _("CaseDB: newest records")
    return atom(request, title, _address(search_request), entries, indexed=True)


def _results(search_request: SearchRequest) -> Results:
    try:
        return search(search_request)
    except SearchQueryError as bad:
        raise BadParameterError("q", bad.sentence, bad.nearest) from bad


def _summary(hit: Hit) -> str:
    """Return what a feed says of a hit: its statement, who says it, how firmly, what stands against it."""
    view = HitView(hit).claim
    if view is None:
        return _plain(hit.match.statement) or _plain(hit.match.quote)
    return " ".join([f"{view.attribution}.", *(f"{each.family}: {each.text}." for each in view.news)])


def _plain(pieces: list[Fragment]) -> str:
    return "".join(piece.text for piece in pieces)


def _facets(search_request: SearchRequest, found: Results) -> Iterator[Facet]:
    """Yield the facets that leave a choice."""
    labels = _labels(found, search_request)
    for name in FACETS:
        chosen = list(search_request.selected.get(name, ()))
        counts = found.facets.get(name, {})
        order = sorted(counts, key=lambda value: (-int(value) if name == "year" else -counts[value], value))
        every = [*chosen, *(value for value in order if value not in chosen)]
        values = [
            FacetValue(
                labels.get((name, value)) or _label(name, value),
                counts.get(value, 0),
                value in chosen,
                _toggled(search_request, name, value),
            )
            for value in every[: FACET_VALUES_SHOWN + FACET_VALUES_FOLDED]
        ]
        if len(values) > 1 or chosen:
            shown, more = values[:FACET_VALUES_SHOWN], values[FACET_VALUES_SHOWN:]
            yield Facet(FACET_NAMES[name], FACET_TITLES[name], shown, more, len(every) - len(values))


def _label(name: str, value: str) -> str:
    return topic_name(value) if name == "topic" else word(value, name) if name in ("kind", "standing") else value


def _labels(found: Results, search_request: SearchRequest) -> dict[tuple[str, str], str]:
    """Return the titles of places and sources. One query."""
    wanted = {
        name: {*found.facets.get(name, ()), *search_request.selected.get(name, ())} for name in ("place", "source")
    }
    slugs = [slug for values in wanted.values() for slug in values]
    rows = Record.objects.current().filter(kind__in=wanted, slug__in=slugs)
    titled = "title_en" if page_language() == "en" else "title_id"
    return {(kind, slug): title for kind, slug, title in rows.values_list("kind", "slug", titled)}


def _toggled(search_request: SearchRequest, name: str, value: str) -> str:
    now = list(search_request.selected.get(name, ()))
    changed = [other for other in now if other != value] if value in now else [*now, value]
    return _address(replace(search_request, selected={**search_request.selected, name: changed}))


def _way_out(search_request: SearchRequest, way: WiderSearch) -> tuple[WiderSearch, Label, str]:
    """Return a search that finds more, what it leaves out (a facet by its title, words as they are), and its URL."""
    address = _address(replace(search_request, text=way.text, selected=way.selected))
    return way, FACET_TITLES.get(way.left_out, way.left_out), address


def _address(search_request: SearchRequest, *, path: str = "/search/", page: int = 1) -> str:
    """Return the URL of a page of a search, in the language of the page; its first order and page are not named."""
    sort = search_request.sort if search_request.sort != SORTS[0] else ""
    match = search_request.match if search_request.match != MATCHES[0] else ""
    query: dict[str, str | Sequence[str]] = {"q": search_request.text, **search_request.selected, "sort": sort}
    query["match"] = match
    return with_query(local(path), query | {"page": str(page) if page > 1 else ""})
