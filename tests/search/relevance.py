"""What people type and what should answer them (relevance.yaml), looked up in the record; and what a search showed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedSourceStatement
from cases.documents.types import Document
from cases.models import Record
from cases.record.lookup import current_stored_documents
from cases.search.find import Hit, Results, SearchRequest, search
from cases.search.query.parser import SearchQueryError

FILE = Path(__file__).parent / "relevance.yaml"
FIRST_PAGE = 10
# An excerpt that shares less with the passage that answers is its neighbour, and tells something else
MIN_SHARED_CHARS = 20
Stated = PublishedClaim | PublishedSourceStatement


class Answer(NamedTuple):
    """A passage of a document that answers: where it begins in the document's text, and its words."""

    document: str
    at: int
    words: str


@dataclass(frozen=True)
class Query:
    """What somebody types, and what answers it. `accuses` is None where the query has no word of guilt or crime."""

    q: str
    style: str
    corpus: str
    about: str = ""
    answers: tuple[Answer, ...] = ()
    facts: tuple[str, ...] = ()
    not_facts: tuple[str, ...] = ()
    accuses: str | None = None
    note: str = ""

    @property
    def language(self) -> str:
        return "en" if self.style == "english" else "id"


@dataclass(frozen=True)
class Expected:
    """What answers a query: records by path, statements by key with their text, excerpts by id."""

    by_name: frozenset[str] = frozenset()
    by_statement: frozenset[str] = frozenset()
    statements: dict[str, str] = field(default_factory=dict)
    excerpts: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()

    @property
    def records(self) -> frozenset[str]:
        return self.by_name | self.by_statement


@cache
def _file() -> dict[str, Any]:
    rows: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return rows


def read_queries(corpus: str) -> list[Query]:
    """Return the queries about the `first` or the `second` corpus, or the `fresh` ones about both."""
    rows: list[dict[str, Any]] = _file()[corpus]
    several = ("answers", "facts", "not_facts")
    return [
        Query(
            corpus=corpus,
            **{name: value for name, value in row.items() if name not in several},
            answers=tuple(Answer(*answer) for answer in row.get("answers", ())),
            facts=tuple(row.get("facts", ())),
            not_facts=tuple(row.get("not_facts", ())),
        )
        for row in rows
    ]


def text_hashes() -> dict[str, str]:
    """Return the SHA-256 of the text of each of the five documents, by file name."""
    hashes: dict[str, str] = _file()["documents"]
    return hashes


def path(document: Document) -> str:
    return document.path.strip("/")


