"""Texts as a hit shows them: in fragments, marked where they matched, and clipped around the first match."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.documents.evidence import PublishedExcerpt

from .highlight import OWN_FORMS, MatchSpan

# Of a quote, around its first match
MAX_SNIPPET_CHARS = 280


@dataclass(frozen=True)
class Fragment:
    """A stretch of text, marked where it matched. Each is escaped by itself, then all are joined."""

    text: str
    marked: bool = False


def fragments(text: str, spans: list[MatchSpan]) -> list[Fragment]:
    """Return the text in fragments, marked where it matched."""
    parts, at = [], 0
    for span in spans:
        if span.start > at:
            parts.append(Fragment(text[at : span.start]))
        parts.append(Fragment(text[span.start : span.end], marked=True))
        at = span.end
    return [*parts, Fragment(text[at:])] if at < len(text) else parts


def snippet(text: str, spans: list[MatchSpan]) -> list[Fragment]:
    """Return the same, around the first match where the text is long; what is left out shows as …"""
    if len(text) <= MAX_SNIPPET_CHARS or not spans:
        return fragments(text, spans)
    start = max(0, spans[0].start - MAX_SNIPPET_CHARS // 3)
    start = text.find(" ", start) + 1 if start else 0
    end = min(len(text), start + MAX_SNIPPET_CHARS)
    end = text.rfind(" ", spans[0].end, end) if end < len(text) and " " in text[spans[0].end : end] else end
    inside = [
        MatchSpan(span.start - start, span.end - start, span.term, span.form)
        for span in spans
        if span.start >= start and span.end <= end
    ]
    shown = fragments(text[start:end], inside)
    before = [Fragment("… ")] if start else []
    return [*before, *shown, Fragment(" …")] if end < len(text) else [*before, *shown]


@dataclass(frozen=True)
class Words:
    """A text, and what matched in it."""

    text: str = ""
    language: str = ""
    spans: tuple[MatchSpan, ...] = ()
    excerpt: PublishedExcerpt | None = None


NO_WORDS = Words()


class Marks:
    """Marks the reader's own words in the texts of a hit; a near one only where the word itself stands in none."""

    def __init__(self, texts: Iterable[Words]) -> None:
        self.own = {span.term for words in texts for span in words.spans if span.form in OWN_FORMS}

    def of(self, words: Words) -> list[MatchSpan]:
        marked, seen = [], set(self.own)
        for span in words.spans:
            if span.form in OWN_FORMS or span.term not in seen:
                marked.append(span)
                seen.add(span.term)
        return marked
