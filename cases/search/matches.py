"""What to show of a hit: the statement and the quote that match best, with their marks, and why they matched."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedExcerpt, PublishedSourceStatement
from cases.documents.types import Document
from cases.search.query.narrowing import FacetFilters, unmet_facets

from .highlight import Highlighter, MatchSpan
from .match_reasons import ExcerptRole, MatchReason, Reasons, SearchedText, excerpt_role, is_apart, other_texts
from .snippets import Fragment, fragments, snippet

_T = TypeVar("_T")
Stated = TypeVar("Stated", PublishedClaim, PublishedSourceStatement)
OTHER_LANGUAGE = {"id": "en", "en": "id"}
NO_ROLE = ExcerptRole()


@dataclass
class Match:
    """What to show with a hit: its title, the best statement and the best quote, and why it matched.

    A source has no claims: its statement is what it tells of itself. `unmet` are the selected facets that the record
    meets by other parts than the statement shown.
    """

    title: list[Fragment] = field(default_factory=list)
    claim: PublishedClaim | None = None
    statement: list[Fragment] = field(default_factory=list)
    language: str = ""
    excerpt: PublishedExcerpt | None = None
    quote: list[Fragment] = field(default_factory=list)
    bearing: ExcerptRole = NO_ROLE
    why: list[MatchReason] = field(default_factory=list)
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate(Generic[_T]):
    """A statement or quote, and what matched in it."""

    thing: _T
    text: str
    language: str
    spans: list[MatchSpan]

    @property
    def terms(self) -> frozenset[int]:
        return frozenset(span.term for span in self.spans)


class Matcher:
    """Chooses what to show of one document."""

    def __init__(self, document: Document, highlighter: Highlighter, language: str, filters: FacetFilters) -> None:
        self.document, self.highlighter, self.language, self.filters = document, highlighter, language, filters
        self.title = document.titles.choose(language)
        self.title_spans = highlighter.spans(self.title, language)

    def match(self) -> Match:
        """Return the statement with most words of the search, and such a quote, of that statement if it can be.

        Among statements with as many words, one that itself fits the selected facets comes first.
        """
        claim = _best(self._statements(self.document.claims), len(self.highlighter.forms), self._fit)
        about = _best(self._statements(self.document.about), len(self.highlighter.forms), lambda statement: 0)
        excerpt = self._best_quote(claim, about)
        if claim is None and (shown := (excerpt and self._citing_claim(excerpt.thing.id)) or self._lead()):
            claim = self._unmatched(shown)
        match = Match(title=fragments(self.title, self.title_spans), language=self.language)
        if claim is not None:
            match.claim, match.language = claim.thing, claim.language
            match.statement = fragments(claim.text, claim.spans)
            match.unmet = unmet_facets(claim.thing, self.document, self.filters)
        elif about is not None:
            match.statement, match.language = fragments(about.text, about.spans), about.language
        if excerpt is not None:
            match.excerpt, match.quote = excerpt.thing, snippet(excerpt.text, excerpt.spans)
            match.bearing = excerpt_role(self.document, match.claim, excerpt.thing.id)
        match.why = self._reasons(claim, about, excerpt).in_order()
        return match

    def _reasons(
        self,
        claim: Candidate[PublishedClaim] | None,
        about: Candidate[PublishedSourceStatement] | None,
        excerpt: Candidate[PublishedExcerpt] | None,
    ) -> Reasons:
        """Collect for each word the first place in which it was found; those of the statement shown come first."""
        document, reasons, shown = self.document, Reasons(self.highlighter), claim.thing if claim else None
        reasons.add("title", self.title, self.title_spans)
        reasons.search(SearchedText("alias", alias.name, "id") for alias in document.aliases)
        if said := claim or about:
            reasons.add("statement", said.text, said.spans)
        if excerpt and not is_apart(document, shown, excerpt.thing.id):
            reasons.add("quote", excerpt.text, excerpt.spans)
        if not reasons.is_complete:
            reasons.search(iter(sorted(other_texts(document, shown), key=lambda each: each.elsewhere)))
        return reasons

    def _fit(self, claim: PublishedClaim) -> int:
        """Return how well a claim fits the selected facets: 0 is best."""
        return -len(unmet_facets(claim, self.document, self.filters))

    def _fit_of_citing(self, excerpt: PublishedExcerpt) -> int:
        claim = self._citing_claim(excerpt.id)
        return self._fit(claim) if claim else -len(self.filters)

    def _unmatched(self, claim: PublishedClaim) -> Candidate[PublishedClaim]:
        """Return the statement of a claim in the reader's language or, where it does not stand there, in the other."""
        own = getattr(claim.statement, self.language)
        language = self.language if own else OTHER_LANGUAGE[self.language]
        return Candidate(claim, getattr(claim.statement, language), language, [])

    def _statements(self, things: Iterable[Stated]) -> Iterator[Candidate[Stated]]:
        """Yield statements with a match, in the reader's language, or in the other one where only that matches."""
        for thing in things:
            for code in (self.language, OTHER_LANGUAGE[self.language]):
                text = getattr(thing.statement, code)
                if spans := self.highlighter.spans(text, code):
                    yield Candidate(thing, text, code, spans)
                    break

    def _best_quote(
        self, claim: Candidate[PublishedClaim] | None, about: Candidate[PublishedSourceStatement] | None
    ) -> Candidate[PublishedExcerpt] | None:
        said = claim or about
        cited = {citation.excerpt for citation in said.thing.citations} if said else set()
        by_claim = bool(self.filters) and claim is None
        fit: Callable[[PublishedExcerpt], int] = self._fit_of_citing if by_claim else lambda excerpt: 0
        return _best(self._quotes(cited), len(self.highlighter.forms), fit)

    def _quotes(self, cited: set[str]) -> Iterator[Candidate[PublishedExcerpt]]:
        """Yield quotes with a match; those that the statement shown cites come first."""
        for excerpt in sorted(self.document.excerpts, key=lambda excerpt: excerpt.id not in cited):
            if spans := self.highlighter.spans(excerpt.exact, excerpt.language):
                yield Candidate(excerpt, excerpt.exact, excerpt.language, spans)

    def _citing_claim(self, excerpt_id: str) -> PublishedClaim | None:
        """Return the claim that cites an excerpt, or whose conflict does; of several, the first that fits best."""
        conflicts = self.document.conflicts
        disputed = {each.claim for each in conflicts if any(side.excerpt == excerpt_id for side in each.sides)}
        citing = (
            claim
            for claim in self.document.claims
            if claim.id in disputed or any(citation.excerpt == excerpt_id for citation in claim.citations)
        )
        return max(citing, key=self._fit, default=None)

    def _lead(self) -> PublishedClaim | None:
        """Return the claim with which a record begins; where facets are selected, the first that fits them best."""
        order = {claim_id: place for place, claim_id in enumerate(self.document.lead)}
        if not order:
            return None
        claims = sorted(self.document.claims, key=lambda claim: order.get(claim.id, len(order)))
        return max(claims, key=self._fit)


def _best(candidates: Iterator[Candidate[_T]], terms: int, fit: Callable[[_T], int]) -> Candidate[_T] | None:
    """Return the first that fits and has every word exactly; else that with most words, best fit, most exact ones."""
    best, best_points = None, (0, 0, 0)
    for candidate in candidates:
        exact = len({span.term for span in candidate.spans if span.form == "exact"})
        points = (len(candidate.terms), fit(candidate.thing), exact)
        if exact == terms and points[1] == 0:
            return candidate
        if best is None or points > best_points:
            best, best_points = candidate, points
    return best
