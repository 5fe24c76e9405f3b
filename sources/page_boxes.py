"""Where words stand on the images of pages, in percent: rectangles to be drawn over an image of any size."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .intake.geometry import SCALE, Layout
from .intake.truth import Rectangle, rectangles_of
from .quotes import Span


class PageBox(NamedTuple):
    """One line of words on a page (from 1): percent of the page's width and height, from its top left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float


def page_sizes(layout: Layout) -> list[tuple[float, float]]:
    """Return width and height of each page in points, as viewers show it."""
    sizes = [(sheet.width / SCALE, sheet.height / SCALE, sheet.turn) for sheet in layout.sheets]
    return [(height, width) if turn % 2 else (width, height) for width, height, turn in sizes]


def boxes(layout: Layout, spans: Iterable[Span]) -> list[PageBox]:
    """Return a box for each line of each span of the text, in the order of the spans."""
    sizes = page_sizes(layout)
    return [_box(each, sizes) for span in spans for each in rectangles_of(layout, span)]


def _box(rectangle: Rectangle, sizes: Sequence[tuple[float, float]]) -> PageBox:
    page, *edges = rectangle
    width, height = sizes[page - 1]
    left, right = (_percent(edge, width) for edge in (edges[0], edges[2]))
    top, bottom = (_percent(edge, height) for edge in (edges[1], edges[3]))
    return PageBox(page, round(left, 2), round(top, 2), round(right - left, 2), round(bottom - top, 2))


def _percent(edge: float, whole: float) -> float:
    return min(100.0, max(0.0, 100 * edge / whole)) if whole else 0.0
