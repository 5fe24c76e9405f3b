"""From a published document to what the index holds of it: a pure function of its bytes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

from cases.documents.canonical import Document
from cases.documents.types import parse_document
from cases.publication.projection import OPEN_END, claim_keys, disputed_keys, period_keys, span, titles
from cases.search.analysis.stems import BY_LANGUAGE
from cases.search.analysis.tokens import amounts, compounds, words

GAP = "¶"
"""Stands between two texts of one field, so that no phrase runs from one into the next."""
OTHER = {"id": "en", "en": "id"}
FIRST_YEAR = 1900
MOST_KEPT = 500_000
"""Pieces of text whose words are remembered, some 100 MB; then remembering starts anew."""


@dataclass
class IndexDocument:
    """One subject or source as the index sees it. Texts are words joined by spaces; facets are values."""

    id: str
    seq: int
    kind: str
    date: int
    exact: list[str]
    name: str
    said: str
    quote: str
    cited: str
    author: str
    party: str
    head: str
    body: str
    facets: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Texts:
    """Gathers the words of several texts, and their stems: pieces that are joined by spaces when all are there."""

    surface: list[str] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)

    def add(self, text: str, language: str = "") -> None:
        """The words of a text; their stems too where its language is told."""
        if self.surface:
            self.surface.append(GAP)
        pieces = [indexed(piece, language) for piece in text.split()]
        said = [words_of for words_of, _roots in pieces]
        self.surface += said
        if language:
            self.roots += [roots for _said, roots in pieces]
            self.roots += amounts(" ".join(said).split())


@cache
def indexed(piece: str, language: str) -> tuple[str, str]:
    """The words of a text without spaces, and their stems in a language, with hyphened words written together."""
    found = words(piece)
    roots = chain.from_iterable(map(BY_LANGUAGE[language], found)) if language else ()
    return " ".join(found), " ".join([*roots, *compounds(piece)])


def index_document(document: Document, seq: int) -> IndexDocument:
    """What the index holds of the document that revision `seq` wrote."""
    names, head, said, quotes, cited = Texts(), Texts(), Texts(), Texts(), Texts()
    authors, parties = Texts(), Texts()
    title = titles(document)
    for name in _names(document):
        names.add(name)
    for language, text in title.items():
        head.add(text, language)
    for alias in document.get("aliases", []):
        head.add(alias["name"], "id")
    lead = set(document.get("lead", []))
    for claim in document.get("claims", []):
        for language, text in claim["statement"].items():
            said.add(text, language)
            if claim["id"] in lead:
                head.add(text, language)
    for text, language in quoted(document):
        quotes.add(text, language)
    for text in _context(document):
        cited.add(text)
    for name in dict.fromkeys(_authors(document)):
        authors.add(name)
    for name in dict.fromkeys(_parties(document)):
        parties.add(name)
    return IndexDocument(
        id=document["id"],
        seq=seq,
        kind=document["kind"],
        date=_date(document),
        exact=sorted({" ".join(words(name)) for name in _titled(document)}),
        name=" ".join(names.surface),
        said=" ".join(said.surface),
        quote=" ".join(quotes.surface),
        cited=" ".join(dict.fromkeys(" ".join(cited.surface).split())),
        author=" ".join(authors.surface),
        party=" ".join(parties.surface),
        head=" ".join(head.roots),
        body=" ".join(said.roots + quotes.roots),
        facets=facets(document),
    )


def analysed(bodies: list[tuple[int, str]]) -> list[IndexDocument]:
    """The index documents of a batch of (seq, document text). Needs no database: it may run in another process."""
    if indexed.cache_info().currsize > MOST_KEPT:
        indexed.cache_clear()
    return [index_document(parse_document(text), seq) for seq, text in bodies]


def quoted(document: Document) -> Iterable[tuple[str, str]]:
    """The words of every excerpt and of its translations, each with its language."""
    for excerpt in document.get("excerpts", []):
        yield excerpt["exact"], excerpt["language"]
        for language, translation in (excerpt.get("translation") or {}).items():
            yield translation["text"], language


def facets(document: Document) -> dict[str, list[str]]:
    """What a document can be narrowed by. A year counts when any period of the document overlaps it."""
    claims = document.get("claims", [])
    own = [place["slug"] for place in document.get("places", [])]
    if document["kind"] == "place":
        own.append(document["slug"])
    sources = [source["slug"] for source in document.get("sources", [])]
    return {
        "kind": [document["kind"]],
        "standing": sorted({claim["standing"] for claim in claims}),
        "place": sorted({*own, *(place["slug"] for claim in claims for place in claim["places"])}),
        "topic": sorted({*document.get("topics", []), *(code for claim in claims for code in claim["topics"])}),
        "source": sorted(set(sources)) if document["kind"] != "source" else [document["slug"]],
        "year": sorted(_years(document)),
    }


def _titled(document: Document) -> list[str]:
    return [*titles(document).values(), *(alias["name"] for alias in document.get("aliases", []))]


def _names(document: Document) -> list[str]:
    return [*_titled(document), *document.get("authors", [])]


def _context(document: Document) -> Iterable[str]:
    """When a source was published, and names of what is pointed to: sources, authors, places, parties of claims."""
    yield document.get("published") or ""
    for source in document.get("sources", []):
        yield source["title"]
        yield from source["authors"]
    for place in document.get("places", []):
        yield from place["title"].values()
    yield from _parties(document)


def _authors(document: Document) -> Iterable[str]:
    """Who wrote a source, or the sources of a subject."""
    yield from document.get("authors", [])
    for source in document.get("sources", []):
        yield from source["authors"]


def _parties(document: Document) -> Iterable[str]:
    """Who stands in the claims, by their titles and in the words of the source."""
    for claim in document.get("claims", []):
        for party in claim["parties"]:
            if party["who"]:
                title = party["who"]["title"]
                yield from ([title] if isinstance(title, str) else title.values())
            if party["as_stated"]:
                yield party["as_stated"]


def _periods(document: Document) -> list[tuple[str, str]]:
    if document["kind"] == "source":
        return [period_keys(document["published"], document["published"])]
    own = span(disputed_keys(document, None))
    return [own, *(claim_keys(claim, document) for claim in document["claims"])]


def _years(document: Document) -> set[str]:
    found: set[str] = set()
    written = document["version"]["recorded_at"][:4]
    for start, end in _periods(document):
        if start:
            last = int(written if end == OPEN_END else end[:4])
            found.update(str(year) for year in range(max(int(start[:4]), FIRST_YEAR), last + 1))
    return found


def _date(document: Document) -> int:
    """The first day that the document tells of, as 20221231; 0 where nothing is dated."""
    starts: list[Any] = [start for start, _end in _periods(document) if start]
    return int(min(starts).replace("-", "")) if starts else 0
