"""The reading order of a page: columns one after another, tables row by row, doubts where geometry does not decide."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from .doubts import Doubt
from .furniture import Page
from .glyphs import Glyph, Rule
from .gutters import Gutter, find_gutters
from .runs import Row, Run, line_text, read_across, rows, segments
from .tables import Line, read_table
from .texture import LABEL, is_hanging, nearest_to_gutter, share_of_long_lines, shared_baselines, texture

# Of many strips the best supported ones decide
MAX_GUTTERS = 16
# Notes are set smaller than the body
NOTE_SIZE = 0.93
NOTE_MARK = re.compile(r"[\d*†‡]")

Kind = Literal["unclear", "rows", "columns"]


@dataclass(slots=True)
class TextLine:
    """A line of the text with its role: header, body, note, footer, watermark or hidden."""

    role: str
    glyphs: list[Glyph]


def read_page(page: Page, rules: list[Rule], *, across: bool = False) -> list[TextLine]:
    """Return the lines of a page in reading order: headers, body with notes, footers, watermarks, hidden text.

    `across` reads its body line by line, whatever its columns: each step to another line or over a gap is doubtful.
    """
    order = _Order(rules)
    body = _lines_across(page) if across else order.read(segments(page.body))
    page.is_cut = order.has_cut
    lines = [TextLine("header", _glyphs(row.runs)) for row in _rows_of(page, "header")]
    text = _with_notes(body, page.height)
    _doubt_steps(text, order.column_tops)
    lines += text
    lines += [TextLine("footer", _glyphs(row.runs)) for row in _rows_of(page, "footer")]
    for role in ("watermark", "hidden"):
        lines += [TextLine(role, run.glyphs) for run in page.runs if run.role == role]
    return lines


def _lines_across(page: Page) -> list[Line]:
    lines = _column(segments(page.body), Doubt.UNCLEAR)
    for line in lines:
        for run in line:
            run.glyphs[0].doubt = run.glyphs[0].doubt or Doubt.UNCLEAR
    return lines


def _rows_of(page: Page, role: str) -> list[Row]:
    return rows(run for run in page.runs if run.role == role)


def _glyphs(line: Line) -> list[Glyph]:
    return [glyph for run in line for glyph in run.glyphs]


@dataclass(slots=True)
class _Split:
    """A gutter with what stands on both sides, and how to read them."""

    gutter: Gutter
    left: list[Run]
    right: list[Run]
    kind: Kind

    @property
    def score(self) -> tuple[int, int]:
        return ("unclear", "rows", "columns").index(self.kind), self.gutter.support

    def has_cells(self) -> tuple[bool, bool]:
        """Return for both sides whether the lines beside the gutter may be cells and not running text."""
        if self.kind == "unclear":
            return True, True
        sides = nearest_to_gutter(self.left, 1), nearest_to_gutter(self.right, -1)
        return texture(sides[0]) == "cells", texture(sides[1]) == "cells"


class _Order:
    """Cuts a region by its best gutter, again and again."""

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = rules
        self.column_tops: set[int] = set()
        self.has_cut = False

    def read(self, region: list[Run], doubt: str = "") -> list[Line]:
        """Return the lines of a region in reading order; `doubt` is that of the region around it."""
        if not region:
            return []
        split = _best_split(region)
        if split is None:
            return _column(region, doubt)
        self.has_cut = True
        top, bottom = split.gutter.top, split.gutter.bottom
        above = [run for run in region if run.mid < top]
        below = [run for run in region if run.mid > bottom]
        return self.read(above, doubt) + self._read_sides(split, doubt) + self.read(below, doubt)

    def _read_sides(self, split: _Split, doubt: str) -> list[Line]:
        if split.kind == "rows":
            if _labels_hang(split):
                return _attach(split.left, self.read(split.right, doubt))
            return read_table(split.left + split.right, self.rules)
        cells = split.has_cells()
        left = self.read(split.left, Doubt.UNCLEAR if cells[0] else doubt)
        right = self.read(split.right, Doubt.UNCLEAR if cells[1] else doubt)
        if _stands_over(right):
            self.column_tops.add(id(right[0][0].glyphs[0]))
        return left + right


def _stands_over(lines: list[Line]) -> bool:
    """Return whether the second line of a column stands below the first, which then is its top."""
    if len(lines) == 1:
        return True
    first, second = lines[0], lines[1]
    return second[0].base > first[0].base and first[0].x0 < second[-1].x1 and second[0].x0 < first[-1].x1


def _best_split(region: list[Run]) -> _Split | None:
    gutters = find_gutters(region)
    best: _Split | None = None
    for gutter in sorted(gutters, key=lambda gutter: -gutter.support)[:MAX_GUTTERS]:
        split = _split(gutter, region)
        if split is None or (split.kind == "columns" and _is_part(gutter, gutters)):
            continue
        if best is None or split.score > best.score:
            best = split
    return best


def _is_part(gutter: Gutter, gutters: list[Gutter]) -> bool:
    """Return whether a gutter lies beside one that is far longer, which is to be cut first."""
    return any(
        other.support > 2 * gutter.support and other.top <= gutter.top and other.bottom >= gutter.bottom
        for other in gutters
    )


def _split(gutter: Gutter, region: list[Run]) -> _Split | None:
    inside = [run for run in region if gutter.top <= run.mid <= gutter.bottom]
    left = [run for run in inside if run.x0 < gutter.mid]
    right = [run for run in inside if run.x0 >= gutter.mid]
    if not left or not right or any(run.x1 > gutter.mid + 1 for run in left):
        return None
    return _Split(gutter, left, right, _kind(nearest_to_gutter(left, 1), nearest_to_gutter(right, -1), gutter))


def _kind(left: list[Run], right: list[Run], gutter: Gutter) -> Kind:
    textures = {texture(left), texture(right)}
    if ("prose" in textures and "cells" not in textures) or shared_baselines(left, right) < 0.6:
        return "columns"
    if "cells" not in textures:
        return "unclear"
    # Running text on both sides, with tables among it
    mixed = min(share_of_long_lines(left), share_of_long_lines(right)) > 0.3 and gutter.support > 5
    return "unclear" if mixed else "rows"


def _labels_hang(split: _Split) -> bool:
    if not is_hanging(split.left):
        return False
    return all(
        is_hanging([run for run in split.right if run.x0 < gutter.x0 and gutter.top < run.mid < gutter.bottom])
        for gutter in find_gutters(split.right)
    )


def _attach(labels: list[Run], lines: list[Line]) -> list[Line]:
    """Put each label before the line that shares its baseline."""
    for label in labels:
        level = [line for line in lines if abs(line[0].base - label.base) < 0.3 * label.size]
        if level:
            min(level, key=lambda line: line[0].x0).insert(0, label)
            continue
        place = next((place for place, line in enumerate(lines) if line[0].base > label.base), len(lines))
        lines.insert(place, [label])
    return lines


def _column(region: list[Run], doubt: str) -> list[Line]:
    """Return the rows of one column from top to bottom."""
    lines: list[Line] = []
    column = rows(region)
    for place, row in enumerate(column):
        read_across(row, column[max(0, place - 1) : place] + column[place + 1 : place + 2])
        first = row.runs[0].glyphs[0]
        first.doubt = first.doubt or doubt
        lines.append(row.runs)
    return lines


def _with_notes(lines: list[Line], height: float) -> list[TextLine]:
    """Return the body and then the notes: smaller, below the body, from the first that begins with a mark."""
    sizes = Counter(round(run.size, 1) for line in lines for run in line for _ in run.glyphs)
    if not sizes:
        return []
    small = NOTE_SIZE * sizes.most_common(1)[0][0]
    floor = max((run.base for line in lines for run in line if run.size > small), default=0)
    found: list[TextLine] = []
    begun = False
    for line in lines:
        low = line[0].base > 0.5 * height and min(run.base for run in line) > floor
        noted = low and max(run.size for run in line) < small
        begun = begun or (noted and len(line) < 3 and NOTE_MARK.match(line[0].text) is not None)
        found.append(TextLine("note" if noted and begun else "body", _glyphs(line)))
    return [line for role in ("body", "note") for line in found if line.role == role]


def _doubt_steps(lines: list[TextLine], column_tops: set[int]) -> None:
    """Doubt the first glyph of each line that may not follow the line before it."""
    steps = [b.glyphs[0].base - a.glyphs[0].base for a, b in pairwise(lines) if a.role == b.role == "body"]
    leading = median([step for step in steps if step > 2] or [0])
    across = [_across(line.glyphs) for line in lines]
    for (above, line), doubt in zip(pairwise(lines), across, strict=False):
        first = line.glyphs[0]
        if above.role != line.role:
            first.doubt = Doubt.NOTE
        first.doubt = first.doubt or doubt
        if not first.doubt and id(first) not in column_tops:
            first.doubt = _step(above.glyphs, line.glyphs, leading)


def _across(glyphs: list[Glyph]) -> str:
    """Return the doubt within a line: its end may belong to another column, and not go on below its beginning."""
    doubts = [place for place, glyph in enumerate(glyphs) if place and glyph.doubt]
    if doubts and (len(doubts) > 1 or not LABEL.match(line_text(glyphs[: doubts[0]]))):
        return glyphs[doubts[-1]].doubt
    return glyphs[0].doubt if glyphs[0].doubt in (Doubt.TABLE, Doubt.CELL) else ""


def _step(above: list[Glyph], line: list[Glyph], leading: float) -> str:
    first = line[0]
    fall = min(glyph.base for glyph in line) - max(glyph.base for glyph in above)
    if fall > max(1.8 * leading, 2 * first.size):
        return Doubt.LEADING
    if not 0.85 < median(glyph.size for glyph in above) / median(glyph.size for glyph in line) < 1.18:
        return Doubt.SIZE
    if first.base - above[0].base < 0.6 * min(first.size, above[0].size):
        return Doubt.BELOW
    if line[-1].x1 < above[0].x0 or first.x0 > above[-1].x1:
        return Doubt.BELOW
    return ""
