"""Gutters: upright white strips between columns of text, or between the cells of a table."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from .runs import Run

# Least width, in em
GUTTER = 0.6
# How many neighbours in the order of baselines can stand on the same line
WINDOW = 40


class Gutter(NamedTuple):
    """A white strip; `support` counts the rows that have something on both sides."""

    x0: float
    x1: float
    top: float
    bottom: float
    support: int

    @property
    def mid(self) -> float:
        """Where left ends and right begins."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True, eq=False)
class _Strip:
    """A strip that is followed downwards from a gap between two segments and shrinks row by row."""

    x0: float
    x1: float
    least: float
    top: float
    bottom: float
    last: float
    seen: float
    sure: tuple[float, float]
    first: Run
    starts: set[int] = field(default_factory=set)
    support: int = 1
    tail: int = 0

    def take(self, segment: Run, right: Run | None, near: float) -> bool:
        """Follow the strip past a segment; return False where the segment closes it."""
        x0, x1 = self._narrowed(segment)
        if x1 - x0 < self.least or segment.base - self.last > 6 * segment.size:
            return False
        self.x0, self.x1, self.last = x0, x1, segment.base
        both = right is not None and segment.x1 <= x0 and right.x0 >= x1
        if both and right is not None:
            self.support += segment.base - self.seen > 0.5 * segment.size
            self.seen = segment.base
            self.starts.add(round(right.x0))
        self.tail += 1
        # Rows on both sides, or the tail of one column
        if both or segment.base - self.bottom <= near * segment.size:
            self.bottom, self.sure, self.tail = max(self.bottom, segment.base), (x0, x1), 0
        return True

    def _narrowed(self, segment: Run) -> tuple[float, float]:
        x0, x1 = self.x0, self.x1
        if segment.x0 < x0:
            return max(x0, segment.x1), x1
        if segment.x1 > x1:
            return x0, min(x1, segment.x0)
        if segment.x1 > x0 and segment.x0 < x1:
            return max((x0, segment.x0), (segment.x1, x1), key=lambda side: side[1] - side[0])
        return x0, x1

    def is_supported(self) -> bool:
        """Return whether enough rows have both sides: three, or two if what follows starts at one x."""
        return self.support >= 3 or (self.support == 2 and max(self.starts) - min(self.starts) <= 1)


class _Segments:
    """Segments by baseline, and what stands right beside each."""

    def __init__(self, segments: list[Run]) -> None:
        self.all = sorted(segments, key=lambda segment: segment.base)
        self.bases = [segment.base for segment in self.all]
        self.largest = max((segment.size for segment in self.all), default=1.0)
        # Columns need not share their baselines
        leading = max(1.1, min(2.5, self._leading()))
        self.near = max(1.7, 1.55 * leading)
        self.beside = {id(a): b for place, a in enumerate(self.all) if (b := self._right_of(place, 0.55 * leading))}

    def _leading(self) -> float:
        steps = []
        for place, segment in enumerate(self.all):
            for below in self.all[place + 1 : place + WINDOW]:
                step = below.base - segment.base
                if step > 0.5 * segment.size and below.x0 < segment.x1 and below.x1 > segment.x0:
                    steps.append(step / segment.size)
                    break
        return median(steps) if steps else 1.1

    def _right_of(self, place: int, reach: float) -> Run | None:
        """Return the next segment to the right, if a gutter has room between."""
        a, nearest = self.all[place], None
        for b in self.all[max(0, place - WINDOW) : place + WINDOW]:
            if b.x0 < a.x1 - 1 or b is a or (nearest is not None and b.x0 >= nearest.x0):
                continue
            if abs(a.mid - b.mid) < reach * max(a.size, b.size):
                nearest = b
        if nearest is None or nearest.x0 - a.x1 < GUTTER * min(a.size, nearest.size):
            return None
        return nearest

    def between(self, top: float, bottom: float) -> list[Run]:
        """Return the segments whose baseline lies between two heights."""
        return self.all[bisect_right(self.bases, top) : bisect_left(self.bases, bottom)]


def find_gutters(segments: list[Run]) -> list[Gutter]:
    """Return the gutters of a region, in the order of their tops.

    Strips that have become equal go on as one, so that the time grows with the number of segments and not its square.
    """
    known = _Segments(segments)
    begin: dict[int, list[_Strip]] = {}
    for a in known.all:
        b = known.beside.get(id(a))
        if b is not None:
            strip = _strip(a, b)
            begin.setdefault(bisect_left(known.bases, a.base - 0.2 * a.size), []).append(strip)
    closed: list[_Strip] = []
    active: list[_Strip] = []
    for place, segment in enumerate(known.all):
        active += begin.get(place, ())
        active = _follow(active, segment, known, closed)
    for strip in active:
        # Nothing crosses it down to the end
        strip.tail += 9
    return _gutters(closed + active, known)


def _strip(a: Run, b: Run) -> _Strip:
    least = GUTTER * min(a.size, b.size)
    strip = _Strip(a.x1, b.x0, least, a.base - a.size, a.base, a.base, a.base, (a.x1, b.x0), a)
    strip.starts.add(round(b.x0))
    return strip


def _follow(active: list[_Strip], segment: Run, known: _Segments, closed: list[_Strip]) -> list[_Strip]:
    right = known.beside.get(id(segment))
    going: dict[tuple[float, float], _Strip] = {}
    for strip in active:
        if strip.first is segment or strip.take(segment, right, known.near):
            going.setdefault((round(strip.x0, 1), round(strip.x1, 1)), strip)
        else:
            closed.append(strip)
    return list(going.values())


def _gutters(strips: list[_Strip], known: _Segments) -> list[Gutter]:
    found: list[Gutter] = []
    for strip in sorted(strips, key=lambda strip: (strip.first.base, strip.first.x0)):
        if not strip.is_supported():
            continue
        if strip.tail > 3:
            strip.bottom, strip.sure = strip.last, (strip.x0, strip.x1)
        x0, x1 = strip.sure
        gutter = Gutter(x0, x1, _raised(strip.top, x0, x1, known), strip.bottom, strip.support)
        if not any(_within(gutter, other) for other in found):
            found.append(gutter)
    return found


def _within(gutter: Gutter, other: Gutter) -> bool:
    inside = other.top <= gutter.top and other.bottom >= gutter.bottom
    return inside and other.x0 < gutter.x1 and other.x1 > gutter.x0


def _raised(top: float, x0: float, x1: float, known: _Segments) -> float:
    """Return a top that takes in the lines right above that do not cross the strip: columns may begin unevenly."""
    while True:
        above = [
            each
            for each in known.between(top - 1.2 * known.largest, top + 0.2 * known.largest)
            if top - 1.2 * each.size < each.base < top + 0.2 * each.size
        ]
        if not above or any(each.x0 < x1 - 1 and each.x1 > x0 + 1 for each in above):
            return top
        raised = min(each.base - each.size for each in above)
        if raised >= top:
            return top
        top = raised
