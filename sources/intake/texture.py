"""What a column looks like: running text, the cells of a table, or labels that hang beside a text."""

import re
from bisect import bisect_left, bisect_right
from statistics import median
from typing import Literal

from .runs import Run, rows

PROSE_WORDS = 3
# Shares of the column's width that a line fills
PROSE_FILL = 0.7
CELL_FILL = 0.6
CELL_DIGITS = 0.3

# 1. · a) · (iv) · - · •
LABEL = re.compile(r"[(\[]?(\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)\]]{0,2}$|\W$")

Texture = Literal["prose", "cells", "unclear"]


def texture(segments: list[Run]) -> Texture:
    """Return what medians say: running text fills its column with several words; cells are short, ragged or figures."""
    lines = [row.runs for row in rows(segments)]
    if not lines:
        return "cells"
    width = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    words = median(sum(run.words for run in line) for line in lines)
    fill = median((line[-1].x1 - line[0].x0) / (width or 1) for line in lines)
    ragged = fill < CELL_FILL or (words < PROSE_WORDS and fill < PROSE_FILL)
    if words < 2 or ragged or digit_share(segments) > CELL_DIGITS:
        return "cells"
    return "prose" if fill >= PROSE_FILL and words >= PROSE_WORDS else "unclear"


def digit_share(segments: list[Run]) -> float:
    """Return how much of the text is digits."""
    return sum(run.digits for run in segments) / (sum(len(run.text) for run in segments) or 1)


def is_hanging(segments: list[Run]) -> bool:
    """Return whether these are labels such as 1., a), - or •."""
    return bool(segments) and all(len(row.runs) == 1 and LABEL.match(row.runs[0].text) for row in rows(segments))


def nearest_to_gutter(segments: list[Run], side: int) -> list[Run]:
    """Return the column next to a gutter: what has nothing between itself and the gutter. `side` is 1 or -1."""
    by_mid = sorted(segments, key=lambda run: run.mid)
    mids = [run.mid for run in by_mid]

    def is_next(run: Run) -> bool:
        # Half a wide leading: columns need not share their baselines
        reach = 0.8 * run.size
        level = by_mid[bisect_right(mids, run.mid - reach) : bisect_left(mids, run.mid + reach)]
        return not any((other.x0 - run.x0) * side > 0 for other in level)

    nearest = [run for run in segments if is_next(run)]
    # Without the lines of a farther column that has none of this one beside them
    left, right = median(run.x0 for run in nearest), median(run.x1 for run in nearest)
    return [run for run in nearest if run.x0 < right and run.x1 > left] or nearest


def shared_baselines(left: list[Run], right: list[Run]) -> float:
    """Return the greater of both shares of lines that have a line of the other side on their baseline."""
    return max(_share(left, right), _share(right, left))


def _share(some: list[Run], others: list[Run]) -> float:
    bases = sorted(run.base for run in others)

    def is_level(run: Run) -> bool:
        reach = 0.25 * run.size
        return bisect_right(bases, run.base - reach) < bisect_left(bases, run.base + reach)

    return sum(map(is_level, some)) / len(some)


def share_of_long_lines(segments: list[Run]) -> float:
    """Return the share of lines with four words or more."""
    return sum(run.words >= 4 for run in segments) / len(segments)
