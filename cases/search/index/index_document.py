"""The analyzer: from a published document to what the index holds of it, a pure function of its bytes."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain

from msgspec import Struct

from cases.documents.types import Document, SourceDocument, parse_document
from cases.publication.projection import OPEN_END, claim_keys, disputed_keys, period_keys, span
from cases.search.analysis.stems import STEMMERS
from cases.search.analysis.tokens import (
    hyphen_compounds,
    number_words,
    plain_words,
    rounded_values,
    tokenize,
    values_of,
)
from sources.json_fields import LanguageMap
from sources.numbers import Number, join_broken_words

# Stands between two texts of one field, so that no phrase runs from one into the next
GAP = "¶"
# Stands before a number in `head` and `body` to which one of the text may be rounded
ROUNDED = "~"
BRACKETED = re.compile(r"\(([^()]+)\)")
MIN_YEAR_OF_FACET = 1900
# Pieces of text whose words are cached, some 100 MB; then the cache starts anew
MAX_CACHED_PIECES = 500_000


class IndexDocument(Struct, frozen=True, kw_only=True):
    """One subject or source as the index sees it. Texts are words joined by spaces; facets are values."""

    id: str
    seq: int
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
    facets: dict[str, list[str]]


class FieldWords:
    """Collects the words of the texts of one field, and their stems."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.stems: list[str] = []

    def add(self, text: str, language: str = "") -> None:
        """Add the words of a text, and its stems where its language is given."""
        if self.words:
            self.words.append(GAP)
        text, at = join_broken_words(text)[0], 0
        for number in number_words(text):
            self._add_words(text[at : number.start], language)
            self._add_number(number, language)
            at = number.end
        self._add_words(text[at:], language)

    def _add_number(self, number: Number, language: str) -> None:
        """Add a number by its value; its stems are every value, what each may be rounded to, and its scale."""
        values = values_of(number)
        self.words.append(values[0])
        if language:
            digits = [value for value in values if value[0].isdigit()]  # a month is a name
            rounded = (ROUNDED + other for value in digits for other in rounded_values(value))
            scale = " ".join(re.findall(r"[^\W\d_]+", number.text) if digits else ())
            self.stems += [*values, *rounded, analyze_piece(scale, language)[1]]

    def _add_words(self, text: str, language: str) -> None:
        pieces = [analyze_piece(piece, language) for piece in text.split()]
        self.words += [words_of_piece for words_of_piece, _stems in pieces]
        self.stems += [stems for _words, stems in pieces if language]

    def add_all(self, texts: LanguageMap) -> None:
        """Add a text in each of its languages."""
        for language, text in texts.items():
            self.add(text, language)


@cache
def analyze_piece(piece: str, language: str) -> tuple[str, str]:
    """Return the words of a piece without space or number, and their stems in a language, hyphened words as one."""
    words = plain_words(piece)
    stems = chain.from_iterable(map(STEMMERS[language], words)) if language in STEMMERS else ()
    return " ".join(words), " ".join([*stems, *hyphen_compounds(piece)])


def joined_words(texts: Iterable[str]) -> str:
    """Return the words of several texts as one field."""
    field = FieldWords()
    for text in texts:
        field.add(text)
    return " ".join(field.words)


