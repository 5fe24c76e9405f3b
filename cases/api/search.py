"""Search: the same engine, parameters and refusals as the site's, as JSON."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from rest_framework.request import Request

from cases.documents.cards import brief
from cases.documents.evidence import PublishedExcerpt
from cases.documents.kinds import LICENSE
from cases.http.search_parameters import SEARCH_KINDS, page_number, request_of
from cases.search.find import MATCHES, MAX_RESULTS, SORTS, Hit, Results, SearchRequest, search
from cases.search.index.engine import FACETS
from cases.search.match_reasons import ExcerptRole
from cases.search.query.parser import MAX_QUERY_CHARS, QUERY_FIELDS
from cases.search.snippets import Fragment
from cases.search.suggest import MAX_SUGGESTIONS, suggest
from cases.vocabularies import Standing

from . import fields
from .openapi import in_query, responses_of
from .responses import envelope, json_text, raw_response, url_with
from .views import ApiView

RESULT_LANGUAGES = ("id", "en")


class SearchTextField(fields.QueryField):
    written = fields.TEXT | {"maxLength": MAX_QUERY_CHARS, "examples": ['"uang tunai" OR suap']}


class ValuesField(fields.QueryField):
    """Values of a facet, checked where the search is read (cases.http.search_parameters)."""

    many = True
    written = fields.NAME


class YearsField(ValuesField):
    written = {"type": "string", "pattern": "^[0-9]{4}$"}


class SearchForm(forms.Form):
    q = SearchTextField(
        help_text="Words, “phrases”, -not, OR, beginnings*, field:value. Without it, every record. Fields, in English "
        f"(and in Indonesian): {', '.join(f'`{name}` (`{other}`)' for name, other in QUERY_FIELDS.items())}. "
        f"Values of {', '.join(FACETS)} are those of the parameters of that name; one that does not exist is refused. "
        "A word before a colon that is no field is read as a word, and `notices` says so."
    )
    kind = fields.ChoicesField(words=SEARCH_KINDS, help_text="Kinds of record.")
    standing = fields.ChoicesField(words=Standing, help_text="Records with a claim of this standing.")
    place = ValuesField(help_text="Slugs of places: records that name one, in themselves or in a claim, and itself.")
    topic = fields.TopicsField(help_text="Codes of topics.")
    source = ValuesField(help_text="Slugs of sources.")
    year = YearsField(
        help_text="Years, such as 2022. A record counts when the period of any of its claims, of whatever kind, "
        "overlaps one; a source, when it was published in one. That is what `from` and `to` of the list of claims "
        "find, not those of the lists of documents. What has no end counts until the year of the version."
    )
    match = fields.ChoiceField(
        words=MATCHES,
        initial=MATCHES[0],
        help_text="Where no record has every word: `most` answers with those that have most of them, and says which "
        "each lacks (`matched`, `missing_words`); `all` with none. Phrases, fields, -words, negations and words of "
        "guilt are never left out.",
    )
    sort = fields.ChoiceField(words=SORTS, initial=SORTS[0], help_text="Order: best match, date told of, newest here.")
    page = fields.WholeField(
        minimum=1, maximum=MAX_RESULTS, initial=1, help_text=f"At most {MAX_RESULTS} results in all."
    )
    limit = fields.WholeField(minimum=1, maximum=50, initial=20, help_text="Results on one page.")
    language = fields.ChoiceField(
        words=RESULT_LANGUAGES, initial="id", help_text="Whose statements and titles are shown."
    )


class Search(ApiView):
    """One search over cases, collaborations, actors, systems, places and sources, with their excerpts."""

    operation = "search"
    summary = "Search the record"
    responses = responses_of("search", 304, 400)
    parameters = in_query(SearchForm)

    def get(self, request: Request) -> HttpResponse:
        query = fields.clean_query(SearchForm(request.GET))
        size = query["limit"]
        search_request = request_of(request.GET, language=query["language"], size=size)
        page = page_number(request.GET, size)
        results = search(search_request)
        more = search_request.offset + size < min(results.total, MAX_RESULTS // size * size)
        head = {
            "query": _query(search_request, page),
            "as_of": None,
            "count": results.total,
            "next": url_with(request, "page", str(page + 1)) if more else None,
            "previous": url_with(request, "page", str(page - 1)) if page > 1 else None,
            "license": LICENSE,
            "facets": {name: _counts(results.facets.get(name, {})) for name in FACETS},
            **_told(results),
        }
        return raw_response(request, envelope(head, [json_text(_result(hit)) for hit in results.hits]))


def _query(search_request: SearchRequest, page: int) -> dict[str, object]:
    return {
        "q": search_request.text,
        **{name: search_request.selected.get(name, ()) for name in FACETS},
        "match": search_request.match,
        "sort": search_request.sort,
        "page": page,
        "limit": search_request.limit,
        "language": search_request.language,
    }


def _told(results: Results) -> dict[str, object]:
    """Return how the results answer the query, and what to try instead."""
    return {
        "matched": results.matched,
        "missing_words": results.unknown,
        "corrected": results.corrected or None,
        "did_you_mean": results.did_you_mean or None,
        "unknown_words": results.unknown,
        "nearest": [
            {"kind": near.document.kind, "name": near.name, "path": near.document.path} for near in results.nearest
        ],
        "ways_out": [{"q": way.text, **way.selected, "count": way.total} for way in results.ways_out],
        "notices": results.notices,
        "complete": results.complete,
    }


def _counts(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"value": value, "count": counts[value]} for value in sorted(counts, key=lambda v: (-counts[v], v))]


def _result(hit: Hit) -> dict[str, Any]:
    """Return a hit: what it is, the statement and the quote that matched with marks, and why."""
    document, match = hit.document, hit.match
    claim, excerpt = match.claim, match.excerpt
    return {
        "id": document.id,
        "kind": document.kind,
        "slug": document.slug,
        "title": document.title,
        "title_given": getattr(document, "title_given", None),
        "path": document.path,
        "version": document.version.number,
        "claim": brief(claim, match.document) if claim else None,
        "excerpt": _excerpt(excerpt, match.bearing) if excerpt else None,
        "other_side": _excerpt(match.other_side, match.other_bearing) if match.other_side else None,
        "highlights": {
            "title": marked_html(match.title),
            "statement": marked_html(match.statement),
            "quote": marked_html(match.quote),
            "other_side": marked_html(match.other_quote),
        },
        "why": match.why,
        "missing_words": hit.missing_words,
        "unmet": list(match.unmet),
    }


def _excerpt(excerpt: PublishedExcerpt, bearing: ExcerptRole) -> dict[str, object]:
    """Return the words, and how they stand to the claim beside them."""
    shown = {key: getattr(excerpt, key) for key in ("id", "path", "source", "exact", "language")}
    return shown | {"relation": bearing.relation, "sides": bearing.sides}


def marked_html(pieces: list[Fragment]) -> str:
    """Return the pieces as HTML: each escaped by itself, then marked. Nothing else in it is markup."""
    return mark_safe(  # noqa: S308 - every piece is escaped
        "".join(
            f"<mark>{conditional_escape(p.text)}</mark>" if p.marked else conditional_escape(p.text) for p in pieces
        )
    )


class SuggestForm(forms.Form):
    q = SearchTextField(help_text="What has been typed so far.")
    language = fields.ChoiceField(words=RESULT_LANGUAGES, initial="id", help_text="Whose titles are shown.")


class Suggest(ApiView):
    """Names that fit what was typed so far, words perhaps only begun or misspelt; topics; words. At most eight."""

    operation = "suggest"
    summary = "Suggestions while typing"
    responses = responses_of("suggestions", 304, 400)
    parameters = in_query(SuggestForm)

    def get(self, request: Request) -> HttpResponse:
        query = fields.clean_query(SuggestForm(request.GET))
        text, language = query["q"] or "", query["language"]
        head = {"query": {"q": text, "language": language, "limit": MAX_SUGGESTIONS}, "license": LICENSE}
        return raw_response(request, envelope(head, [json_text(each) for each in suggest(text, language)]))
