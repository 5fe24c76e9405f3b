"""Finding words in a text: offsets, context, and the nearest match when they are not there."""

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


def find(text: str, words: str, *, after: str = "", at: int | None = None, private: Sequence[Span] = ()) -> Found:
    """Return the one place of `words` in `text`.

    `after` (words that stand shortly before) or `at` (the offset) say which place is meant when there are several.
    Raises QuoteError when the words are not there, stand there more than once, are too long, or touch a private span.
    """
    if not words.strip():
        raise QuoteError(_("An excerpt needs words."))
    if len(words) > MAX_EXCERPT_CHARS:
        raise QuoteError(
            _("An excerpt has at most %(most)s characters; this one has %(length)s.")
            % {"most": MAX_EXCERPT_CHARS, "length": len(words)}
        )
    start = _place(text, words, after, at)
    end = start + len(words)
    if touches(start, end, private):
        raise QuoteError(_("These words touch the name of a private person. Quote around it."))
    return Found(start, end, *context(text, start, end, private))


def _place(text: str, words: str, after: str, at: int | None) -> int:
    if at is not None:
        if text[at : at + len(words)] == words:
            return at
        raise WrongPlaceError(
            _("At %(at)s the text reads “%(text)s”, not these words.") % {"at": at, "text": text[at : at + len(words)]}
        )
    places = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    if not places:
        raise QuoteError(_("These words are not in the text. Nearest: “%s”") % nearest(text, words))
    meant = [place for place in places if after in text[max(0, place - 200) : place]] if after else places
    if not meant:
        raise AmbiguousPlaceError(_("They do not follow these words. They stand at %s.") % _where(text, places))
    if len(meant) > 1:
        raise AmbiguousPlaceError(
            _("These words stand in %(number)s places: %(where)s. Say which one.")
            % {"number": len(meant), "where": _where(text, meant)}
        )
    return meant[0]


def _where(text: str, places: list[int]) -> str:
    """Return the first five places, each with the words before it; says how many more there are."""
    shown = [
        _("%(place)s after “%(before)s”") % {"place": place, "before": text[max(0, place - 25) : place]}
        for place in places[:5]
    ]
    if len(places) > len(shown):
        shown.append(_("and %s more") % (len(places) - len(shown)))
    return "; ".join(shown)


def context(text: str, start: int, end: int, private: Iterable[Span] = ()) -> tuple[str, str]:
    """Return prefix and suffix of a span: up to 32 characters each, never reaching into a private span."""
    left, right = max(0, start - MAX_CONTEXT_CHARS), min(len(text), end + MAX_CONTEXT_CHARS)
    for private_start, private_end in private:
        if private_end <= start:
            left = max(left, private_end)
        if private_start >= end:
            right = min(right, private_start)
    return text[left:start], text[end:right]


def touches(start: int, end: int, spans: Iterable[Span]) -> bool:
    """Return whether [start, end) shares a character with any of the spans."""
    return any(start < span_end and span_start < end for span_start, span_end in spans)


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
