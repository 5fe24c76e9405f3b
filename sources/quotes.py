"""Exact words of a text: offsets, context, and the nearest match when they are not there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

# On each side of an excerpt
MAX_CONTEXT_CHARS = 32
# We quote, we do not copy
MAX_EXCERPT_CHARS = 600

# What a line end or an extractor puts inside a word: a hyphen before a break, soft and invisible characters
BREAK_IN_WORD = re.compile(r"[-‐](?<=[^\W\d_].)\s*[\r\n]\s*(?=[^\W\d_])|[\xad\u200b\u2060\ufeff\ufffe]+")

# The parts of a number on both sides of a place inside it
NUMBER_BEFORE = re.compile(r"(?<![\d.,])\d[\d.,]*$")
NUMBER_AFTER = re.compile(r"[.,]?\d+(?:[.,]\d+)*")

# Half-open, in Unicode code points
Span = tuple[int, int]


class QuoteError(ValueError):
    """The words cannot be used as an excerpt; the message says why and what to do."""


class WrongPlaceError(QuoteError):
    """Other words stand at the offset that was given."""


class AmbiguousPlaceError(QuoteError):
    """The words are there, but `after` does not yet say which of their places is meant."""


@dataclass(frozen=True)
class Found:
    """Where words stand in a text, with up to 32 characters on each side, cut short of private spans."""

    start: int
    end: int
    prefix: str
    suffix: str


def find(text: str, words: str, *, at: int, private: Sequence[Span] = ()) -> Found:
    """Return the place of `words`, exactly as they are, at an offset of `text`; `finding.Finder` looks for one.

    Raises QuoteError when other words stand there, when they are too long, or touch a private span.
    """
    if not words.strip():
        raise QuoteError(_("An excerpt needs words."))
    if at < 0 or text[at : at + len(words)] != words:
        raise WrongPlaceError(
            _("At %(at)s the text reads “%(text)s”, not these words.") % {"at": at, "text": text[at : at + len(words)]}
        )
    return excerpt_at(text, at, at + len(words), private)


def excerpt_at(text: str, start: int, end: int, private: Sequence[Span] = ()) -> Found:
    """Return a span of a text as an excerpt. Raises QuoteError when it is too long or touches a private span."""
    check_length(end - start)
    if touches(start, end, private):
        raise QuoteError(_("These words touch the name of a private person. Quote around it."))
    return Found(start, end, *context(text, start, end, private))


def check_length(length: int, most: int = MAX_EXCERPT_CHARS) -> None:
    """Raise QuoteError when words are too long to be an excerpt."""
    if length > most:
        raise QuoteError(
            _("An excerpt has at most %(most)s characters; this one has %(length)s.")
            % {"most": MAX_EXCERPT_CHARS, "length": length}
        )


def context(text: str, start: int, end: int, private: Iterable[Span] = ()) -> tuple[str, str]:
    """Return prefix and suffix: up to 32 characters each, cut short of a private span, and inside no number."""
    left, right = max(0, start - MAX_CONTEXT_CHARS), min(len(text), end + MAX_CONTEXT_CHARS)
    for private_start, private_end in private:
        if private_end <= start:
            left = max(left, private_end)
        if private_start >= end:
            right = min(right, private_start)
    left, right = min(start, _after_number(text, left)), max(end, _before_number(text, right))
    return text[left:start], text[end:right]


def _after_number(text: str, edge: int) -> int:
    """Return where a number ends inside which an edge lies, else the edge."""
    is_inside = NUMBER_BEFORE.search(text, max(0, edge - MAX_CONTEXT_CHARS), edge)
    number = NUMBER_AFTER.match(text, edge) if is_inside else None
    return number.end() if number else edge


def _before_number(text: str, edge: int) -> int:
    """Return where a number begins inside which an edge lies, else the edge."""
    goes_on = NUMBER_AFTER.match(text, edge)
    number = NUMBER_BEFORE.search(text, max(0, edge - MAX_CONTEXT_CHARS), edge) if goes_on else None
    return number.start() if number else edge


def touches(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Return whether [start, end) shares a character with any of the spans."""
    return any(start < span_end and span_start < end for span_start, span_end in spans)


def hidden(text: str, private: Iterable[Span]) -> str:
    """Return a text in which what is private is blacked out; offsets stay as they are."""
    at, parts = 0, list[str]()
    for start, end in sorted(private):
        parts += [text[at:start], "█" * len(text[max(at, start) : end])]
        at = max(at, end)
    return "".join(parts) + text[at:]


def nearest(text: str, words: str) -> str:
    """Return the stretch of `text` that is most like `words`, for a curator who mistyped."""
    seeds = sorted(set(re.findall(r"\w{4,}", words)), key=len, reverse=True)[:8]
    starts = {
        max(0, match.start() - words.find(seed))
        for seed in seeds
        for match in list(re.finditer(re.escape(seed), text, re.IGNORECASE))[:40]
    }
    windows = [text[start : start + len(words)] for start in starts] or [text[: len(words)]]
    return max(windows, key=lambda window: SequenceMatcher(None, window, words, autojunk=False).ratio())


def stands_in(words: str, text: str) -> bool:
    """Return whether words stand in a text, whatever its white space, line ends and hyphens at line ends."""
    return _on_one_line(words) in _on_one_line(text)


def _on_one_line(text: str) -> str:
    """Return a text in which no hyphen between letters tells a line end from a compound: both are left out."""
    return " ".join(re.sub(r"(?<=[^\W\d_])[-‐]\s*(?=[^\W\d_])", "", BREAK_IN_WORD.sub("", text)).split())


def occurrences(text: str, name: str) -> list[Span]:
    """Return every place of a name in a text: whole words, in any case, also across a line break."""
    words = r"\s+".join(map(re.escape, name.split()))
    return [each.span() for each in re.finditer(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)] if words else []


def open_occurrences(text: str, name: str, private: Sequence[Span]) -> list[Span]:
    """Return every place of a name in a text that no private span touches."""
    return [span for span in occurrences(text, name) if not touches(*span, private)]
