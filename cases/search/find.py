"""`search`: the one way in. Finds, counts, and says for each hit which words matched, where, and in which form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.db import connection
from django.utils.translation import gettext as _

from cases.documents.canonical import Document, loads
from cases.documents.types import parse_document
from cases.models import Record
from cases.publication.projection import titles
from cases.search.analysis.tokens import words
from cases.search.index.engine import FACETS, Query, Reader
from cases.search.query.compiler import Asked, build, corrected, whole
from cases.search.query.narrowing import Chosen, chosen
from cases.search.query.parser import BadQuery, Parsed, parse

from . import database
from .highlight import Finder, tolerance
from .index import engine, sync
from .matches import Match, best_match

SORTS = ("relevance", "date", "recent")
ORDERS = {"relevance": None, "date": "date", "recent": "seq"}
SUGGESTED = 8
"""Suggestions, at most."""
DEEPEST = 1000
"""Results that can be paged through; beyond, a search is to be narrowed."""
HELPED = 4
"""Ways out that a search without results offers."""
ALIKE = 0.75
"""How alike the words of a search and a name are that is asked back, as difflib counts."""
DIFFERING = 0.6
"""How alike those words are that differ: another first name or another city is not a slip, but someone else."""
COMPARED = 20
"""Actors whose names are compared with a search."""
LONGEST_NAME = 8
"""Words of a search that may be a name."""
STANDING_NOW = """
    SELECT cases_record.since_seq, cases_revisionbody.document
    FROM cases_record JOIN cases_revisionbody ON cases_revisionbody.revision_id = cases_record.since_seq
    WHERE cases_record.until_seq IS NULL AND cases_record.since_seq IN"""
Selection = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class SearchRequest:
    """What is asked: the words, what each facet is narrowed to (any of its values), the order, and which hits."""

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


@dataclass(frozen=True)
class WayOut:
    """Another search that would find something: without some words, or without what it is narrowed to."""

    text: str
    selected: Selection
    left_out: str
    total: int


@dataclass
class Results:
    """What was found. `total` is exact; facets count every fitting record, each ignoring its own selection."""

    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    did_you_mean: str = ""
    unknown: list[str] = field(default_factory=list)
    ways_out: list[WayOut] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    complete: bool = True
    """False when plain database search answered: without facets, stems or ranking."""


def search(request: SearchRequest) -> Results:
    """Search the public record. Raises BadQuery with a sentence when the query cannot be understood."""
    if request.offset + request.limit > DEEPEST:
        raise BadQuery(_("Only the first %d results can be paged through; narrow the search.") % DEEPEST)
    parsed = parse(request.text)
    now = sync.standing()
    if now.reader is None:
        return _plainly(request, now.notice)
    try:
        results = _find(request, parsed, now.reader)
    except (ValueError, OSError) as error:
        if isinstance(error, BadQuery):
            raise
        sync.damaged(error)
        return _plainly(request, sync.Standing(None).notice)
    results.notices += [notice for notice in (now.notice, *parsed.notices) if notice]
    return results


def _find(request: SearchRequest, parsed: Parsed, reader: Reader) -> Results:
    asked = build(parsed, reader)
    narrowed = {name: _narrow(name, values) for name, values in request.selected.items() if values}
    order = ORDERS[request.sort] or (None if asked.groups else "seq")
    total, rows = reader.top(engine.all_of([asked.query, *narrowed.values()]), request.offset + request.limit, order)
    rows = rows[request.offset :]
    results = Results(total, unknown=asked.unknown, facets=_facets(asked.query, narrowed, reader))
    results.hits = _hits(rows, asked, request.language, chosen(request.selected, parsed))
    if len(results.hits) < len(rows):
        results.notices.append(_("Some results have changed since they were indexed and are left out here."))
    if asked.unknown:
        results.did_you_mean = _meant(request.text, asked.unknown, reader)
    if not total:
        results.did_you_mean = _name_meant(parsed, reader) or results.did_you_mean
        results.ways_out = _ways_out(request, asked, narrowed, reader)
    return results


def _narrow(name: str, values: Sequence[str]) -> Query:
    return engine.any_of([engine.term(name, value) for value in values])


def _facets(query: Query, narrowed: dict[str, Query], reader: Reader) -> dict[str, dict[str, int]]:
    """Counts of each facet; one that is narrowed is counted without its own selection."""
    free = [name for name in FACETS if name not in narrowed]
    found = reader.counts(engine.all_of([query, *narrowed.values()]), free)
    for name in narrowed:
        others = [other for key, other in narrowed.items() if key != name]
        found |= reader.counts(engine.all_of([query, *others]), [name])
    return found


def _hits(rows: list[tuple[str, int, float]], asked: Asked, language: str, narrowed: Chosen) -> list[Hit]:
    """The hits as they stand in the record now; what is not there any more, or in another version, is dropped."""
    finder = Finder(asked.forms)
    found = _standing_now([seq for _id, seq, _score in rows])
    return [Hit(seq, document, best_match(document, finder, language, narrowed)) for seq, document in found]


def _standing_now(seqs: list[int]) -> list[tuple[int, Document]]:
    """Of these revisions, those that stand in the record, in the order given, each with its document.

    Written by hand: the ORM takes twice as long to build this query as a database to answer it.
    """
    if not seqs:
        return []
    marks = ", ".join(["%s"] * len(seqs))
    with connection.cursor() as cursor:
        cursor.execute(f"{STANDING_NOW} ({marks})", seqs)
        texts: dict[int, str] = dict(cursor.fetchall())
    return [(seq, parse_document(texts[seq])) for seq in seqs if seq in texts]


def _meant(text: str, unknown: list[str], reader: Reader) -> str:
    """The search with unknown words replaced by what was probably meant; empty when nothing is near."""
    meant = text
    for word in unknown:
        if word.isalpha() and (other := corrected(word, reader)):
            at = meant.casefold().find(word)
            meant = meant[:at] + other + meant[at + len(word) :] if at >= 0 else meant
    return meant if meant != text else ""


def _name_meant(parsed: Parsed, reader: Reader) -> str:
    """The name of an actor to which all the words together come near. It is asked back, and never a result."""
    terms = [term for group in parsed.groups for term in group]
    typed = [word for term in terms for word in term.words]
    one_name = len(terms) == len(parsed.groups) and not parsed.without
    if not one_name or len(typed) > LONGEST_NAME or any(term.field or term.beginning for term in terms):
        return ""
    near = [engine.near("name", word, tolerance(word), 1.0) for word in typed if word.isalpha() and tolerance(word)]
    exact = [engine.term("name", word) for word in typed]
    named = engine.all_of([engine.term("kind", "actor"), engine.any_of([*exact, *near])])
    _total, rows = reader.top(named, COMPARED)
    best, meant = ALIKE, ""
    for _seq, document in _standing_now([seq for _id, seq, _score in rows]):
        for name in (*titles(document).values(), *(alias["name"] for alias in document["aliases"])):
            if (alike := _alike(typed, words(name))) > best:
                best, meant = alike, name
    return meant


def _alike(typed: list[str], named: list[str]) -> float:
    """How alike two names are, from 0 to 1; 0 where the words that they do not share are not alike by themselves."""
    differing = [[word for word in one if word not in other] for one, other in ((typed, named), (named, typed))]
    if SequenceMatcher(None, " ".join(differing[0]), " ".join(differing[1])).ratio() < DIFFERING or not all(differing):
        return 0
    return SequenceMatcher(None, " ".join(typed), " ".join(named)).ratio()


def _ways_out(request: SearchRequest, asked: Asked, narrowed: dict[str, Query], reader: Reader) -> list[WayOut]:
    """What would find something: the same words without a selection, or fewer words with it."""
    ways: list[tuple[str, Selection, str, Query]] = []
    for name in narrowed:
        rest = {key: query for key, query in narrowed.items() if key != name}
        selected: Selection = {key: values for key, values in request.selected.items() if key != name}
        ways.append((request.text, selected, name, engine.all_of([asked.query, *rest.values()])))
    for number, (text, _query) in enumerate(asked.groups if len(asked.groups) > 1 else []):
        others = [group for n, group in enumerate(asked.groups) if n != number]
        query = engine.all_of([whole([q for _t, q in others], asked.without), *narrowed.values()])
        ways.append((" ".join(t for t, _q in others), request.selected, text, query))
    counted = [WayOut(text, selected, gone, reader.count(query)) for text, selected, gone, query in ways]
    return sorted((way for way in counted if way.total), key=lambda way: -way.total)[:HELPED]


def _plainly(request: SearchRequest, notice: str) -> Results:
    """Plain database search, while there is no index: honest about what it cannot do."""
    parsed = parse(request.text)
    rows = Record.objects.current()
    for word in [word for term in parsed.terms for word in term.words]:
        rows = rows.filter(database.matching(word))
    if kinds := request.selected.get("kind"):
        rows = rows.filter(kind__in=kinds)
    page = rows.order_by("sort_key", "object_id")[request.offset : request.offset + request.limit]
    found = [(str(row.object_id), row.since_seq, 0.0) for row in page]
    hits = _hits(found, Asked(engine.everything()), request.language, [])
    unheeded = [name for name, values in request.selected.items() if values and name != "kind"]
    unheeded += [f"{term.field}:" for term in parsed.terms if term.field]
    unheeded += [f"-{term.text}" for term in parsed.without] + ["OR"] * any(len(group) > 1 for group in parsed.groups)
    said = [_("Until then these are not heeded: %s.") % ", ".join(dict.fromkeys(unheeded))] if unheeded else []
    return Results(rows.count(), hits, notices=[notice, *said, *parsed.notices], complete=False)


@dataclass(frozen=True)
class Suggestion:
    """A title or name that begins with what was typed."""

    text: str
    kind: str
    path: str


def suggest(text: str, language: str, limit: int = SUGGESTED) -> list[Suggestion]:
    """Records in whose titles or names every word stands, the last one perhaps only begun. Raises BadQuery."""
    parsed = parse(text)
    found = [word for term in parsed.terms for word in term.words]
    reader = sync.standing().reader
    if not found or reader is None:
        return []
    queries = [engine.term("name", word) for word in found[:-1]]
    last = found[-1]
    begun = [engine.term("name", last)] + ([engine.beginning("name", last)] if len(last) > 1 else [])
    query = engine.preferring(engine.all_of([*queries, engine.any_of(begun)]), [engine.term("exact", " ".join(found))])
    _total, rows = reader.top(query, limit)
    records = {
        str(row.object_id): row for row in Record.objects.current().filter(object_id__in=[row[0] for row in rows])
    }
    kept = [records[key] for key, seq, _score in rows if key in records and records[key].since_seq == seq]
    titled = "title_en" if language == "en" else "title_id"
    return [Suggestion(getattr(row, titled), row.kind, loads(row.card)["path"]) for row in kept]
