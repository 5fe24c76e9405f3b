"""What matched in a document, for the eye: the sentence and the quote to show with a hit, with their marks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cases.documents.canonical import Document
from cases.publication.projection import titles
from cases.search.query.narrowing import Chosen, unmet

from .highlight import Finder, Span

SHOWN = 280
"""Characters of a quote that are shown around its first match."""
OTHER = {"id": "en", "en": "id"}


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked where it matched. Texts are pieced together after escaping, never before."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Why:
    """One reason for a hit: in which field, in which form, and the word as it stands there.

    `elsewhere`: it stands in another part of the record, and says nothing of the statement that is shown.
    """

    field: str
    form: str
    text: str
    elsewhere: bool = False


@dataclass(frozen=True)
class Side:
    """One side of a disagreement that a quote holds: in which conflict, about what, and what it says."""

    conflict: str
    property: str
    value: str


@dataclass(frozen=True)
class Bearing:
    """How a quote stands to the statement that it is shown with.

    `relation` is that of the citation (supports or context), or None where the claim does not cite the quote. `sides`
    are of disagreements about the claim, or about the whole record. With neither, the quote is from elsewhere in it.
    """

    relation: str | None = None
    sides: tuple[Side, ...] = ()

    @property
    def elsewhere(self) -> bool:
        return self.relation is None and not self.sides


@dataclass
class Match:
    """What to show with a hit: its title, the best statement and the best quote, and why it matched.

    `unmet` are the facets of what was chosen that the record meets by other parts than the statement shown.
    """

    title: list[Piece] = field(default_factory=list)
    claim: Document | None = None
    statement: list[Piece] = field(default_factory=list)
    language: str = ""
    excerpt: Document | None = None
    quote: list[Piece] = field(default_factory=list)
    bearing: Bearing = Bearing()
    why: list[Why] = field(default_factory=list)
    unmet: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Found:
    thing: Any
    text: str
    language: str
    spans: list[Span]

    @property
    def terms(self) -> frozenset[int]:
        return frozenset(span.term for span in self.spans)


def best_match(document: Document, finder: Finder, language: str, chosen: Chosen) -> Match:
    """The statement that holds most of the words asked for, and the quote that does, one of its own if it can be.

    Among statements that hold as many, one that itself fits what was chosen comes first.
    """

    def fits(claim: Document | None) -> int:
        return -len(unmet(claim, document, chosen)) if claim else -len(chosen)

    title = titles(document)[language]
    in_title = _Found(None, title, language, finder.spans(title, language))
    match = Match(title=pieces(title, in_title.spans), language=language)
    wanted = len(finder.forms)
    claim = _best(_statements(document, finder, language), wanted, fits)
    own = {c["excerpt"] for c in claim.thing["citations"]} if claim else set()
    by_holder = bool(chosen) and claim is None
    excerpt = _best(
        _quotes(document, finder, own), wanted, lambda e: fits(_holder(document, e["id"], fits)) if by_holder else 0
    )
    if claim is None:
        holder = _holder(document, excerpt.thing["id"], fits) if excerpt else None
        if thing := holder or _lead(document, fits):
            claim = _Found(thing, thing["statement"][language], language, [])
    if claim is not None:
        match.claim, match.language, match.statement = claim.thing, claim.language, pieces(claim.text, claim.spans)
        match.unmet = unmet(claim.thing, document, chosen)
    if excerpt is not None:
        match.excerpt, match.quote = excerpt.thing, clipped(excerpt.text, excerpt.spans)
        match.bearing = bearing(document, match.claim, excerpt.thing["id"])
    match.why = _why(in_title, claim, excerpt, document, finder)
    return match


def _statements(document: Document, finder: Finder, language: str) -> Iterator[_Found]:
    """Statements with a match, in the reader's language, or in the other one where only that matches."""
    for claim in document.get("claims", []):
        for code in (language, OTHER[language]):
            text = claim["statement"][code]
            if spans := finder.spans(text, code):
                yield _Found(claim, text, code, spans)
                break


def _quotes(document: Document, finder: Finder, first: set[str]) -> Iterator[_Found]:
    """Quotes with a match; those of the statement shown come first."""
    for excerpt in sorted(document.get("excerpts", []), key=lambda excerpt: excerpt["id"] not in first):
        if spans := finder.spans(excerpt["exact"], excerpt["language"]):
            yield _Found(excerpt, excerpt["exact"], excerpt["language"], spans)


def _best(candidates: Iterator[_Found], wanted: int, fits: Callable[[Any], int]) -> _Found | None:
    """The first that fits and holds every word as it was typed; else that with most words, that fits, most exactly."""
    best, points = None, (0, 0, 0)
    for found in candidates:
        exact = len({span.term for span in found.spans if span.form == "exact"})
        fit = fits(found.thing)
        if exact == wanted and fit == 0:
            return found
        if best is None or (len(found.terms), fit, exact) > points:
            best, points = found, (len(found.terms), fit, exact)
    return best


