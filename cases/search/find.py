"""`search`: the one way in. Finds, counts, and says for each hit which words matched, where, and in which form."""

from dataclasses import dataclass, field
from functools import partial

from django.utils.translation import gettext as _

from cases.claim_kinds.stage import STAGE
from cases.documents.types import Document
from cases.models import Record
from cases.record.lookup import claims_naming, current_stored_documents
from cases.search.index.engine import FACETS, Query, Reader, Row
from cases.search.query.compiled import CompiledQuery
from cases.search.query.compiler import compile_query
from cases.search.query.narrowing import FacetFilters, facet_filters
from cases.search.query.parser import ParsedQuery, SearchQueryError, is_one_name, parse_query

from . import database
from .alternatives import Selection, WiderSearch, corrected_text, wider_searches
from .highlight import Highlighter
from .index import engine, sync
from .index.index_files import discard_index
from .matches import Match, Matcher
from .names import NearName, nearest_names
from .relaxation import Answer, corrected, missing_words, relaxed

ORDERS = {"relevance": None, "date": "date", "recent": "seq"}
SORTS = tuple(ORDERS)
MATCHES = ("most", "all")
# Records with names like the search, where nothing holds its words
MAX_NEAREST = 5
# How deep results can be paged through; beyond, a search is to be narrowed
MAX_RESULTS = 1000


@dataclass(frozen=True)
class SearchRequest:
    """What to search: the words, what each facet is narrowed to (any of its values), the order, and which hits.

    `match` is `most` (the records with most of the words, where none has all) or `all`.
    """

    text: str = ""
    selected: Selection = field(default_factory=dict)
    sort: str = "relevance"
    limit: int = 20
    offset: int = 0
    language: str = "id"
    match: str = "most"


@dataclass(frozen=True)
class Hit:
    """A record that fits: the revision that wrote it, its document, what matched in it, and which words it lacks."""

    seq: int
    document: Document
    match: Match
    missing_words: list[str] = field(default_factory=list)


@dataclass
class Results:
    """The hits. `total` is exact; facets count every fitting record, each ignoring its own selection.

    `matched` is `all`, `most` (each hit says which words it lacks) or `none`. `words` is of how many words, `held` how
    many each hit holds. `corrected` is the text that was searched instead, `unknown` what no record holds, `kept` what
    no record holds and no answer goes without, `near_only` words for which only near ones stand. `complete` is False
    when plain database search answered: without facets, stems or ranking.
    """

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    matched: str = "all"
    words: int = 0
    held: int = 0
    corrected: str = ""
    did_you_mean: str = ""
    unknown: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    near_only: list[str] = field(default_factory=list)
    nearest: list[NearName] = field(default_factory=list)
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
    typed = compile_query(parsed, reader)
    narrowed = {
        name: engine.any_of([engine.term(name, value) for value in values])
        for name, values in request.selected.items()
        if values
    }
    answer = Answer(typed, typed.query)
    order = ORDERS[request.sort] or (None if typed.groups else "seq")
    total, rows = _top(answer, narrowed, request, order, reader)
    if not total and request.match == "most":
        every = [*narrowed.values()]
        if better := corrected(request.text, typed, every, reader) or relaxed(typed, every, reader):
            answer = better
            total, rows = _top(answer, narrowed, request, order, reader)
    results = _results(request, parsed, typed, answer, total, reader)
    results.facets = _facets(answer.query, narrowed, reader)
    results.hits = _hits(rows, answer, request.language, facet_filters(request.selected, parsed), reader)
    if len(results.hits) < len(rows):
        results.notices.append(_("Some results have changed since they were indexed and are left out here."))
    if not total:
        results.ways_out = wider_searches(request.text, request.selected, typed, narrowed, reader)
    return results


def _results(
    request: SearchRequest, parsed: ParsedQuery, typed: CompiledQuery, answer: Answer, total: int, reader: Reader
) -> Results:
    """Return what is told of a search as a whole."""
    groups = answer.compiled.groups
    results = Results(total, words=len(groups), held=answer.matched, corrected=answer.corrected)
    results.matched = "none" if not total else "most" if answer.considered else "all"
    results.unknown = typed.unknown
    results.near_only = [group.text for group in groups if group.near_only]
    if results.unknown and not answer.corrected:
        meant = corrected_text(request.text, answer.compiled)
        results.did_you_mean = meant if meant != request.text else ""
    if results.matched == "none":
        results.kept = [group.text for group in groups if not group.is_droppable]
    if results.matched != "all" and is_one_name(parsed):
        near = nearest_names([word for term in parsed.terms for word in term.words], reader, MAX_NEAREST)
        results.did_you_mean = near[0].name if near else results.did_you_mean
        results.nearest = near if not total else []
    return results


