"""What to show of a hit: the statement that answers best, a quote that supports it, their marks, and why it matched."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import log, sqrt

from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedExcerpt, PublishedSourceStatement
from cases.documents.types import Document
from cases.search.query.compiled import Group
from cases.search.query.narrowing import FacetFilters, unmet_facets

from .highlight import Highlighter, MatchSpan
from .match_reasons import ExcerptRole, MatchReason, Reasons, SearchedText, excerpt_role, other_texts
from .snippets import NO_WORDS, Fragment, Marks, Words, fragments, snippet

DIGIT = re.compile("[0-9]")
Stated = PublishedClaim | PublishedSourceStatement
LANGUAGES = ("id", "en")
NO_ROLE = ExcerptRole()
# What a word counts by the form in which it stands
FORM_VALUES = {
    "exact": 1.0, "stem": 1.0, "beginning": 0.9, "rounded": 0.8, "typo": 0.8, "synonym": 0.7, "translation": 0.7,
    "part": 0.4, "near": 0.3,
}  # fmt: skip
# What it counts beside the statement: in a quote that supports it, in that of another side, in other words about it
QUOTE_VALUE, SIDE_VALUE, OTHER_VALUE = 0.6, 0.5, 0.3
# What it counts where it names somebody in the record
NAME_VALUE = 0.4
# How far a long statement counts for less than a short one with the same words
LENGTH_SHARE = 0.2
# What a statement with a number counts where one is asked for
NUMBER_VALUE = 1.2


@dataclass
class Match:
    """What to show with a hit: its title, the best statement, a quote that supports it, and why it matched.

    `document` is that of the statement: where an actor has no claims, a document that names it. A source has no claims:
    its statement is what it tells of itself. `other_side` are words of another side of a
    disagreement about the claim, where words of the search stand only there. `unmet` are the selected facets that the
    record meets by other parts than the statement shown.
    """

    document: Document
    title: list[Fragment] = field(default_factory=list)
    claim: PublishedClaim | None = None
    statement: list[Fragment] = field(default_factory=list)
    language: str = ""
    excerpt: PublishedExcerpt | None = None
    quote: list[Fragment] = field(default_factory=list)
    bearing: ExcerptRole = NO_ROLE
    other_side: PublishedExcerpt | None = None
    other_quote: list[Fragment] = field(default_factory=list)
    other_bearing: ExcerptRole = NO_ROLE
    why: list[MatchReason] = field(default_factory=list)
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A statement in the language in which it is shown, the best quote that supports it, and what both are worth."""

    thing: Stated
    said: Words
    quote: Words
    values: dict[int, float]