def _holder(document: Document, excerpt_id: str, fits: Callable[[Document], int]) -> Document | None:
    """The claim that rests on an excerpt, or whose dispute does; of several, the first that fits best."""
    disputed = {c["claim"] for c in document["conflicts"] if any(s["excerpt"] == excerpt_id for s in c["sides"])}
    holders = (
        claim
        for claim in document.get("claims", [])
        if any(cited["excerpt"] == excerpt_id for cited in claim["citations"]) or claim["id"] in disputed
    )
    return max(holders, key=fits, default=None)


def _lead(document: Document, fits: Callable[[Document], int]) -> Document | None:
    """The claim with which a record begins; where something is chosen, the first that fits it best."""
    order = {claim_id: place for place, claim_id in enumerate(document.get("lead", []))}
    if not order:
        return None
    claims = sorted(document["claims"], key=lambda claim: order.get(claim["id"], len(order)))
    return max(claims, key=fits)


def bearing(document: Document, claim: Document | None, excerpt_id: str) -> Bearing:
    """How an excerpt of the document stands to one of its claims."""
    relations = [c["relation"] for c in (claim["citations"] if claim else []) if c["excerpt"] == excerpt_id]
    about = (None, claim["id"] if claim else None)
    sides = tuple(
        Side(conflict["id"], conflict["property"], side["value"])
        for conflict in document["conflicts"]
        if conflict["claim"] in about
        for side in conflict["sides"]
        if side["excerpt"] == excerpt_id
    )
    return Bearing(relations[0] if relations else None, sides)


def _why(title: _Found, claim: _Found | None, excerpt: _Found | None, document: Document, finder: Finder) -> list[Why]:
    """For each word of the search, the first place in which it was found; those of the statement shown come first."""
    reasons: dict[int, Why] = {}
    shown = claim.thing if claim else None

    def note(name: str, text: str, spans: list[Span], elsewhere: bool = False) -> None:
        for span in spans:
            reasons.setdefault(span.term, Why(name, span.form, text[span.start : span.end], elsewhere))

    note("title", title.text, title.spans)
    wanted = range(len(finder.forms))
    for alias in document.get("aliases", []):
        if all(number in reasons for number in wanted):
            break
        note("alias", alias["name"], finder.spans(alias["name"], "id"))
    if claim:
        note("statement", claim.text, claim.spans)
    if excerpt and not _apart(document, shown, excerpt.thing["id"]):
        note("quote", excerpt.text, excerpt.spans)
    for elsewhere, name, text, language in sorted(_other_texts(document, shown), key=lambda other: other[0]):
        if all(number in reasons for number in wanted):
            break
        note(name, text, finder.spans(text, language), elsewhere)
    return [reasons[number] for number in sorted(reasons)]


def _apart(document: Document, shown: Document | None, excerpt_id: str) -> bool:
    """Whether an excerpt has nothing to do with the statement that is shown."""
    return shown is not None and bearing(document, shown, excerpt_id).elsewhere


def _other_texts(document: Document, shown: Document | None) -> Iterator[tuple[bool, str, str, str]]:
    """The texts that the index holds of a document, each with whether it is apart from the statement shown."""
    for claim in document.get("claims", []):
        other = shown is not None and claim["id"] != shown["id"]
        for language, text in claim["statement"].items():
            yield other, "statement", text, language
    near = set()
    for excerpt in document.get("excerpts", []):
        if not (other := _apart(document, shown, excerpt["id"])):
            near.add(excerpt["source"])
        yield other, "quote", excerpt["exact"], excerpt["language"]
        for language, translation in (excerpt.get("translation") or {}).items():
            yield other, "translation", translation["text"], language
    for author in document.get("authors", []):
        yield False, "author", author, "id"
    for source in document.get("sources", []):
        other = shown is not None and source["slug"] not in near
        yield other, "source", source["title"], source.get("language") or "id"
        yield other, "source", " ".join(source["authors"]), "id"
    for place in document.get("places", []):
        for language, text in place["title"].items():
            yield False, "place", text, language
    for claim in document.get("claims", []):
        other = shown is not None and claim["id"] != shown["id"]
        for party in claim["parties"]:
            named = party["who"]["title"] if party["who"] else party["as_stated"]
            yield other, "party", named if isinstance(named, str) else named["id"], "id"


def pieces(text: str, spans: list[Span]) -> list[Piece]:
    """The text in pieces, marked where it matched."""
    found, at = [], 0
    for span in spans:
        if span.start > at:
            found.append(Piece(text[at : span.start]))
        found.append(Piece(text[span.start : span.end], marked=True))
        at = span.end
    return [*found, Piece(text[at:])] if at < len(text) else found


def clipped(text: str, spans: list[Span]) -> list[Piece]:
    """The same, around the first match where the text is long; what is left out shows as …"""
    if len(text) <= SHOWN or not spans:
        return pieces(text, spans)
    start = max(0, spans[0].start - SHOWN // 3)
    start = text.find(" ", start) + 1 if start else 0
    end = min(len(text), start + SHOWN)
    end = text.rfind(" ", spans[0].end, end) if end < len(text) and " " in text[spans[0].end : end] else end
    inside = [Span(s.start - start, s.end - start, s.term, s.form) for s in spans if s.start >= start and s.end <= end]
    shown = pieces(text[start:end], inside)
    before = [Piece("… ")] if start else []
    return [*before, *shown, Piece(" …")] if end < len(text) else [*before, *shown]