def _top(
    answer: Answer, narrowed: dict[str, Query], request: SearchRequest, order: str | None, reader: Reader
) -> tuple[int, list[Row]]:
    query = engine.all_of([answer.query, *narrowed.values()])
    total, rows = reader.top(query, request.offset + request.limit, order)
    return total, rows[request.offset :]


def _facets(query: Query, narrowed: dict[str, Query], reader: Reader) -> dict[str, dict[str, int]]:
    """Return the counts of each facet; one that is narrowed is counted without its own selection."""
    free = [name for name in FACETS if name not in narrowed]
    counts = reader.counts(engine.all_of([query, *narrowed.values()]), free)
    for name in narrowed:
        others = [other for key, other in narrowed.items() if key != name]
        counts |= reader.counts(engine.all_of([query, *others]), [name])
    return counts


def _hits(rows: list[Row], answer: Answer, language: str, filters: FacetFilters, reader: Reader) -> list[Hit]:
    groups = answer.compiled.groups
    highlighter = Highlighter([group.forms for group in groups])
    asks_number = answer.compiled.asks_number
    matcher = partial(Matcher, highlighter=highlighter, groups=groups, language=language, asks_number=asks_number)
    missing = missing_words(answer, [object_id for object_id, _seq, _score in rows], reader)
    found = current_stored_documents([seq for _id, seq, _score in rows])
    bare = [document.id for _seq, document in found if document.kind == "actor" and not document.claims]
    of_naming = [each for each in filters if each[0] != "kind"]
    naming = {
        actor: [matcher(document, filters=of_naming, only=claims) for document, claims in only_latest_steps(documents)]
        for actor, documents in claims_naming(bare).items()
    }
    return [
        Hit(
            seq,
            document,
            matcher(document, filters=filters).match(naming.get(document.id, ())),
            missing[document.id],
        )
        for seq, document in found
    ]


def only_latest_steps(documents: list[tuple[Document, frozenset[str]]]) -> list[tuple[Document, frozenset[str]]]:
    """Return of the claims that name an actor the latest steps of its proceedings, or all where none is a step.

    Nobody is shown by an allegation where a court has spoken since.
    """
    steps = [(document, document.claim(each)) for document, claims in documents for each in sorted(claims)]
    steps = [(document, claim) for document, claim in steps if claim.kind == STAGE.name and claim.charged_ids]
    newest = max((claim.start or "" for _document, claim in steps), default="")
    return [(document, frozenset([claim.id])) for document, claim in steps if claim.start == newest] or documents


def _search_database(request: SearchRequest, parsed: ParsedQuery, notice: str) -> Results:
    """Search the database word by word, while there is no index: honest about what that cannot do."""
    records = Record.objects.current()
    for word in [word for term in parsed.terms for word in ((term.text,) if term.values else term.words)]:
        records = records.filter(database.word_filter(word))
    if kinds := request.selected.get("kind"):
        records = records.filter(kind__in=kinds)
    page = records.order_by("sort_key", "object_id")[request.offset : request.offset + request.limit]
    seqs = list(page.values_list("since_seq", flat=True))
    everything = Highlighter([])
    hits = [
        Hit(seq, document, Matcher(document, everything, [], request.language, []).match())
        for seq, document in current_stored_documents(seqs)
    ]
    ignored = [name for name, values in request.selected.items() if values and name != "kind"]
    ignored += [f"{term.field}:" for term in parsed.terms if term.field]
    ignored += [f"-{term.text}" for term in parsed.without] + ["OR"] * any(len(group) > 1 for group in parsed.groups)
    notices = [notice, *parsed.notices]
    if ignored:
        notices.insert(1, _("Until then these are not taken into account: %s.") % ", ".join(dict.fromkeys(ignored)))
    total = records.count()
    return Results(total, hits, matched="all" if total else "none", notices=notices, complete=False)
