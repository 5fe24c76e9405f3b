"""One text of a PDF with its geometry: what each stretch is, where it stands, where reading on is doubtful."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec

from .doubts import Doubt
from .geometry import SCALE, Layout, Sheet, Stretch
from .glyphs import UNNAMED, Glyph, PageGlyphs
from .layout import TextLine
from .runs import is_spaced


@dataclass
class PageText:
    """Text in the making; `pages` are the offsets at which pages begin."""

    chars: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    doubts: dict[int, str] = field(default_factory=dict)
    left_out: Counter[int] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.chars)

    def layout(self) -> bytes:
        """Return the geometry as compact JSON."""
        return msgspec.json.encode(Layout(tuple(self.sheets), tuple(self.stretches), self.doubts))

    def add_page(self, page: PageGlyphs, lines: Iterable[TextLine]) -> None:
        """Append a page. Hidden text is left out, unless a page has no other: then a machine read it."""
        lines = list(lines)
        by_machine = bool(lines) and all(line.role == "hidden" for line in lines)
        self.pages.append(len(self.chars))
        self.sheets.append(Sheet(round(page.width * SCALE), round(page.height * SCALE), page.turn, by_machine))
        for line in lines:
            if line.role == "hidden" and not by_machine:
                self.left_out[len(self.pages)] += len(line.glyphs)
            else:
                self._add_line(line, "body" if by_machine else line.role)

    def _add_line(self, line: TextLine, role: str) -> None:
        number = self.stretches[-1].line + 1 if self.stretches else 0
        for glyphs in _level(line.glyphs):
            if glyphs[0] is not line.glyphs[0]:
                self.chars.append(" ")
            self._add_stretch(glyphs, role, number)
        self.chars.append("\n")

    def _add_stretch(self, glyphs: list[Glyph], role: str, number: int) -> None:
        start, edges = len(self.chars), []
        before: Glyph | None = None
        for glyph in glyphs:
            if before is not None and is_spaced(before, glyph):
                self.chars.append(" ")
                edges.append(before.x1)
            if doubt := _doubt(glyph):
                self.doubts[len(self.chars)] = doubt
            self.chars.append(glyph.char)
            edges.append(glyph.x0)
            before = glyph
        edges.append(glyphs[-1].x1)
        top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
        self.stretches.append(
            Stretch(
                len(self.pages), role, number, start, round(top * SCALE), round(bottom * SCALE), tuple(_steps(edges))
            )
        )


def _level(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the parts of a line that stand on one baseline: in a table one line takes in several."""
    part = [glyphs[0]]
    for before, glyph in pairwise(glyphs):
        if not glyph.leans and abs(glyph.base - before.base) > 0.6 * glyph.size:
            yield part
            part = []
        part.append(glyph)
    yield part


def _doubt(glyph: Glyph) -> str:
    if glyph.char == UNNAMED:
        return Doubt.UNNAMED
    if glyph.covered:
        return Doubt.PICTURE
    return Doubt.DIRECTION if _is_right_to_left(glyph.char) else glyph.doubt


def _is_right_to_left(char: str) -> bool:
    return "\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufefe"


def _steps(edges: list[float]) -> Iterator[int]:
    """Yield whole tenths of points, each from the one before: they stay short in JSON."""
    before = 0
    for edge in edges:
        yield round(edge * SCALE) - before
        before = round(edge * SCALE)