def name_key(name: str) -> str:
    """Return a name without case, punctuation and spaces at its ends."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def statements(document: Document) -> Iterator[tuple[str, Stated]]:
    """Yield what a document states, each with a key that no other statement of the record has."""
    for claim in document.claims:
        yield claim.id, claim
    for about in document.about:
        yield f"{document.id}/{about.key}", about


def cited(document: Document, stated: Stated) -> set[str]:
    """Return the ids of the excerpts that a statement cites, or that stand in a conflict about it."""
    own = {citation.excerpt for citation in stated.citations}
    conflicts = (each for each in document.conflicts if isinstance(stated, PublishedClaim) and each.claim == stated.id)
    return own | {side.excerpt for conflict in conflicts for side in conflict.sides}


class PublicRecord:
    """Everything that is public now, to look up what answers a query."""

    def __init__(self, facts: Mapping[str, Iterable[str]]) -> None:
        """Read the record. `facts`: for each fact of the second corpus, the ids of the claims that state it."""
        self.facts = facts
        seqs = list(Record.objects.current().values_list("since_seq", flat=True))
        self.documents = [document for _seq, document in current_stored_documents(seqs)]

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        names: dict[str, set[str]] = {}
        for document in self.documents:
            for name in (document.titles.id, document.titles.en, *(alias.name for alias in document.aliases)):
                names.setdefault(name_key(name), set()).add(path(document))
        return names

    @cached_property
    def _stated(self) -> list[tuple[str, str, Stated, set[str]]]:
        return [
            (key, path(document), stated, cited(document, stated))
            for document in self.documents
            for key, stated in statements(document)
        ]

    def excerpts_at(self, answer: Answer) -> set[str]:
        """Return the ids of the excerpts that share words with an answer."""
        text, end = text_hashes()[answer.document], answer.at + len(answer.words)
        return {
            excerpt.id
            for document in self.documents
            for excerpt in document.excerpts
            if excerpt.text_sha256 == text
            and min(excerpt.end, end) - max(excerpt.start, answer.at)
            >= min(MIN_SHARED_CHARS, len(answer.words), len(excerpt.exact))
        }

    def expected(self, query: Query) -> Expected:
        """Return what of the record answers a query."""
        excerpts = {excerpt for answer in query.answers for excerpt in self.excerpts_at(answer)}
        claims = {claim for fact in query.facts for claim in self.facts.get(fact, ())}
        found = [row for row in self._stated if row[0] in claims or row[3] & excerpts]
        if claims:
            excerpts = {citation.excerpt for _, _, stated, _ in found for citation in stated.citations}
        return Expected(
            by_name=frozenset(self._names.get(name_key(query.about), ()) if query.about else ()),
            by_statement=frozenset(where for _, where, _, _ in found),
            statements={key: stated.statement.choose(query.language) for key, _, stated, _ in found},
            excerpts=frozenset(excerpts),
            refused=frozenset(claim for fact in query.not_facts for claim in self.facts.get(fact, ())),
        )


def shown_text(hit: Hit) -> str:
    """Return the statement that a hit shows."""
    return "".join(fragment.text for fragment in hit.match.statement)


def shown_statement(hit: Hit) -> tuple[str, Stated] | None:
    """Return the statement that a hit shows, with its key."""
    text, claim = shown_text(hit), hit.match.claim
    for key, stated in statements(hit.match.document):
        if text in (stated.statement.id, stated.statement.en) and (claim is None or claim.id == key):
            return key, stated
    return None


def relation(hit: Hit) -> str | None:
    """Return how the quote shown relates to the statement shown: supports, context, or None where it is not cited."""
    shown, excerpt = shown_statement(hit), hit.match.excerpt
    citations = shown[1].citations if shown else ()
    return next((each.relation for each in citations if excerpt and each.excerpt == excerpt.id), None)


@dataclass(frozen=True)
class Outcome:
    """What a search showed for a query, beside what it should."""

    query: Query
    expected: Expected
    results: Results

    @property
    def measured(self) -> bool:
        return bool(self.expected.records)

    @property
    def told(self) -> bool:
        """Return whether the record states any of the passages that answer."""
        return bool(self.expected.statements)

    @property
    def rank(self) -> int:
        """Return the place of the first right record on the first page, from 1; 0 where there is none."""
        right = (place for place, hit in enumerate(self.results.hits, 1) if path(hit.document) in self.expected.records)
        return next(right, 0)

    @property
    def right_on_top(self) -> list[Hit]:
        """Return the right ones of the first three hits."""
        return [hit for hit in self.results.hits[:3] if path(hit.document) in self.expected.records]

    @property
    def states_it(self) -> bool:
        shown = (shown_statement(hit) for hit in self.right_on_top)
        return any(each[0] in self.expected.statements for each in shown if each)

    @property
    def quotes_it(self) -> bool:
        """Return whether the first right hit shows a quote that was expected."""
        excerpt = self.right_on_top[0].match.excerpt
        return excerpt is not None and excerpt.id in self.expected.excerpts

    @property
    def quoting(self) -> list[Hit]:
        """Return the hits that show a statement and a quote."""
        return [hit for hit in self.results.hits if hit.match.statement and hit.match.excerpt]

    @property
    def is_empty(self) -> bool:
        return not self.results.hits

    def miss(self) -> str:
        """Return what went wrong, in a word; empty where nothing did."""
        if self.measured and not 0 < self.rank <= 3:
            return f"record {self.rank or '-'}"
        return "statement" if self.told and not self.states_it else ""

    def told_in_full(self) -> str:
        """Return the query, what the first three hits show, and what was expected, for whoever tunes."""
        lines = [f"{self.miss():10} [{self.query.style}] {self.query.q}"]
        for hit in self.results.hits[:3]:
            mark = "=" if path(hit.document) in self.expected.records else " "
            lines.append(f"     {mark} {path(hit.document)} — {shown_text(hit)[:80]}")
        if self.is_empty:
            lines.append(f"       nothing; unknown {self.results.unknown}, {self.results.notices}")
        lines += [f"     > {text[:110]}" for text in sorted(set(self.expected.statements.values()))[:4]]
        if not self.told:
            lines.append(f"     > {', '.join(sorted(self.expected.records))}")
        return "\n".join(lines)

    def unsupported(self) -> list[str]:
        """Return the hits whose quote does not support their statement, for whoever tunes."""
        return [
            f"{relation(hit) or 'apart':8} [{self.query.q}] {path(hit.document)} — {shown_text(hit)[:80]}"
            f" | {hit.match.excerpt.exact[:80]}"
            for hit in self.quoting
            if relation(hit) != "supports" and hit.match.excerpt
        ]


def ask(query: Query, record: PublicRecord) -> Outcome:
    """Search as a reader would. A query that is refused with a sentence shows an empty page."""
    try:
        results = search(SearchRequest(query.q, limit=FIRST_PAGE, language=query.language))
    except SearchQueryError as error:
        results = Results(notices=[str(error)])
    return Outcome(query, record.expected(query), results)


def share(holds: Iterable[bool]) -> tuple[float, int]:
    """Return the share of those for which it holds, and of how many."""
    each = list(holds)
    return (sum(each) / len(each) if each else 1.0), len(each)


def figures(outcomes: list[Outcome]) -> dict[str, tuple[float, int]]:
    """Return each figure as a share, and of how many."""
    measured = [each for each in outcomes if each.measured]
    told = [each for each in measured if each.told and each.right_on_top]
    return {f"hit@{n}": share(0 < each.rank <= n for each in measured) for n in (1, 3, 10)} | {
        "statement": share(each.states_it for each in told),
        "supports": share(relation(hit) == "supports" for each in outcomes for hit in each.quoting),
        "quote": share(each.quotes_it for each in told),
        "empty": share(each.is_empty for each in outcomes if each.query.style != "none"),
    }
