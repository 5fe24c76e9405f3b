"""Whether the words of an excerpt follow each other on the page, as its geometry says."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec
from django.utils.translation import gettext as _

from .doubts import OF_THE_CHARACTER, Doubt
from .geometry import SCALE, Layout, Sheet, Stretch

TEXT_ROLES = ("body", "note")
State = Literal["true", "doubtful", "stitched"]
Span = tuple[int, int]
Box = tuple[float, float, float, float]


class Rectangle(NamedTuple):
    """Where words stand: points from the top left corner of the page as viewers show it; pages count from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Judgement:
    """True, doubtful or stitched, with reasons for the curator, and one rectangle per line and page.

    `doubts` are the words of those reasons that are no stitches, to be kept and told in any language.
    """

    state: State
    reasons: tuple[str, ...]
    rectangles: tuple[Rectangle, ...]
    doubts: tuple[Doubt, ...] = ()


class Piece(NamedTuple):
    """The part of a stretch that an excerpt takes."""

    stretch: Stretch
    start: int
    end: int


def load(layout: bytes) -> Layout:
    """Return the layout stored with a capture: load it once to judge many excerpts."""
    return msgspec.json.decode(layout, type=Layout)


def judge(layout: Layout, *spans: Span) -> Judgement:
    """Return the judgement on an excerpt, or on the parts of one that a page break divides, in the order of reading.

    Spans are half-open offsets in the text of the capture. Of a page break only what belongs to the page may be left
    out between two parts: headers, footers, watermarks and notes.
    """
    parts = [_pieces(layout, *span) for span in spans]
    pieces = [piece for part in parts for piece in part]
    stitches = _stitches(layout, parts)
    doubts = _doubts(layout, parts)
    state: State = "stitched" if stitches else "doubtful" if doubts else "true"
    reasons = (*stitches, *(str(doubt.label) for doubt in doubts))
    return Judgement(state, tuple(dict.fromkeys(reasons)), _rectangles(layout, pieces), tuple(doubts))


def rectangles_of(layout: Layout, span: Span) -> tuple[Rectangle, ...]:
    """Return where the characters of a span stand, one rectangle per line and page."""
    return _rectangles(layout, _pieces(layout, *span))


def role_at(layout: Layout, offset: int) -> str:
    """Return what a character is: body, note, header, footer or watermark."""
    return layout.stretches[max(0, _place(layout, offset))].role if layout.stretches else "body"


def _place(layout: Layout, offset: int) -> int:
    return bisect_right(layout.stretches, offset, key=lambda stretch: stretch.start) - 1


def _pieces(layout: Layout, start: int, end: int) -> list[Piece]:
    found = []
    for stretch in layout.stretches[max(0, _place(layout, start)) :]:
        if stretch.start >= end:
            break
        if stretch.end > start:
            found.append(Piece(stretch, max(start, stretch.start), min(end, stretch.end)))
    return found


def _stitches(layout: Layout, parts: Sequence[list[Piece]]) -> list[str]:
    pieces = [piece for part in parts for piece in part]
    if not pieces:
        return [_("No words stand here.")]
    found = []
    kinds = {piece.stretch.role in TEXT_ROLES for piece in pieces}
    if len(kinds) > 1:
        found.append(_("A header, footer or watermark stands inside."))
    for before, after in pairwise(part for part in parts if part):
        if not _meet(layout, before[-1], after[0]):
            found.append(_("Words between the parts are left out."))
    return found


def _meet(layout: Layout, before: Piece, after: Piece) -> bool:
    """Return whether nothing but what belongs to the page stands between two parts."""
    if after.start < before.end:
        return False
    over_break = after.stretch.page == before.stretch.page + 1
    for each in _pieces(layout, before.end, after.start):
        if each.stretch.role == "body" or (each.stretch.role == "note" and not over_break):
            return False
    return over_break or after.stretch.page == before.stretch.page


def _doubts(layout: Layout, parts: Sequence[list[Piece]]) -> list[Doubt]:
    pieces = [piece for part in parts for piece in part]
    found = []
    if any(layout.sheets[piece.stretch.page - 1].by_machine for piece in pieces):
        found.append(Doubt.MACHINE)
    if _runs_through_furniture(pieces):
        found.append(Doubt.FURNITURE)
    for before, after in pairwise(pieces):
        if before.stretch.role != after.stretch.role and {before.stretch.role, after.stretch.role} == set(TEXT_ROLES):
            found.append(Doubt.NOTE)
    for part in parts:
        found += _doubts_within(layout, part)
    return list(dict.fromkeys(found))


def _runs_through_furniture(pieces: list[Piece]) -> bool:
    """Return whether words of headers, footers or watermarks go on from line to line, or lean over the text."""
    if any(piece.stretch.role in TEXT_ROLES for piece in pieces):
        return False
    return len(pieces) > 1 or any(piece.stretch.role == "watermark" for piece in pieces)


def _doubts_within(layout: Layout, part: list[Piece]) -> list[Doubt]:
    """Return doubts inside a part; that of its first character is about what stands before it."""
    found = []
    for place, piece in enumerate(part):
        turned = place > 0 and part[place - 1].stretch.page != piece.stretch.page
        for offset in range(piece.start, piece.end):
            code = layout.doubts.get(offset)
            if code is None:
                continue
            first = offset == part[0].start or (turned and offset == piece.start)
            if not first or code in OF_THE_CHARACTER:
                found.append(Doubt(code))
    return found


def _rectangles(layout: Layout, pieces: list[Piece]) -> tuple[Rectangle, ...]:
    boxes: dict[tuple[int, int, int], Box] = {}
    for piece in pieces:
        stretch = piece.stretch
        left, right = stretch.span(piece.start, piece.end)
        key, box = (stretch.page, stretch.line, stretch.bottom), (left, stretch.top, right, stretch.bottom)
        boxes[key] = _union(boxes[key], box) if key in boxes else box
    return tuple(_shown(page, box, layout.sheets[page - 1]) for (page, _line, _bottom), box in boxes.items())


def _union(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _shown(page: int, box: Box, sheet: Sheet) -> Rectangle:
    """Return a box of reading space on the page as viewers show it."""
    left, top, right, bottom = box
    width, height = sheet.width, sheet.height
    for _quarter in range(sheet.turn):
        left, top, right, bottom = height - bottom, left, height - top, right
        width, height = height, width
    return Rectangle(page, *(round(edge / SCALE, 1) for edge in (left, top, right, bottom)))
