"""The text of a copy as the desk reads it: page by page, with what is quoted already and what was looked for marked."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .captures import finder_of, pages_of, text_of
from .finding import Finder
from .intake.geometry import Layout
from .intake.truth import TEXT_ROLES, load
from .models import Capture, Excerpt
from .quotes import QuoteError, Span, excerpt_at, hidden, touches

LINE_END = re.compile(r"\n")
# By this share of the usual length a line that ends a paragraph is shorter
SHORT_LINE = 0.75
ITEM = re.compile(r"\s*(?:\d{1,3}\.|[a-z]\.|[-–•])\s|\s*\n|[A-Z ]{6,}[:\n]")


@dataclass(frozen=True)
class Stretch:
    """Characters of a text that one set of marks covers."""

    text: str
    excerpt: Excerpt | None = None
    is_wanted: bool = False
    # The first of those that were looked for, to which an address leads
    is_target: bool = False
    # A header, footer or watermark, which is folded away
    is_furniture: bool = False
    # Where a paragraph ends in it, behind a line end; other line ends are those of the page and read as spaces
    paragraph_ends: tuple[int, ...] = ()

    @property
    def html(self) -> SafeString:
        """Return it escaped. Browsers would drop a bare CR, and all offsets behind it would be wrong."""
        edges = (0, *self.paragraph_ends, len(self.text))
        parts = (escape(self.text[start:end]).replace("\r", "&#13;") for start, end in pairwise(edges))
        return SafeString("<br>".join(parts))


@dataclass(frozen=True)
class Page:
    """A page of a copy: its number from 1, where it begins, and its text in stretches."""

    number: int
    start: int
    stretches: list[Stretch]


def read(
    text: str,
    pages: Sequence[int],
    excerpts: Iterable[Excerpt],
    private: Sequence[Span],
    wanted: Sequence[Span] = (),
    furniture: Sequence[Span] = (),
    paragraph_ends: Sequence[int] = (),
) -> list[Page]:
    """Return a text by its pages. `private` are spans to black out, `wanted` those to show, `furniture` to fold.

    Where quotes overlap, the one that begins last is marked. Paragraphs end behind the offsets `paragraph_ends`.
    """
    marked = [*excerpts]
    spans = [*((each.start, each.end) for each in marked), *wanted, *furniture]
    edges = sorted({0, len(text), *pages, *(edge for span in spans for edge in span if edge < len(text))})
    text = hidden(text, private)
    starts, folded, target = {*pages}, [start for start, _end in furniture], min(wanted)[0] if wanted else -1
    read_pages, open_excerpts, ahead = list[Page](), list[Excerpt](), sorted(marked, key=lambda each: -each.start)
    for start, end in pairwise(edges):
        while ahead and ahead[-1].start <= start:
            open_excerpts.append(ahead.pop())
        open_excerpts = [each for each in open_excerpts if each.end > start]
        if not read_pages or start in starts:
            read_pages.append(Page(len(read_pages) + 1, start, []))
        is_wanted, place = touches(start, end, wanted), bisect_right(folded, start) - 1
        read_pages[-1].stretches.append(
            Stretch(
                text[start:end],
                open_excerpts[-1] if open_excerpts else None,
                is_wanted,
                is_wanted and start == target,
                place >= 0 and start < furniture[place][1],
                tuple(at - start for at in _between(paragraph_ends, start, end)),
            )
        )
    return read_pages


def _between(sorted_offsets: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Return the offsets behind the characters of a stretch."""
    return sorted_offsets[bisect_right(sorted_offsets, start) : bisect_right(sorted_offsets, end)]


class OpenCapture:
    """A copy with its text at hand, and what is known of its pages. Raises WrongTextError for a text that changed."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self.text = text_of(capture) or ""

    @cached_property
    def layout(self) -> Layout | None:
        return load(bytes(self.capture.layout)) if self.capture.layout else None

    @cached_property
    def page_starts(self) -> Sequence[int]:
        return pages_of(self.capture, self.text)

    @cached_property
    def finder(self) -> Finder:
        return finder_of(self.capture, self.text)

    @cached_property
    def furniture(self) -> list[Span]:
        """Return where headers, footers and watermarks stand, in order; by the geometry where we have it."""
        if self.layout is None:
            return self.finder.running
        found = list[Span]()
        for stretch in self.layout.stretches:
            if stretch.role not in TEXT_ROLES:
                end = stretch.end + 1  # with the line end or space behind it
                is_next = bool(found) and found[-1][1] == stretch.start
                found[-1:] = [(found[-1][0], end)] if is_next else [*found[-1:], (stretch.start, end)]
        return found

    @property
    def is_flowing(self) -> bool:
        """Whether its line ends are those of a page, which read as spaces; a scan is read line by line."""
        return self.layout is not None and not self.is_read_by_machine

    @property
    def paragraph_ends(self) -> list[int]:
        """Return where paragraphs end, behind the line end; a page set in lines shows no other way where they do.

        A line is the last of its paragraph where it is short, or where the next begins like an item of a list.
        """
        if not self.is_flowing:
            return []
        found, lines = list[int](), [*LINE_END.finditer(self.text)]
        starts = [0, *(line.end() for line in lines)]
        lengths = sorted(line.start() - start for start, line in zip(starts, lines, strict=False))
        usual = lengths[len(lengths) * 3 // 4] if lengths else 0
        for start, line in zip(starts, lines, strict=False):
            is_short = line.start() - start < SHORT_LINE * usual
            if is_short or ITEM.match(self.text, line.end()):
                found.append(line.end())
        return found

    @property
    def is_read_by_machine(self) -> bool:
        if self.layout is None:
            return self.capture.extractor.startswith("tesseract") or bool(self.capture.corrections)
        return any(sheet.by_machine for sheet in self.layout.sheets)

    def passages(self, span: Span) -> list[Span]:
        """Return what was selected: whole words, in parts where furniture stands inside.

        Raises QuoteError for what cannot be quoted: nothing, too much, or something private.
        """
        start, end = max(0, span[0]), min(span[1], len(self.text))
        parts = list[Span]()
        for left, right in self.furniture:
            if left < end and right > start:
                parts.append((start, left))
                start = min(right, end)
        found = [part for each in [*parts, (start, end)] if (part := _whole_words(self.text, *each))]
        if not found:
            raise QuoteError(_("An excerpt needs words."))
        for part in found:
            excerpt_at(self.text, *part, self.capture.private)
        return found

    def page_of(self, offset: int) -> int:
        """Return the page on which an offset lies, counted from 1."""
        return bisect_right(self.page_starts, offset)


def _whole_words(text: str, start: int, end: int) -> Span | None:
    """Return a span without white space at its ends and with the whole of its first and last word or number."""
    words = text[start:end]
    if not words.strip():
        return None
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    while start and _goes_on(text, start):
        start -= 1
    while end < len(text) and _goes_on(text, end):
        end += 1
    return start, end


def _goes_on(text: str, edge: int) -> bool:
    """Return whether a word or number stands on both sides of an edge: 84.500 in 684.500, “Tipi” in “Tipikor”."""
    before, after = text[edge - 1], text[edge]
    if before.isalnum() and after.isalnum():
        return True
    is_joint = before in ".,-" and after.isalnum() and text[edge - 2 : edge - 1].isalnum() and edge > 1
    return is_joint or (after in ".,-" and before.isalnum() and text[edge + 1 : edge + 2].isalnum())
