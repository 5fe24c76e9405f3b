"""`search`: the one way in. Finds, counts, and says for each hit which words matched, where, and in which form."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cases.documents.types import Document
from cases.models import Record
from cases.record.lookup import current_stored_documents
from cases.search.index.engine import FACETS, Query, Reader
from cases.search.query.compiler import CompiledQuery, compile_query
from cases.search.query.narrowing import FacetFilters, facet_filters
from cases.search.query.parser import ParsedQuery, SearchQueryError, parse_query

from . import alternatives, database
from .alternatives import Selection, WiderSearch
from .highlight import Highlighter
from .index import engine, sync
from .index.index_files import discard_index
from .matches import Match, Matcher
from .suggest import suggest as suggest

ORDERS = {"relevance": None, "date": "date", "recent": "seq"}
SORTS = tuple(ORDERS)
# How deep results can be paged through; beyond, a search is to be narrowed
MAX_RESULTS = 1000


@dataclass(frozen=True)
class SearchRequest:
    """What to search: the words, what each facet is narrowed to (any of its values), the order, and which hits."""

    text: str = ""
    selected: Selection = field(default_factory=dict)
    sort: str = "relevance"
    limit: int = 20
    offset: int = 0
    language: str = "id"


@dataclass(frozen=True)
class Hit:
    """A record that fits: the revision that wrote it, its document, and what matched in it."""

    seq: int
    document: Document
    match: Match


@dataclass
class Results:
    """The hits. `total` is exact; facets count every fitting record, each ignoring its own selection.

    `complete` is False when plain database search answered: without facets, stems or ranking.
    """

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    did_you_mean: str = ""
    unknown: list[str] = field(default_factory=list)
    ways_out: list[WiderSearch] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    complete: bool = True


def search(request: SearchRequest) -> Results:
    """Search the public record. Raises SearchQueryError with a sentence when the query cannot be understood."""
    if request.offset + request.limit > MAX_RESULTS:
        raise SearchQueryError(_("Only the first %d results can be paged through; narrow the search.") % MAX_RESULTS)
    parsed = parse_query(request.text)
    index = sync.searchable_index()
    if index.reader is None:
        return _search_database(request, parsed, index.notice)
    try:
        results = _search_index(request, parsed, index.reader)
    except (ValueError, OSError) as error:
        if isinstance(error, SearchQueryError):
            raise
        discard_index(error)
        return _search_database(request, parsed, sync.SearchableIndex(None).notice)
    results.notices += [notice for notice in (index.notice, *parsed.notices) if notice]
    return results


def _search_index(request: SearchRequest, parsed: ParsedQuery, reader: Reader) -> Results:
    compiled = compile_query(parsed, reader)
    narrowed = {
        name: engine.any_of([engine.term(name, value) for value in values])
        for name, values in request.selected.items()
        if values
    }
    order = ORDERS[request.sort] or (None if compiled.groups else "seq")
    query = engine.all_of([compiled.query, *narrowed.values()])
    total, rows = reader.top(query, request.offset + request.limit, order)
    seqs = [seq for _id, seq, _score in rows[request.offset :]]
    results = Results(total, unknown=compiled.unknown, facets=_facets(compiled.query, narrowed, reader))
    results.hits = _hits(seqs, compiled, request.language, facet_filters(request.selected, parsed))
    if len(results.hits) < len(seqs):
        results.notices.append(_("Some results have changed since they were indexed and are left out here."))
    if compiled.unknown:
        results.did_you_mean = alternatives.correct_query(request.text, compiled.unknown, reader)
    if not total:
        results.did_you_mean = alternatives.nearest_name(parsed, reader) or results.did_you_mean
        results.ways_out = alternatives.wider_searches(request.text, request.selected, compiled, narrowed, reader)
    return results


def _facets(query: Query, narrowed: dict[str, Query], reader: Reader) -> dict[str, dict[str, int]]:
    """Return the counts of each facet; one that is narrowed is counted without its own selection."""
    free = [name for name in FACETS if name not in narrowed]
    counts = reader.counts(engine.all_of([query, *narrowed.values()]), free)
    for name in narrowed:
        others = [other for key, other in narrowed.items() if key != name]
        counts |= reader.counts(engine.all_of([query, *others]), [name])
    return counts


def _hits(seqs: list[int], compiled: CompiledQuery, language: str, filters: FacetFilters) -> list[Hit]:
    highlighter = Highlighter(compiled.forms)
    return [
        Hit(seq, document, Matcher(document, highlighter, language, filters).match())
        for seq, document in current_stored_documents(seqs)
    ]


def _search_database(request: SearchRequest, parsed: ParsedQuery, notice: str) -> Results:
    """Search the database word by word, while there is no index: honest about what that cannot do."""
    records = Record.objects.current()
    for word in [word for term in parsed.terms for word in ((term.text,) if term.values else term.words)]:
        records = records.filter(database.word_filter(word))
    if kinds := request.selected.get("kind"):
        records = records.filter(kind__in=kinds)
    page = records.order_by("sort_key", "object_id")[request.offset : request.offset + request.limit]
    seqs = list(page.values_list("since_seq", flat=True))
    hits = _hits(seqs, CompiledQuery(engine.everything()), request.language, [])
    ignored = [name for name, values in request.selected.items() if values and name != "kind"]
    ignored += [f"{term.field}:" for term in parsed.terms if term.field]
    ignored += [f"-{term.text}" for term in parsed.without] + ["OR"] * any(len(group) > 1 for group in parsed.groups)
    notices = [notice, *parsed.notices]
    if ignored:
        notices.insert(1, _("Until then these are not heeded: %s.") % ", ".join(dict.fromkeys(ignored)))
    return Results(records.count(), hits, notices=notices, complete=False)
