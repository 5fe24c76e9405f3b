"""The words of a source in pieces: shortened to what matters, italics as such, those that bear weight marked.

What is marked is computed from the claim: its amount as stated, what the source hedges with, its dates, the names that
it gives to those whom nobody names, the words that the statement itself quotes. Nothing is chosen by hand.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from cases.claim_kinds.stage import StageDetail
from cases.documents.claims import PublishedClaim
from cases.public.labels import EMPHASIS

# Words by which a source says that it does not know, or does not yet know; and those of the outcome of a proceeding
HEDGES = re.compile(
    r"\b(?:ber?potensi\w*|potensi|kemungkinan|mungkin|diduga|dugaan|disangka\w*|terindikasi|indikasi|dirasa(?: akan)?"
    r"|diperkirakan|konon|alleged(?:ly)?|allegation\w*|suspected|possibl[ey]|potential(?:ly)?|reportedly|may|might)\b",
    re.IGNORECASE,
)
OUTCOMES = re.compile(
    r"\b(?:tidak terbukti|terbukti|membebaskan|dibebaskan|bebas|lepas|menguatkan|mengubah|membatalkan|belum inkracht"
    r"|inkracht|not final|acquitted|convicted|reduced|raised|upheld|annulled)\b",
    re.IGNORECASE,
)
# A name that takes up more of a quote than this is no part of it that could be marked
NAME_MAX_CHARS = 48
MARKED_MAX_SHARE = 0.6
CLAUSE_END = re.compile(r"[.;:,]\s")
QUOTED = re.compile(r"“([^”]+)”")


@dataclass(frozen=True)
class Piece:
    """Words in one form: in italics where the source has them so, marked where they bear weight."""

    text: str
    emphasised: bool
    marked: bool


@dataclass(frozen=True)
class MarkedText:
    """Words in pieces. `is_whole` says whether nothing was left out before or after them."""

    pieces: list[Piece]
    cut_before: bool
    cut_after: bool

    @property
    def is_whole(self) -> bool:
        return not (self.cut_before or self.cut_after)

    @property
    def plain(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def marked_text(exact: str, weights: Iterable[re.Pattern[str]], max_chars: int) -> MarkedText:
    """Return the words of an excerpt, shortened about those that bear weight, at the ends of clauses where it can."""
    spans = _spans(exact, weights)
    start, end = _window(exact, spans, max_chars)
    return MarkedText(list(_pieces(exact, spans, start, end)), start > 0, end < len(exact))


def weights_of(claim: PublishedClaim) -> Iterator[re.Pattern[str]]:
    """Yield what bears weight in the words behind a claim, most telling first."""
    detail = claim.detail
    stated = [getattr(detail, "as_stated", None), claim.date_as_stated]
    if stage := claim.detail_of(StageDetail):
        yield OUTCOMES
        stated.append(stage.charge)
    yield HEDGES
    telling = [party for party in claim.parties if party.who is None]
    names = [party.as_stated for party in telling if party.as_stated and len(party.as_stated) <= NAME_MAX_CHARS]
    for words in filter(None, [*stated, *names]):
        if pattern := _pattern(words):
            yield pattern
    for said in (claim.statement.id, claim.statement.en):
        yield from words_within(said)


def words_within(reading: str) -> Iterator[re.Pattern[str]]:
    """Yield the words of a source that stand between quotation marks in what one side of a conflict says."""
    for words in QUOTED.findall(reading):
        if pattern := _pattern(words):
            yield pattern


def _pattern(words: str) -> re.Pattern[str] | None:
    """Return a pattern that finds words whatever their case, white space and italics."""
    parts = [re.escape(part) for part in words.replace("*", "").strip("“”\"' ").split()]
    return re.compile(r"(?<!\w)" + r"[\s*]+".join(parts) + r"(?!\w)", re.IGNORECASE) if parts else None


def _spans(exact: str, weights: Iterable[re.Pattern[str]]) -> list[tuple[int, int]]:
    """Return where the words that bear weight stand; no more of them than leave the rest of the quote unmarked."""
    spans: list[tuple[int, int]] = []
    for pattern in weights:
        found = [match.span() for match in pattern.finditer(exact)]
        marked = sum(end - start for start, end in [*spans, *found])
        if marked <= MARKED_MAX_SHARE * len(exact) or not spans:
            spans += found
    return sorted(spans)


def _window(exact: str, spans: list[tuple[int, int]], max_chars: int) -> tuple[int, int]:
    """Return from where to where a quote is shown: with the first words that bear weight, in whole clauses."""
    if len(exact) <= max_chars:
        return 0, len(exact)
    first, last = spans[0] if spans else (0, 0)
    start = 0
    if last > max_chars:
        ends = [match.end() for match in CLAUSE_END.finditer(exact, 0, first)]
        start = next((end for end in reversed(ends) if first - end >= 0), exact.rfind(" ", 0, first) + 1)
    if len(exact) - start <= max_chars:
        return start, len(exact)
    limit = max(start + max_chars, last)
    ends = [match.start() + 1 for match in CLAUSE_END.finditer(exact, start + max_chars // 2, limit)]
    end = ends[-1] if ends and ends[-1] >= last else exact.rfind(" ", start, limit + 1)
    # No marked words are cut in two
    end = next((first for first, stop in spans if first < end < stop and first > last), end)
    return start, max(end, last)


def _pieces(exact: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    italic: set[int] = set()
    stars: set[int] = set()
    for match in EMPHASIS.finditer(exact):
        italic.update(range(*match.span(1)))
        stars.update((match.start(), match.end() - 1))
    marked = {place for first, last in spans for place in range(first, last)}
    shown = (place for place in range(start, end) if place not in stars)
    for (is_italic, is_marked), places in groupby(shown, key=lambda place: (place in italic, place in marked)):
        yield Piece("".join(exact[place] for place in places), is_italic, is_marked)