def index_document(document: Document, seq: int) -> IndexDocument:
    """Return what the index holds of the document that revision `seq` wrote."""
    head, said, quotes = FieldWords(), FieldWords(), FieldWords()
    head.add_all(document.titles)
    for alias in document.aliases:
        head.add(alias.name, "id")
    for identifier in document.identifiers:
        head.add(identifier.value, "id")
    for claim in document.claims:
        said.add_all(claim.statement)
        if claim.id in document.lead:
            head.add_all(claim.statement)
    for excerpt in document.telling_excerpts:
        quotes.add(excerpt.exact, excerpt.language)
        for language, translation in excerpt.translation.items() if not document.about else ():
            quotes.add(translation.text, language)
    titles = [document.titles.id, document.titles.en, *(alias.name for alias in document.aliases)]
    numbers = [identifier.value for identifier in document.identifiers]
    return IndexDocument(
        id=document.id,
        seq=seq,
        date=_date(document),
        exact=sorted({" ".join(tokenize(name)) for title in titles for name in names_in(title)}),
        name=joined_words(
            [*titles, *document.authors, *(word for t in titles for word in hyphen_compounds(t)), *numbers]
        ),
        said=" ".join(said.words),
        quote="" if document.about else " ".join(quotes.words),  # of a source, found by stem and weakly
        cited=" ".join(dict.fromkeys(joined_words(_context(document)).split())),
        author=joined_words(dict.fromkeys(_authors(document))),
        party=joined_words(dict.fromkeys(_parties(document))),
        head=" ".join(head.stems),
        body=" ".join(said.stems + quotes.stems),
        facets=facets(document),
    )


def names_in(title: str) -> list[str]:
    """Return a title, what stands in brackets in it, and the rest: `PT Misal Negara (PMN)` is PMN too."""
    return [title, *BRACKETED.findall(title), BRACKETED.sub(" ", title)]


def analyze_batch(bodies: list[tuple[int, str]]) -> list[IndexDocument]:
    """Return the index documents of a batch of (seq, document text). Needs no database: other processes may run it."""
    if analyze_piece.cache_info().currsize > MAX_CACHED_PIECES:
        analyze_piece.cache_clear()
    return [index_document(parse_document(text), seq) for seq, text in bodies]


def facets(document: Document) -> dict[str, list[str]]:
    """Return what a document can be narrowed by. A year counts when any period of the document overlaps it."""
    places = [*document.places, *(place for claim in document.claims for place in claim.places)]
    slugs = {place.slug for place in places} | ({document.slug} if document.kind == "place" else set())
    sources = [source.slug for source in document.sources] + [document.slug] * (document.kind == "source")
    return {
        "kind": [document.kind],
        "standing": sorted({claim.standing for claim in document.claims}),
        "place": sorted(slugs),
        "topic": sorted({*document.topics, *(code for claim in document.claims for code in claim.topics)}),
        "source": sorted(set(sources)),
        "year": sorted(_years(document)),
    }


def _context(document: Document) -> Iterable[str]:
    """Yield when a source was published, and names of what is pointed to: authors, places, parties.

    Not the titles of sources: all records of one work would hold its words.
    """
    yield (document.published or "") if isinstance(document, SourceDocument) else ""
    for statement in document.about:  # found, but never before what a record says of the matter
        yield from (text for _language, text in statement.statement.items())
    for source in document.sources:
        yield from source.authors
    for place in document.places:
        yield from (text for _language, text in place.title.items())
    yield from _parties(document)


def _authors(document: Document) -> Iterable[str]:
    """Yield who wrote a source, or the sources of a subject."""
    yield from document.authors
    for source in document.sources:
        yield from source.authors


def _parties(document: Document) -> Iterable[str]:
    """Yield who stands in the claims, by their titles and in the words of the source."""
    for claim in document.claims:
        for party in claim.parties:
            if party.who:
                yield from (text for _language, text in party.who.title.items())
            if party.as_stated:
                yield party.as_stated


def _periods(document: Document) -> list[tuple[str, str]]:
    if isinstance(document, SourceDocument):
        return [period_keys(document.published, document.published)]
    own = span(disputed_keys(document, None))
    return [own, *(claim_keys(claim, document) for claim in document.claims)]


def _years(document: Document) -> set[str]:
    years: set[str] = set()
    written = document.version.recorded_at[:4]
    for start, end in _periods(document):
        if start:
            last = int(written if end == OPEN_END else end[:4])
            years.update(str(year) for year in range(max(int(start[:4]), MIN_YEAR_OF_FACET), last + 1))
    return years


def _date(document: Document) -> int:
    """Return the first day that the document dates anything to, as 20221231; 0 where nothing is dated."""
    starts = [start for start, _end in _periods(document) if start]
    return int(min(starts).replace("-", "")) if starts else 0
