"""Why a document matched: for each word of the search, in which field, in which form and how it is written there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cases.documents.claims import PublishedClaim
from cases.documents.types import Document
from sources.json_fields import LanguageMap

from .highlight import Highlighter, MatchSpan


@dataclass(frozen=True)
class MatchReason:
    """One reason for a hit: in which field, in which form, the word as it was typed and as it stands there.

    `elsewhere`: it stands in another part of the record, and says nothing of the statement that is shown.
    """

    field: str
    form: str
    word: str
    text: str
    elsewhere: bool = False


@dataclass(frozen=True)
class DisputeSide:
    """One side of a disagreement that a quote backs: in which conflict and family, about what, and what it says."""

    conflict: str
    family: str
    property: str
    value: str
    reading: LanguageMap | None = None


@dataclass(frozen=True)
class ExcerptRole:
    """How a quote relates to the statement that it is shown with.

    `relation` is that of the citation (supports or context), or None where the claim does not cite the quote. `sides`
    are of disagreements about the claim, or about the whole record. With neither, the quote is from elsewhere in it.
    """

    relation: str | None = None
    sides: tuple[DisputeSide, ...] = ()

    @property
    def elsewhere(self) -> bool:
        return self.relation is None and not self.sides


class SearchedText(NamedTuple):
    """A text of a document that the index covers. `elsewhere` as in MatchReason."""

    field: str
    text: str
    language: str
    elsewhere: bool = False


class Reasons:
    """Collects for each term of the query the first place in which it was found."""

    def __init__(self, highlighter: Highlighter, words: list[str]) -> None:
        self._highlighter, self._words = highlighter, words
        self._by_term: dict[int, MatchReason] = {}

    @property
    def is_complete(self) -> bool:
        return all(term in self._by_term for term, forms in enumerate(self._highlighter.forms) if forms)

    def add(self, field: str, text: str, spans: Iterable[MatchSpan], elsewhere: bool = False) -> None:
        """Note the matches of one text."""
        for span in spans:
            reason = MatchReason(field, span.form, self._words[span.term], text[span.start : span.end], elsewhere)
            self._by_term.setdefault(span.term, reason)

    def search(self, texts: Iterator[SearchedText]) -> None:
        """Look for matches in these texts until every term has a reason."""
        while not self.is_complete and (searched := next(texts, None)):
            spans = self._highlighter.spans(searched.text, searched.language)
            self.add(searched.field, searched.text, spans, searched.elsewhere)

    def in_order(self) -> list[MatchReason]:
        """Return the reasons in the order of the query's terms."""
        return [self._by_term[term] for term in sorted(self._by_term)]


def excerpt_role(document: Document, claim: PublishedClaim | None, excerpt_id: str) -> ExcerptRole:
    """Return how an excerpt of the document relates to one of its claims."""
    citations = claim.citations if claim else ()
    relation = next((each.relation for each in citations if each.excerpt == excerpt_id), None)
    conflicts = (each for each in document.conflicts if each.claim is None or (claim and each.claim == claim.id))
    sides = tuple(
        DisputeSide(conflict.id, conflict.family, conflict.property, side.value, side.reading)
        for conflict in conflicts
        for side in conflict.sides
        if side.excerpt == excerpt_id
    )
    return ExcerptRole(relation, sides)


def is_apart(document: Document, shown: PublishedClaim | None, excerpt_id: str) -> bool:
    """Return whether an excerpt has nothing to do with the statement that is shown."""
    return shown is not None and excerpt_role(document, shown, excerpt_id).elsewhere


def other_texts(document: Document, shown: PublishedClaim | None) -> Iterator[SearchedText]:
    """Yield the texts that the index covers beside titles and aliases."""
    for claim in document.claims:
        for language, text in claim.statement.items():
            yield SearchedText("statement", text, language, _is_other(claim, shown))
    for about in document.about:
        for language, text in about.statement.items():
            yield SearchedText("statement", text, language)
    near = set()
    for excerpt in document.telling_excerpts:
        if not (apart := is_apart(document, shown, excerpt.id)):
            near.add(excerpt.source)
        yield SearchedText("quote", excerpt.exact, excerpt.language, apart)
        for language, translation in excerpt.translation.items():
            yield SearchedText("translation", translation.text, language, apart)
    for author in document.authors:
        yield SearchedText("author", author, "id")
    for source in document.sources:
        apart = shown is not None and source.slug not in near
        yield SearchedText("source", " ".join(source.authors), "id", apart)
    for place in document.places:
        for language, text in place.title.items():
            yield SearchedText("place", text, language)
    for claim in document.claims:
        for party in claim.parties:
            name = party.who.title.id if party.who else party.as_stated
            yield SearchedText("party", name or "", "id", _is_other(claim, shown))


def _is_other(claim: PublishedClaim, shown: PublishedClaim | None) -> bool:
    return shown is not None and claim.id != shown.id
