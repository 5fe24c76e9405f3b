"""What belongs to the page and not to the text: running headers and footers, watermarks and stamps."""

import math
import re
from collections import Counter
from collections.abc import Iterator

from .runs import Row, Run, rows

# Share of the pages on which it returns, at least two
REPEATED = 0.4
# Points by which a running line may wander
SAME_PLACE = 3.0
# Shorter words return by chance
MIN_WORDS_CHARS = 8

Spot = tuple[str, int]
Key = tuple[str | int, ...]


class Page:
    """The runs of one page and its height."""

    def __init__(self, runs: list[Run], height: float) -> None:
        self.runs = runs
        self.height = height
        # Whether its reading order cut it into columns or cells
        self.is_cut = False

    @property
    def body(self) -> list[Run]:
        """The runs that are neither hidden nor furniture."""
        return [run for run in self.runs if run.role == "body"]

    def spots(self, run: Run) -> Iterator[Spot]:
        """Yield the height of a run, counted from both edges: pages differ in length."""
        yield "top", round(run.base / SAME_PLACE)
        yield "bottom", round((self.height - run.base) / SAME_PLACE)

    def furniture_role(self, run: Run) -> str:
        """Return header or footer, by the half in which a run stands."""
        return "header" if run.base < self.height / 2 else "footer"


def mark_furniture(pages: list[Page]) -> None:
    """Give every run that belongs to the page the role header, footer or watermark."""
    _mark_running(pages)
    for page in pages:
        _mark_overlays(page)


def _mark_running(pages: list[Page]) -> None:
    """Peel what returns from the edges inwards, figures ignored; elsewhere only what returns word for word."""
    loose: Counter[Key] = Counter()
    strict: Counter[Key] = Counter()
    for page in pages:
        loose.update({(_figureless(run), *spot) for run in page.runs for spot in page.spots(run)})
        strict.update({(*_exact(run), *spot) for run in page.runs for spot in page.spots(run)})
    need = max(2, math.ceil(REPEATED * len(pages)))
    for page in pages:
        body = page.body
        lines = rows(body)
        for edge in (lines, lines[::-1]):
            _peel(edge, page, loose, need)
        if len(pages) < 3:
            continue
        for run in body:
            times = max(_around(strict, _exact(run), spot) for spot in page.spots(run))
            if times >= max(3, need) and len(_bare(run)) >= MIN_WORDS_CHARS:
                run.role = page.furniture_role(run)


def _peel(lines: list[Row], page: Page, loose: Counter[Key], need: int) -> None:
    for row in lines:
        for run in row.runs:
            if max(_around(loose, (_figureless(run),), spot) for spot in page.spots(run)) < need:
                return
        for run in row.runs:
            run.role = page.furniture_role(run)


def _around(table: Counter[Key], key: Key, spot: Spot) -> int:
    edge, height = spot
    return max(table[(*key, edge, height + step)] for step in (-1, 0, 1))


def _bare(run: Run) -> str:
    return re.sub(r"\s", "", run.text)


def _figureless(run: Run) -> str:
    return re.sub(r"\d+", "#", _bare(run))


def _exact(run: Run) -> tuple[str, int]:
    return _bare(run), round(run.x0 / SAME_PLACE)


def _mark_overlays(page: Page) -> None:
    """Mark large level letters printed over the text, or under it."""
    body = page.body
    sizes = Counter(round(run.size, 1) for run in body for _ in run.glyphs)
    if not sizes:
        return
    usual = sizes.most_common(1)[0][0]
    for run in body:
        if run.size > 1.5 * usual and any(_lies_over(run, other) for other in body):
            run.role = "watermark"


def _lies_over(run: Run, other: Run) -> bool:
    if other.size >= 0.8 * run.size or other.x0 >= run.x1 or other.x1 <= run.x0:
        return False
    return run.base - 0.7 * run.size < other.mid < run.base
