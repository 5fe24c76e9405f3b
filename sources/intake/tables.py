"""Tables: logical rows, each read cell by cell. Every step from one cell to another is doubtful."""

from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise
from statistics import median

from .doubts import Doubt
from .glyphs import Rule
from .gutters import find_gutters
from .runs import Row, Run, rows
from .texture import CELL_DIGITS, digit_share, texture

Line = list[Run]


def read_table(segments: list[Run], rules: list[Rule]) -> list[Line]:
    """Return the lines of a table in reading order, with a doubt at each cell."""
    table = _Table(segments)
    lines: list[Line] = []
    for group in table.logical_rows(rules):
        lines += table.read_row(group)
    for line in lines:
        _doubt_cells(line)
    if table.is_unclear():
        for line in lines:
            first = line[0].glyphs[0]
            first.doubt = first.doubt or Doubt.UNCLEAR
    return lines


class _Table:
    def __init__(self, segments: list[Run]) -> None:
        self.segments = segments
        self.lines = rows(segments)
        self.mids = sorted(gutter.mid for gutter in find_gutters(segments))
        self.columns: dict[int, list[Run]] = defaultdict(list)
        for segment in segments:
            self.columns[self.column_of(segment)].append(segment)
        self.textures = {column: texture(cells) for column, cells in self.columns.items()}
        self.first = min(self.columns)

    def column_of(self, run: Run) -> int:
        return bisect_right(self.mids, run.x0)

    def is_unclear(self) -> bool:
        """Return whether two columns that stand side by side both read like running text."""
        return any(not self._has_cells(*pair) for pair in pairwise(sorted(self.columns)))

    def _has_cells(self, *columns: int) -> bool:
        return any(self.textures[column] == "cells" for column in columns)

    def _is_figures(self, column: int) -> bool:
        cells = self.columns[column]
        return digit_share(cells) > CELL_DIGITS and median(len(cell.text) for cell in cells) > 4

    def logical_rows(self, rules: list[Rule]) -> list[list[Row]]:
        """Return lines in groups: parted by ruled lines, else by labels or white space."""
        lines = self.lines
        edges = self._edges(rules)
        labelled = median(len(cell.text) for cell in self.columns[self.first]) <= 6
        gaps = [below.base - above.base for above, below in pairwise(lines)]
        size = median(segment.size for segment in self.segments)
        spread = max(gaps, default=0) > 1.3 * min(gaps, default=0)
        groups = [[lines[0]]]
        for (above, below), gap in zip(pairwise(lines), gaps, strict=True):
            begins = self.column_of(below.runs[0]) == self.first
            if labelled and begins:
                same = False
            elif len(edges) > 2:
                same = not any(above.base - 0.1 * size < y < below.base - 0.5 * size for y in edges)
            else:
                same = (gap < 1.35 * size and gap < 1.25 * min(gaps) and spread) or not begins
            if same:
                groups[-1].append(below)
            else:
                groups.append([below])
        return groups

    def _edges(self, rules: list[Rule]) -> list[float]:
        size = median(segment.size for segment in self.segments)
        top, bottom = self.lines[0].base - 2 * size, self.lines[-1].base + size
        left, right = min(run.x0 for run in self.segments), max(run.x1 for run in self.segments)
        return [rule.y for rule in rules if top < rule.y < bottom and rule.x0 < right and rule.x1 > left]

    def read_row(self, group: list[Row]) -> list[Line]:
        """Return the lines of one logical row: the first lines of its cells go on from each other."""
        cells: dict[int, list[Line]] = defaultdict(list)
        for row in group:
            pieces: dict[int, Line] = defaultdict(list)
            for run in row.runs:
                pieces[self.column_of(run)].append(run)
            for column, piece in pieces.items():
                cells[column].append(piece)
        columns = sorted(cells)
        broken = any(len(cells[column]) > 1 for column in columns[:-1])
        lines: list[Line] = [[]]
        before: int | None = None
        for column in columns:
            first = cells[column][0][0].glyphs[0]
            if before is not None and self._may_be_columns(before, column):
                first.doubt = Doubt.UNCLEAR
            if broken:
                first.doubt = first.doubt or Doubt.CELL
            lines[-1] += cells[column][0]
            lines += cells[column][1:]
            before = column
        return lines

    def _may_be_columns(self, before: int, column: int) -> bool:
        if not self._has_cells(before, column):
            return True
        return self._is_figures(before) and self.textures[column] == "prose"


def _doubt_cells(line: Line) -> None:
    """Doubt each text of its own, also where the text of one cell nearly touches that of the next."""
    for run in line:
        run.glyphs[0].doubt = run.glyphs[0].doubt or Doubt.TABLE
        for before, glyph in pairwise(run.glyphs):
            if before.object != glyph.object and not glyph.spaced:
                glyph.doubt = glyph.doubt or Doubt.TABLE
