"""The text of a copy as the desk reads it: page by page, with what is quoted already and what was looked for marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .models import Excerpt
from .quotes import Span, hidden, touches


@dataclass(frozen=True)
class Stretch:
    """Characters of a text that one set of marks covers."""

    text: str
    excerpt: Excerpt | None = None
    is_wanted: bool = False
    # The first of those that were looked for, to which an address leads
    is_target: bool = False


@dataclass(frozen=True)
class Page:
    """A page of a copy: its number from 1, where it begins, and its text in stretches."""

    number: int
    start: int
    stretches: list[Stretch]


def read(
    text: str, pages: Sequence[int], excerpts: Iterable[Excerpt], private: Sequence[Span], wanted: Span | None
) -> list[Page]:
    """Return a text by its pages. `private` are spans to black out, `wanted` is one to show. Where quotes overlap,
    the one that begins last is marked."""
    marked = [*excerpts]
    spans = [*((each.start, each.end) for each in marked), *([wanted] if wanted else [])]
    edges = sorted({0, len(text), *pages, *(edge for span in spans for edge in span if edge < len(text))})
    text = hidden(text, private)
    read_pages, open_excerpts, ahead = list[Page](), list[Excerpt](), sorted(marked, key=lambda each: -each.start)
    for start, end in pairwise(edges):
        while ahead and ahead[-1].start <= start:
            open_excerpts.append(ahead.pop())
        open_excerpts = [each for each in open_excerpts if each.end > start]
        if not read_pages or start in pages:
            read_pages.append(Page(len(read_pages) + 1, start, []))
        quoted = open_excerpts[-1] if open_excerpts else None
        is_wanted = bool(wanted) and touches(start, end, [wanted] if wanted else [])
        read_pages[-1].stretches.append(
            Stretch(text[start:end], quoted, is_wanted, is_wanted and start == spans[-1][0])
        )
    return read_pages
