"""Finding words in a text: offsets, context, and the nearest match when they are not there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 32
"""Characters of context kept on each side of an excerpt."""
MAX_LENGTH = 600
"""An excerpt is at most this long: we quote, we do not copy."""

Span = tuple[int, int]
"""Half-open, in Unicode code points."""


class QuoteError(ValueError):
    """The words cannot be used as an excerpt; the message says why and what to do."""


@dataclass(frozen=True)
class Found:
    """Where words stand in a text, with up to 32 characters on each side, cut short of private spans."""

    start: int
    end: int
    prefix: str
    suffix: str


def find(text: str, words: str, *, after: str = "", at: int | None = None, private: Sequence[Span] = ()) -> Found:
    """Find the one place of `words` in `text`.

    `after` (words that stand shortly before) or `at` (the offset) say which place is meant when there are several.
    Raises QuoteError when the words are not there, stand there more than once, are too long, or touch a private span.
    """
    if not words.strip():
        raise QuoteError("An excerpt needs words.")
    if len(words) > MAX_LENGTH:
        raise QuoteError(f"An excerpt has at most {MAX_LENGTH} characters; this one has {len(words)}.")
    start = _place(text, words, after, at)
    end = start + len(words)
    if touches(start, end, private):
        raise QuoteError("These words touch the name of a private person. Quote around it.")
    return Found(start, end, *context(text, start, end, private))


def _place(text: str, words: str, after: str, at: int | None) -> int:
    if at is not None:
        if text[at : at + len(words)] == words:
            return at
        raise QuoteError(f"At {at} the text reads “{text[at : at + len(words)]}”, not these words.")
    places = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    if after:
        places = [place for place in places if after in text[max(0, place - 200) : place]]
    if not places:
        raise QuoteError(f"These words are not in the text. Nearest: “{nearest(text, words)}”")
    if len(places) > 1:
        where = "; ".join(f"{place} after “{text[max(0, place - 25) : place]}”" for place in places[:5])
        raise QuoteError(f"These words stand in {len(places)} places: {where}. Say which one.")
    return places[0]


def context(text: str, start: int, end: int, private: Iterable[Span] = ()) -> tuple[str, str]:
    """Prefix and suffix of a span: up to 32 characters each, never reaching into a private span."""
    left, right = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    for private_start, private_end in private:
        if private_end <= start:
            left = max(left, private_end)
        if private_start >= end:
            right = min(right, private_start)
    return text[left:start], text[end:right]


def touches(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Whether [start, end) shares a character with any of the spans."""
    return any(start < span_end and span_start < end for span_start, span_end in spans)


def nearest(text: str, words: str) -> str:
    """The stretch of `text` that is most like `words`, for a curator who mistyped."""
    seeds = sorted(set(re.findall(r"\w{4,}", words)), key=len, reverse=True)[:8]
    starts = {
        max(0, match.start() - words.find(seed))
        for seed in seeds
        for match in list(re.finditer(re.escape(seed), text, re.IGNORECASE))[:40]
    }
    windows = [text[start : start + len(words)] for start in starts] or [text[: len(words)]]
    return max(windows, key=lambda window: SequenceMatcher(None, window, words, autojunk=False).ratio())
