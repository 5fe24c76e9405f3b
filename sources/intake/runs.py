"""Glyphs written one after another: runs, rows of runs on one baseline, and the segments that columns are made of.

Thresholds are in em, the size of the letters, unless they name another unit.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from .doubts import Doubt
from .glyphs import Glyph

# White this wide is a space
WORD_GAP = 0.18
# A run ends here, unless the file sets both words as one text
RUN_GAP = 0.45
# However ragged a line, a gap this wide divides it
LINE_GAP = 0.8
# A gap up to this wide in one line alone is a space
LONE_GAP = 0.8
# One real space between words of one text object proves one line, however wide justification makes it
JUSTIFIED_GAP = 30
SAME_BASELINE = 0.15
SAME_SIZE = 0.15


class Run:
    """Glyphs on one baseline; measures are taken once, so a run is not changed when it is complete."""

    def __init__(self, glyphs: list[Glyph], role: str = "body") -> None:
        self.glyphs = glyphs
        self.role = role

    @cached_property
    def x0(self) -> float:
        """Left edge."""
        return self.glyphs[0].x0

    @cached_property
    def x1(self) -> float:
        """Right edge; of the last three, since marks may be drawn out of order."""
        return max(glyph.x1 for glyph in self.glyphs[-3:])

    @cached_property
    def base(self) -> float:
        """Baseline."""
        return self.glyphs[0].base

    @cached_property
    def size(self) -> float:
        """Size of the letters in points."""
        return self.glyphs[0].size

    @cached_property
    def mid(self) -> float:
        """Height of the middle of small letters."""
        return self.base - 0.3 * self.size

    @cached_property
    def text(self) -> str:
        """The words."""
        return line_text(self.glyphs)

    @cached_property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())

    @cached_property
    def digits(self) -> int:
        """Number of digits."""
        return sum(char.isdigit() for char in self.text)


class Row(NamedTuple):
    """Runs that share a baseline, from left to right."""

    base: float
    runs: list[Run]


def line_text(glyphs: list[Glyph]) -> str:
    """Return the words of a line, with a space where one is written or seen."""
    chars = [glyphs[0].char]
    for before, glyph in pairwise(glyphs):
        chars.append(f" {glyph.char}" if is_spaced(before, glyph) else glyph.char)
    return "".join(chars)


def is_spaced(before: Glyph, glyph: Glyph) -> bool:
    """Return whether a space stands between two glyphs of a line. In leaning text gaps mean nothing."""
    if glyph.spaced:
        return True
    far = glyph.x0 - before.x1 > WORD_GAP * glyph.size or abs(glyph.base - before.base) > 0.6 * glyph.size
    return far and not glyph.leans


def one_line(before: Glyph, glyph: Glyph) -> bool:
    """Return whether the file sets two words as one text with one space between."""
    return before.object == glyph.object != 0 and glyph.spaced == 1


def runs_of(glyphs: list[Glyph]) -> list[Run]:
    """Return the runs of a page in the order of the file; hidden ones have the role hidden, leaning ones watermark."""
    lines: list[list[Glyph]] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and _continues(before, glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
        before = glyph
    return [Run(line, _role(line[0])) for line in lines]


def _role(glyph: Glyph) -> str:
    if glyph.hidden:
        return "hidden"
    return "watermark" if glyph.leans else "body"


def _continues(before: Glyph, glyph: Glyph) -> bool:
    if abs(glyph.turn - before.turn) >= 1 or glyph.hidden != before.hidden:
        return False
    if glyph.leans:
        return glyph.object == before.object
    if abs(glyph.base - before.base) >= SAME_BASELINE * glyph.size:
        return False
    if abs(glyph.size - before.size) >= SAME_SIZE * glyph.size:
        return False
    gap = glyph.x0 - before.x1
    ligature = (glyph.x0, glyph.x1) == (before.x0, before.x1)
    widest = JUSTIFIED_GAP if one_line(before, glyph) else RUN_GAP
    return (ligature or gap > -0.5 * glyph.size) and gap < widest * glyph.size


def rows(runs: Iterable[Run]) -> list[Row]:
    """Return rows from the top down; raised figures belong to the row of their line."""
    found: list[Row] = []
    last: Run | None = None
    for run in sorted(runs, key=lambda run: run.base):
        if last is not None:
            reach = 0.25 if 0.8 < run.size / last.size < 1.25 else 0.5
            if run.base - found[-1].base < reach * max(run.size, last.size):
                found[-1].runs.append(run)
                last = run
                continue
        found.append(Row(run.base, [run]))
        last = run
    for row in found:
        row.runs.sort(key=lambda run: run.x0)
    return found


def segments(runs: Iterable[Run]) -> list[Run]:
    """Return runs joined where they stand closer on one baseline than columns would."""
    found: list[Run] = []
    for row in rows(runs):
        pieces: list[list[Glyph]] = []
        last: Run | None = None
        widest = _widest_gap(row.runs)
        for run in row.runs:
            if last is not None and _joins(last, run, widest):
                pieces[-1] += run.glyphs
            else:
                pieces.append(list(run.glyphs))
            last = run
        found += map(Run, pieces)
    return found


def _joins(last: Run, run: Run, widest: float) -> bool:
    gap = run.x0 - last.x1
    level = abs(last.base - run.base) < 0.3 * run.size
    return level and -0.3 * run.size < gap < widest * max(run.size, last.size)


def _widest_gap(runs: list[Run]) -> float:
    """Return how wide a space of this row may be: a justified line has wide ones throughout."""
    glyphs = [glyph for run in runs for glyph in run.glyphs]
    gaps = [b.x0 - a.x1 for a, b in pairwise(glyphs) if b.x0 - a.x1 > WORD_GAP * b.size]
    if len(gaps) < 2:
        return RUN_GAP
    return max(RUN_GAP, min(LINE_GAP, 1.6 * min(gaps) / runs[0].size))


def read_across(row: Row, neighbours: list[Row]) -> None:
    """Put a doubt wherever a gap or an overlap in a row may be no line; `neighbours` are the rows above and below."""
    for before, run in pairwise(row.runs):
        last, first = before.glyphs[-1], run.glyphs[0]
        if not one_line(last, first):
            if not _is_word_gap(before, run, neighbours):
                first.doubt = Doubt.GAP
        elif run.x0 - before.x1 < -0.5 * run.size and run.x0 != last.x0:
            first.doubt = Doubt.OVERLAP


def _is_word_gap(before: Run, run: Run, neighbours: list[Row]) -> bool:
    """Return whether the line above or below closes a gap in a justified line: no gutter is one line high."""
    size = max(before.size, run.size)
    if not -0.1 * size < run.x0 - before.x1 < LONE_GAP * size or abs(before.base - run.base) > SAME_BASELINE * size:
        return False
    near = [row for row in neighbours if abs(row.base - run.base) < 2 * size]
    return any(_closes(row.runs, before.x1, run.x0, 0.3 * size) for row in near)


def _closes(runs: list[Run], x0: float, x1: float, least: float) -> bool:
    """Return whether a row leaves less than `least` of a strip white."""
    left = x0
    widest = 0.0
    for run in runs:
        if run.x1 <= x0 or run.x0 >= x1:
            continue
        widest = max(widest, run.x0 - left)
        left = max(left, run.x1)
    return max(widest, x1 - left) < least
