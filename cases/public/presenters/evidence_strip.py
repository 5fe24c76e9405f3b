"""A strip of the statements of a record by how firmly each is said: a line's shape, never a colour."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cases.vocabularies import Standing

WIDTH, GAP = 328, 4
# Up to here each statement is a mark of its own; above, each standing has a length in proportion
MAX_MARKS = 30
MIN_LENGTH = 8.0
# What is decided is a double line
HEIGHTS: dict[str, tuple[float, ...]] = {Standing.DECIDED: (1.5, 6.5)}


@dataclass(frozen=True)
class StripPart:
    """The statements of one standing: how many, and the path of SVG that stands for them."""

    standing: str
    count: int
    path: str


def evidence_strip(standings: Iterable[str]) -> list[StripPart]:
    """Return the parts of the strip, weakest standing first. A standing of a later list comes last."""
    counts = Counter(standings)
    order = [each for each in Standing.values if each in counts] + sorted(set(counts) - set(Standing.values))
    total = sum(counts.values())
    if not total:
        return []
    many = total > MAX_MARKS
    marks = len(order) if many else total
    room = WIDTH - GAP * (marks - 1) - (MIN_LENGTH * marks if many else 0)
    parts, x = [], 0.0
    for standing in order:
        count = counts[standing]
        widths = [MIN_LENGTH + room * count / total] if many else [room / total] * count
        lines: list[str] = []
        for width in widths:
            lines += [f"M{x:.1f} {y}h{width:.1f}" for y in HEIGHTS.get(standing, (4,))]
            x += width + GAP
        parts.append(StripPart(standing, count, "".join(lines)))
    return parts