class Matcher:
    """Chooses what to show of one document, of a search of these groups: rare words count more.

    `only` are the claims to choose from, all by default; `asks_number` is whether the search asks how many or when.
    """

    def __init__(
        self,
        document: Document,
        highlighter: Highlighter,
        groups: list[Group],
        language: str,
        filters: FacetFilters,
        only: frozenset[str] | None = None,
        asks_number: bool = False,
    ) -> None:
        self.document, self.highlighter, self.groups = document, highlighter, groups
        self.language, self.filters, self.only = language, filters, only
        self.asks_number = asks_number
        title = document.titles.choose(language)
        self.title = Words(title, language, tuple(highlighter.spans(title, language)))
        self.excerpts = document.excerpts_by_id
        self._quotes: dict[str, Words] = {}
        self._seen: dict[tuple[str, str], Words] = {}

    @cached_property
    def best(self) -> Candidate | None:
        """Return the statement that answers best: with most words of the search in it or in a quote that supports it.

        Among statements that answer as well, one that itself fits the selected facets comes first, then the lead.
        """
        return max(self.candidates, key=self.points, default=None)

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Return the statements with what they are worth.

        What stands beside them is looked at only where none holds every word in itself and its quotes.
        """
        candidates = list(self._candidates())
        sought = {term for term, group in enumerate(self.groups) if group.forms} - {s.term for s in self.title.spans}
        if not any(sought <= each.values.keys() for each in candidates):
            for each in candidates:
                self._add_beside(each)
        return candidates

    @cached_property
    def _weights(self) -> list[float]:
        """Return what each term counts: the rarer in the record as a whole and among these statements, the more.

        What stands in the title, which all of them are about, counts nothing.
        """
        shares = dict.fromkeys((span.term for span in self._named()), NAME_VALUE)
        shares |= dict.fromkeys((span.term for span in self.title.spans), 0.0)
        weights = []
        for term, group in enumerate(self.groups):
            holding = sum(1 for each in self.candidates if term in each.values)
            apart = sqrt(log(1 + len(self.candidates) / (holding + 0.5)))
            weights.append(group.rarity * apart * shares.get(term, 1.0))
        return weights

    def _named(self) -> Iterator[MatchSpan]:
        """Yield what matches in the names of those who stand in the statements."""
        people = {party.who.id: party.who for claim in self.document.claims for party in claim.parties if party.who}
        for who in people.values():
            yield from self.highlighter.spans(who.title.choose(self.language), self.language)

    @cached_property
    def _usual_length(self) -> float:
        return sum(len(each.said.text) for each in self.candidates) / len(self.candidates) or 1.0

    def match(self, named_in: Iterable["Matcher"] = ()) -> Match:
        """Return what to show; of a document without statements, that of one of those that name it."""
        of = self
        if not self.best:
            of = max((each for each in named_in if each.best), key=lambda each: each.points(each.best), default=self)
        best = of.best
        claim = best.thing if best and isinstance(best.thing, PublishedClaim) else None
        said, quote = (best.said, best.quote) if best else (NO_WORDS, NO_WORDS)
        other = of.other_side(best) if best else NO_WORDS
        marks = Marks((self.title, said, quote, other))
        return Match(
            document=of.document,
            title=fragments(self.title.text, marks.of(self.title)),
            claim=claim,
            statement=fragments(said.text, marks.of(said)),
            language=said.language or self.language,
            excerpt=quote.excerpt,
            quote=snippet(quote.text, marks.of(quote)),
            bearing=excerpt_role(of.document, claim, quote.excerpt.id) if quote.excerpt else NO_ROLE,
            other_side=other.excerpt,
            other_quote=snippet(other.text, marks.of(other)),
            other_bearing=excerpt_role(of.document, claim, other.excerpt.id) if other.excerpt else NO_ROLE,
            why=self._reasons(best, claim, quote, other).in_order(),
            unmet=unmet_facets(claim, of.document, of.filters) if claim else (),
        )

    def _candidates(self) -> Iterator[Candidate]:
        """Yield the statements of the document, those of its lead first."""
        order = {claim_id: place for place, claim_id in enumerate(self.document.lead)}
        for claim in sorted(self.document.claims, key=lambda claim: order.get(claim.id, len(order))):
            if self.only is None or claim.id in self.only:
                yield self._candidate(claim)
        for about in self.document.about:
            yield self._candidate(about)

    def _candidate(self, thing: Stated) -> Candidate:
        texts = {code: self._words(text, code) for code, text in thing.statement.items() if text}
        own = texts.get(self.language)
        other = next((words for words in texts.values() if words is not own), NO_WORDS)
        shown = own if own and (own.spans or not other.spans) else other
        supporting = [each for each in thing.supporting_excerpts if each in self.excerpts]
        quote = self._best_quote(supporting)
        values: dict[int, float] = {}
        for words in texts.values():
            _add(values, words.spans, 1.0)
        for excerpt in supporting:
            _add(values, self._quote(excerpt).spans, QUOTE_VALUE)
        return Candidate(thing, shown, quote, values)

    def _add_beside(self, candidate: Candidate) -> None:
        """Add what stands in other words about a statement."""
        for words in self._beside(candidate.thing):
            _add(candidate.values, words.spans, OTHER_VALUE)
        for side in self._sides_of(candidate.thing):
            _add(candidate.values, self._quote(side).spans, SIDE_VALUE)

    def _beside(self, thing: Stated) -> Iterator[Words]:
        """Yield what stands beside a statement: translations of its quotes, its context, its parties."""
        held = [self.excerpts[each.excerpt] for each in thing.citations if each.excerpt in self.excerpts]
        for excerpt in held:
            yield self._quote(excerpt.id)
            for language, translation in excerpt.translation.items():
                yield self._words(translation.text, language)
        if isinstance(thing, PublishedClaim):
            for party in thing.parties:
                yield self._words(party.who.title.choose("id") if party.who else party.as_stated or "", "id")

    def points(self, candidate: Candidate | None) -> tuple[float, int]:
        """Return what a statement is worth to this search, and how well it fits the selected facets."""
        if candidate is None:
            return 0.0, 0
        score = sum(self._weights[term] * value for term, value in candidate.values.items())
        score /= 1 - LENGTH_SHARE + LENGTH_SHARE * len(candidate.said.text) / self._usual_length
        if self.asks_number and DIGIT.search(candidate.said.text):
            score *= NUMBER_VALUE
        thing = candidate.thing
        if not self.filters or not isinstance(thing, PublishedClaim):
            return round(score, 3), 0
        return round(score, 3), -len(unmet_facets(thing, self.document, self.filters))

    def _words(self, text: str, language: str) -> Words:
        """Return a text with its matches, looked for once: names and translations stand beside many statements."""
        if (text, language) not in self._seen:
            self._seen[text, language] = Words(text, language, tuple(self.highlighter.spans(text, language)))
        return self._seen[text, language]

    def _quote(self, excerpt_id: str) -> Words:
        """Return the words of an excerpt. Several statements may rest on it: its matches are looked for once."""
        if excerpt_id not in self._quotes:
            excerpt = self.excerpts[excerpt_id]
            spans = tuple(self.highlighter.spans(excerpt.exact, excerpt.language))
            self._quotes[excerpt_id] = Words(excerpt.exact, excerpt.language, spans, excerpt)
        return self._quotes[excerpt_id]

    def _best_quote(self, excerpt_ids: Iterable[str]) -> Words:
        return max(map(self._quote, excerpt_ids), key=lambda words: self._worth(words.spans), default=NO_WORDS)

    def _worth(self, spans: Iterable[MatchSpan], known: Iterable[int] = ()) -> float:
        values: dict[int, float] = {}
        _add(values, spans, 1.0)
        return sum(self.groups[term].rarity * value for term, value in values.items() if term not in known)

    def _sides_of(self, thing: Stated) -> list[str]:
        """Return the excerpts of other sides in disagreements about a claim."""
        conflicts = self.document.conflicts_of(thing) if isinstance(thing, PublishedClaim) else ()
        sides = (side.excerpt for each in conflicts for side in each.sides)
        return [side for side in sides if side not in thing.supporting_excerpts and side in self.excerpts]

    def other_side(self, best: Candidate) -> Words:
        """Return the words of another side in which words of the search stand that the statement and quote lack."""
        shown = {span.term for span in (*best.said.spans, *best.quote.spans)}
        sides = [(self._worth(words.spans, shown), words) for words in map(self._quote, self._sides_of(best.thing))]
        worth, words = max(sides, key=lambda side: side[0], default=(0.0, NO_WORDS))
        return words if worth else NO_WORDS

    def _reasons(self, best: Candidate | None, claim: PublishedClaim | None, quote: Words, other: Words) -> Reasons:
        """Collect for each word the first place in which it was found; those of the statement shown come first."""
        document, reasons = self.document, Reasons(self.highlighter, [group.text for group in self.groups])
        reasons.add("title", self.title.text, self.title.spans)
        reasons.search(SearchedText("alias", alias.name, "id") for alias in document.aliases)
        if best:
            reasons.add("statement", best.said.text, best.said.spans)
        for words in (quote, other):
            reasons.add("quote", words.text, words.spans)
        if not reasons.is_complete:
            reasons.search(iter(sorted(other_texts(document, claim), key=lambda each: each.elsewhere)))
        return reasons


def _add(values: dict[int, float], spans: Iterable[MatchSpan], value: float) -> None:
    """Add what each term of the search is worth where it stands best."""
    for span in spans:
        values[span.term] = max(values.get(span.term, 0.0), value * FORM_VALUES[span.form])
