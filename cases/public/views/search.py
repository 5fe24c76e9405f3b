"""The results page, and a feed of any search."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.documents.canonical import Document
from cases.http.query_parameters import BadParameter
from cases.http.search_parameters import NAMES, page_of, request_of
from cases.models import Record
from cases.public.feeds import Entry, atom
from cases.public.labels import (
    FACET_TITLES,
    SORT_TITLES,
    conflict_heading,
    property_name,
    search_fields,
    topic_name,
    word,
)
from cases.public.language_urls import active, bare, local, with_query
from cases.public.page_view import door
from cases.public.presenters.resolved import find_claim
from cases.public.presenters.speakers import attribution
from cases.public.rendering import render
from cases.search.find import DEEPEST, SORTS, Hit, Results, SearchRequest, search
from cases.search.index.engine import FACETS
from cases.search.query.parser import BadQuery

SIZE = 20
SHOWN = 8
"""Values of a facet that stand open; others are behind a fold."""
FOLDED = 16
"""How many stand behind the fold; it says how many more there are."""
IN_FEED = 50


@dataclass(frozen=True)
class Value:
    """One value of a facet: how many results it has, and the address that chooses it, or takes it back."""

    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """What the results can be narrowed by. `more` are the values behind the fold."""

    title: str
    values: list[Value]
    more: list[Value]
    unshown: int

    @property
    def open(self) -> bool:
        return any(value.chosen for value in self.values)


@door(*NAMES, repeatable=FACETS, of_the_record=False)
def results(request: HttpRequest) -> HttpResponse:
    """What was found, why, and how it can be narrowed. All of it stands in the address."""
    asked = request_of(request.GET, language=active(), size=SIZE)
    found = _found(asked)
    page = page_of(request.GET, SIZE)
    last = min(-(-found.total // SIZE), DEEPEST // SIZE)
    context = {
        "q": asked.text,
        "asked": asked,
        "found": found,
        "hits": [_hit(hit) for hit in found.hits],
        "facets": _facets(asked, found),
        "chosen": [(name, value) for name, values in asked.selected.items() for value in values],
        "sorts": [(SORT_TITLES[sort], sort == asked.sort, _address(asked, sort=sort)) for sort in SORTS],
        "meant": _address(asked, text=found.did_you_mean),
        "ways_out": [
            (way, _left_out(way.left_out), _address(asked, text=way.text, selected=way.selected))
            for way in found.ways_out
        ],
        "previous": _address(asked, page=page - 1) if page > 1 else "",
        "next": _address(asked, page=page + 1) if page < last else "",
        "capped": DEEPEST if found.total > DEEPEST and page == last else None,
        "first": asked.offset + 1,
        "feed": _address(asked, path="/search/atom.xml"),
        "fields": search_fields(),
    }
    return render(request, "search.html", context, indexed=not request.GET)


@door(*(name for name in NAMES if name not in ("sort", "page")), repeatable=FACETS, of_the_record=False)
def feed(request: HttpRequest) -> HttpResponse:
    """The newest records that fit a search, as Atom."""
    asked = request_of(request.GET, language=active(), size=IN_FEED)
    found = _found(SearchRequest(asked.text, asked.selected, "recent", IN_FEED, 0, active()))
    entries = [
        Entry(
            id=f"urn:uuid:{hit.document['id']}",
            title=_plain(hit.match.title),
            path=hit.document["path"],
            updated=hit.document["version"]["recorded_at"],
            summary=_summary(hit),
        )
        for hit in found.hits
    ]
    title = _("CaseDB: search for “%s”") % asked.text if asked.text else _("CaseDB: newest records")
    return atom(request, title, _address(asked), entries)


def _found(asked: SearchRequest) -> Results:
    try:
        return search(asked)
    except BadQuery as bad:
        raise BadParameter("q", bad.sentence, bad.nearest) from bad


def _hit(hit: Hit) -> dict[str, Any]:
    """A hit as the page shows it: its document, the statement opened, and the quote."""
    unmet = ", ".join(str(FACET_TITLES[name]).lower() for name in hit.match.unmet)
    return {"document": hit.document, "match": hit.match, "claim": _claim(hit), "hedge": _hedge(hit), "unmet": unmet}


def _claim(hit: Hit) -> Document | None:
    return find_claim(hit.document, hit.match.claim["id"]) if hit.match.claim else None


def _summary(hit: Hit) -> str:
    """What a feed says of a hit: its statement, who says it, how firmly, and what of it is in dispute."""
    claim = _claim(hit)
    if claim is None:
        return _plain(hit.match.quote)
    disputes = [f"{conflict_heading(c['kind'])}: {property_name(c['property'])}." for c in claim["disputes"]]
    return " ".join([attribution(claim), *disputes])


def _hedge(hit: Hit) -> str:
    """The language of the statement shown, where it is not that of the page."""
    return hit.match.language if hit.match.language != active() else ""


def _plain(pieces: list[Any]) -> str:
    return "".join(piece.text for piece in pieces)


def _facets(asked: SearchRequest, found: Results) -> list[Facet]:
    labels = _labels(found, asked)
    facets = []
    for name in FACETS:
        chosen = list(asked.selected.get(name, ()))
        counts = found.facets.get(name, {})
        order = sorted(counts, key=lambda value: (-int(value) if name == "year" else -counts[value], value))
        every = [*chosen, *(value for value in order if value not in chosen)]
        values = [
            Value(
                labels.get((name, value)) or _label(name, value),
                counts.get(value, 0),
                value in chosen,
                _toggled(asked, name, value),
            )
            for value in every[: SHOWN + FOLDED]
        ]
        if len(values) > 1 or chosen:
            facets.append(Facet(str(FACET_TITLES[name]), values[:SHOWN], values[SHOWN:], len(every) - len(values)))
    return facets


def _label(name: str, value: str) -> str:
    return topic_name(value) if name == "topic" else word(value, name) if name in ("kind", "standing") else value


def _labels(found: Results, asked: SearchRequest) -> dict[tuple[str, str], str]:
    """The titles of places and sources. One query."""
    wanted = {name: {*found.facets.get(name, ()), *asked.selected.get(name, ())} for name in ("place", "source")}
    slugs = [slug for values in wanted.values() for slug in values]
    rows = Record.objects.current().filter(kind__in=wanted, slug__in=slugs)
    titled = "title_en" if active() == "en" else "title_id"
    return {(kind, slug): title for kind, slug, title in rows.values_list("kind", "slug", titled)}


def _left_out(text: str) -> str:
    """What a way out leaves out: a facet by its title, or words as they were typed."""
    return str(FACET_TITLES[text]) if text in FACET_TITLES else text


def _toggled(asked: SearchRequest, name: str, value: str) -> str:
    now = list(asked.selected.get(name, ()))
    changed = [other for other in now if other != value] if value in now else [*now, value]
    return _address(asked, selected={**asked.selected, name: changed})


def _address(asked: SearchRequest, *, path: str = "/search/", page: int = 1, **changed: Any) -> str:
    """The same search with something changed, in the language of the page; by default its first page."""
    text, sort = changed.get("text", asked.text), changed.get("sort", asked.sort)
    query: dict[str, Any] = {"q": text, **changed.get("selected", asked.selected)}
    query |= {"sort": sort if sort != SORTS[0] else "", "page": str(page) if page > 1 else ""}
    return with_query(local(bare(path)), query)
