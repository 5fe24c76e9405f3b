"""Which kinds of claim fit the selected words, and which words of closed lists they name. A data file says by what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import msgspec
import yaml

from cases.claim_kinds import REGISTRY
from cases.search.analysis.tokens import Token, tokens
from cases.search.analysis.word_lists import is_negation

from .passage import Passage, family
from .sums import counts_in, sums_in

DATA = Path(__file__).parent / "data"
ANY_FEW = "…"
MAX_BETWEEN = 6
# Words that may stand between a negation and what it turns
AUXILIARIES = {"pernah", "dapat", "ada", "akan", "lagi", "bisa", "mungkin", "benar", "be", "been", "ever", "yet"}
ASKED_FOR, CHARGED, RULED = ("demand",), ("charge",), ("ruling",)
DEFENDING = ("defence", "reply")


class Trigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases that tell of a kind of claim and, where `word` is given, name a word of its closed list."""

    kind: str
    id: tuple[str, ...]
    en: tuple[str, ...] = ()
    word: str = ""
    outcome: str = ""
    points: int = 2
    over: tuple[str, ...] = ()


@dataclass(frozen=True)
class Named:
    """A phrase that was found, with the words of the source."""

    trigger: Trigger
    words: str


@cache
def triggers() -> tuple[tuple[Trigger, tuple[tuple[str, ...], ...]], ...]:
    """Return the rows of the file, each with its phrases as words. Raises msgspec.ValidationError."""
    loaded = yaml.load((DATA / "triggers.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - only text
    rows = msgspec.convert(loaded, list[Trigger], strict=False)
    return tuple((row, tuple(_parts(phrase) for phrase in (*row.id, *row.en))) for row in rows)


def _parts(phrase: str) -> tuple[str, ...]:
    parts: list[str] = []
    for part in phrase.split():
        exactly = "=" if part.startswith("=") else ""
        parts += [part] if part == ANY_FEW else [exactly + token.word for token in tokens(part.lstrip("="))]
    return tuple(parts)


@lru_cache(maxsize=256)
def named_in(words: str) -> tuple[Named, ...]:
    """Return what the words name; rows that another takes the place of are left out."""
    read = tokens(words)
    families = [family(token.word) for token in read]
    found = []
    for trigger, phrases in triggers():
        places = (place for phrase in phrases for place in _places(phrase, read, families))
        if place := next(places, None):
            found.append(Named(trigger, words[place[0] : place[1]]))
    displaced = {(each.trigger.kind, word) for each in found for word in each.trigger.over}
    return tuple(each for each in found if (each.trigger.kind, each.trigger.word) not in displaced)


def _places(
    phrase: tuple[str, ...], read: Sequence[Token], families: Sequence[frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """Yield where a phrase stands, unless a negation behind which it stands turns it."""
    for at in range(len(read)):
        if (after := _match(phrase, at, read, families)) and not _is_turned(at, read):
            yield read[at].start, read[after - 1].end


def _is_turned(at: int, read: Sequence[Token]) -> bool:
    before = [token.word for token in read[max(0, at - 2) : at]]
    while before and before[-1] in AUXILIARIES:
        before.pop()
    return bool(before) and is_negation(before[-1])


def _match(phrase: Sequence[str], at: int, read: Sequence[Token], families: Sequence[frozenset[str]]) -> int:
    """Return behind which word a phrase that begins here ends; 0 where it does not stand here."""
    for place, part in enumerate(phrase):
        if part == ANY_FEW:
            rest = phrase[place + 1 :]
            ends = (_match(rest, at + gap, read, families) for gap in range(MAX_BETWEEN + 1))
            return next((end for end in ends if end), 0)
        if at >= len(read):
            return 0
        fits = read[at].word == part[1:] if part.startswith("=") else bool(families[at] & family(part))
        if not fits:
            return 0
        at += 1
    return at


def kinds_of(passage: Passage) -> tuple[str, ...]:
    """Return the kinds that fit, best first; of those that fit as well, the first of the list."""
    points: dict[str, int] = {}
    named = named_in(passage.label if passage.is_bare else passage.words)
    for each in named:
        kind = each.trigger.kind
        if kind in ("penalty", "stage") and passage.role in (*ASKED_FOR, *CHARGED):
            kind, earned = "stage", each.trigger.points + 4
        else:
            earned = each.trigger.points + (kind == "penalty" and passage.role in RULED)
        points[kind] = max(points.get(kind, 0), earned)
    if passage.role in DEFENDING:
        points["statement"] = max(points.get("statement", 0), 4)
    has_sum = bool(sums_in(passage.words))
    if not passage.is_bare and (has_sum or counts_in(passage.words)):
        points.setdefault("figure", 1)
    fitting = [kind for kind, earned in points.items() if earned > 1 or (earned and has_sum) or kind == "figure"]
    return tuple(sorted(fitting, key=lambda kind: (-points[kind], REGISTRY[kind].rank)))


def word_named(passage: Passage, kind: str) -> Named | None:
    """Return the one word of the closed list of a kind that the words name; None where they name several."""
    named = [each for each in named_in(passage.words) if each.trigger.kind == kind and each.trigger.word]
    return named[0] if len({(each.trigger.word) for each in named}) == 1 else None


def words_named(passage: Passage, kind: str) -> set[str]:
    """Return the words of the closed list of a kind that the selected words name."""
    return {each.trigger.word for each in named_in(passage.words) if each.trigger.kind == kind and each.trigger.word}
