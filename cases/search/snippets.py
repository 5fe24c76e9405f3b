"""Texts as a hit shows them: in fragments, marked where they matched, and clipped around the first match."""

from dataclasses import dataclass

from .highlight import MatchSpan

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
