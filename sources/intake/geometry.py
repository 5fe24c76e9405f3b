"""The geometry of a text as stored with a capture: where each stretch stands, and where reading on is doubtful."""

from itertools import accumulate
from typing import NamedTuple

import msgspec

# Boxes are kept in tenths of a point
SCALE = 10


class Sheet(NamedTuple):
    """Size of a page as its text runs, in tenths of a point; quarters by which viewers turn it; was it OCRed."""

    width: int
    height: int
    turn: int
    by_machine: bool


class Stretch(NamedTuple):
    """A part of a line on one baseline, in reading space; `steps` lead from edge to edge of its characters."""

    page: int
    role: str
    line: int
    start: int
    top: int
    bottom: int
    steps: tuple[int, ...]

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + len(self.steps) - 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return left and right edge of the characters from start to end."""
        edges = list(accumulate(self.steps))
        edges = edges[max(0, start - self.start) : end - self.start + 1]
        return min(edges), max(edges)


class Layout(msgspec.Struct, frozen=True, omit_defaults=True):
    """The geometry of a text, as stored with a capture. Body and notes stand in the text in reading order."""

    sheets: tuple[Sheet, ...]
    stretches: tuple[Stretch, ...]
    doubts: dict[int, str]
    version: int = 1
