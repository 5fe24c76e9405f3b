"""Search: the same engine, parameters and refusals as the site's, answered as JSON."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from cases.documents.build import LICENSE
from cases.documents.canonical import Document
from cases.documents.cards import brief
from cases.http.query_parameters import BadParameter
from cases.http.search_parameters import KINDS, page_of, request_of
from cases.search.find import DEEPEST, SORTS, SUGGESTED, Hit, Results, SearchRequest, search, suggest
from cases.search.index.engine import FACETS
from cases.search.matches import Bearing, Piece
from cases.search.query.parser import FIELDS, LONGEST, BadQuery
from cases.vocabularies import Standing, topics

from . import fields
from .details import compact
from .lists import envelope
from .openapi import answers, in_query
from .responses import View, answer

LANGUAGES = ("id", "en")


class QueryField(fields.AskedField):
    written = fields.TEXT | {"maxLength": LONGEST, "examples": ['"uang tunai" OR suap']}


class ValuesField(fields.AskedField):
    """Values of a facet, checked where the search is read (cases.http.search_parameters)."""

    many = True
    written = fields.NAME


class YearsField(ValuesField):
    written = {"type": "string", "pattern": "^[0-9]{4}$"}


class SearchForm(forms.Form):
    q = QueryField(
        help_text="Words, “phrases”, -not, OR, beginnings*, field:value. Without it, every record. Fields, in English "
        f"(and in Indonesian): {', '.join(f'`{name}` (`{other}`)' for name, other in FIELDS.items())}. "
        f"Values of {', '.join(FACETS)} are those of the parameters of that name; one that does not exist is refused. "
        "A word before a colon that is no field is read as a word, and `notices` says so."
    )
    kind = fields.ChoicesField(words=KINDS, help_text="Kinds of record.")
    standing = fields.ChoicesField(words=Standing.values, help_text="Records with a claim of this standing.")
    place = ValuesField(help_text="Slugs of places: records that name one, in themselves or in a claim, and itself.")
    topic = fields.ChoicesField(words=topics(), help_text="Codes of topics.")
    source = ValuesField(help_text="Slugs of sources.")
    year = YearsField(
        help_text="Years, such as 2022. A record counts when the period of any of its claims, of whatever kind, "
        "overlaps one; a source, when it was published in one. That is what `from` and `to` of the list of claims "
        "find, not those of the lists of documents. What has no end counts until the year of the version."
    )
    sort = fields.ChoiceField(words=SORTS, initial=SORTS[0], help_text="Order: best match, date told of, newest here.")
    page = fields.WholeField(minimum=1, maximum=DEEPEST, initial=1, help_text=f"At most {DEEPEST} results in all.")
    limit = fields.WholeField(minimum=1, maximum=50, initial=20, help_text="Results on one page.")
    language = fields.ChoiceField(words=LANGUAGES, initial="id", help_text="Whose statements and titles are shown.")


class Search(View):
    """One search over cases, collaborations, actors, systems, places and sources, with their excerpts."""

    operation = "search"
    summary = "Search the record"
    answers = answers("search", 304, 400)
    parameters = in_query(SearchForm)

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = fields.asked(SearchForm(request.GET))
        size = asked["limit"]
        wanted = request_of(request.GET, language=asked["language"], size=size)
        page = page_of(request.GET, size)
        found = _found(wanted)
        more = wanted.offset + size < min(found.total, DEEPEST // size * size)
        head = {
            "query": {"q": wanted.text, **{name: list(wanted.selected.get(name, ())) for name in FACETS}}
            | {"sort": wanted.sort, "page": page, "limit": size, "language": wanted.language},
            "as_of": None,
            "count": found.total,
            "next": _page(request, page + 1) if more else None,
            "previous": _page(request, page - 1) if page > 1 else None,
            "license": LICENSE,
            "facets": {name: _counts(found.facets.get(name, {})) for name in FACETS},
            "did_you_mean": found.did_you_mean or None,
            "unknown_words": found.unknown,
            "ways_out": [
                {"q": way.text, **{name: list(values) for name, values in way.selected.items()}, "count": way.total}
                for way in found.ways_out
            ],
            "notices": found.notices,
            "complete": found.complete,
        }
        return answer(request, envelope(head, [compact(_result(hit)) for hit in found.hits]))


def _found(wanted: SearchRequest) -> Results:
    try:
        return search(wanted)
    except BadQuery as bad:
        raise BadParameter("q", bad.sentence, bad.nearest) from bad


def _counts(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"value": value, "count": counts[value]} for value in sorted(counts, key=lambda v: (-counts[v], v))]


def _page(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{request.path}?{query.urlencode()}"


def _result(hit: Hit) -> dict[str, Any]:
    """A hit: what it is, the statement and the quote that matched with marks, and why."""
    document, match = hit.document, hit.match
    claim, excerpt = match.claim, match.excerpt
    return {
        "id": document["id"],
        "kind": document["kind"],
        "slug": document["slug"],
        "title": document["title"],
        "path": document["path"],
        "version": document["version"]["number"],
        "claim": brief(claim) if claim else None,
        "excerpt": _excerpt(excerpt, match.bearing) if excerpt else None,
        "highlights": {
            "title": marked(match.title),
            "statement": marked(match.statement),
            "quote": marked(match.quote),
        },
        "why": [
            {"field": why.field, "form": why.form, "text": why.text, "elsewhere": why.elsewhere} for why in match.why
        ],
        "unmet": list(match.unmet),
    }


def _excerpt(excerpt: Document, bearing: Bearing) -> Document:
    """The words, and how they stand to the claim beside them."""
    return {key: excerpt[key] for key in ("id", "path", "source", "exact", "language")} | {
        "relation": bearing.relation,
        "sides": [{"conflict": s.conflict, "property": s.property, "value": s.value} for s in bearing.sides],
    }


def marked(pieces: list[Piece]) -> str:
    """The pieces as HTML: each escaped by itself, then marked. Nothing else in it is markup."""
    return mark_safe(  # noqa: S308 - every piece is escaped
        "".join(
            f"<mark>{conditional_escape(p.text)}</mark>" if p.marked else conditional_escape(p.text) for p in pieces
        )
    )


class SuggestForm(forms.Form):
    q = QueryField(help_text="What has been typed so far.")
    language = fields.ChoiceField(words=LANGUAGES, initial="id", help_text="Whose titles are shown.")


class Suggest(View):
    """Titles and names in which every word typed so far stands, the last one perhaps only begun. At most eight."""

    operation = "suggest"
    summary = "Suggestions while typing"
    answers = answers("suggestions", 304, 400)
    parameters = in_query(SuggestForm)

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = fields.asked(SuggestForm(request.GET))
        try:
            found = suggest(asked["q"] or "", asked["language"])
        except BadQuery as bad:
            raise BadParameter("q", bad.sentence, bad.nearest) from bad
        head = {"query": {"q": asked["q"] or "", "language": asked["language"], "limit": SUGGESTED}, "license": LICENSE}
        rows = [{"text": each.text, "kind": each.kind, "path": each.path} for each in found]
        return answer(request, envelope(head, [compact(row) for row in rows]))
