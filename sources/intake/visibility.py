"""Whether a reader sees the letters of a page: drawn, not white on white, with nothing over them."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as raw

# Neither filled nor stroked: a text layer, or text that only clips
INVISIBLE_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
WHITE = 250
# More shapes than this are a drawing, not something laid over words
MAX_COVERS = 500

Point = tuple[float, float]
Box = tuple[float, float, float, float]


class _Shape(NamedTuple):
    place: int
    box: Box
    white: bool

    def holds(self, point: Point) -> bool:
        left, bottom, right, top = self.box
        return left <= point[0] <= right and bottom <= point[1] <= top


class Visibility:
    """The objects of a page in the order in which they are drawn. Parts of nested forms count as visible."""

    def __init__(self, page: Any) -> None:
        self.frames: list[Box] = []
        self._place: dict[int, int] = {}
        self._covers: list[_Shape] = []
        self._pictures: list[_Shape] = []
        self._grounds: list[_Shape] = []
        self._unseen: dict[int, bool] = {}
        self._white: dict[int, bool] = {}
        for place in range(raw.FPDFPage_CountObjects(page)):
            self._add(place, raw.FPDFPage_GetObject(page, place))
        self._covers = sorted(self._covers, key=_area, reverse=True)[:MAX_COVERS]
        self._grounds = sorted(self._grounds, key=_area, reverse=True)[:MAX_COVERS]

    def hides(self, text_object: int, point: Point) -> bool:
        """Return whether the letter at a point is drawn invisibly, white on white, or under an opaque shape."""
        if not text_object:
            return False
        if text_object not in self._unseen:
            self._look_at(text_object)
        if self._unseen[text_object]:
            return True
        place = self._place.get(text_object)
        if place is None:
            return False
        if any(cover.place > place and cover.holds(point) for cover in self._covers):
            return True
        return self._white[text_object] and not any(each.place < place and each.holds(point) for each in self._grounds)

    def pictured_over(self, text_object: int, point: Point) -> bool:
        """Return whether a picture, which may let words shine through, is drawn over the letter at a point."""
        place = self._place.get(text_object)
        return place is not None and any(each.place > place and each.holds(point) for each in self._pictures)

    def _look_at(self, address: int) -> None:
        handle = ctypes.cast(address, raw.FPDF_PAGEOBJECT)
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        self._unseen[address] = mode in INVISIBLE_MODES
        self._white[address] = mode == raw.FPDF_TEXTRENDERMODE_FILL and _white(handle)

    def _add(self, place: int, handle: Any) -> None:
        self._place[ctypes.addressof(handle.contents)] = place
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            return
        shape = _Shape(place, _bounds(handle), white=False)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self.frames.append(shape.box)
            filled, solid = _filled(handle), not raw.FPDFPageObj_HasTransparency(handle)
            if filled and not _white(handle):
                self._grounds.append(shape)
            if filled and solid and raw.FPDFPath_CountSegments(handle) <= 6:
                self._covers.append(shape)
            return
        self._grounds.append(shape)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._pictures.append(shape)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            self.frames += _nested_frames(handle)


def _area(shape: _Shape) -> float:
    left, bottom, right, top = shape.box
    return (right - left) * (top - bottom)


def _bounds(handle: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _nested_frames(form: Any) -> Iterator[Box]:
    for place in range(raw.FPDFFormObj_CountObjects(form)):
        handle = raw.FPDFFormObj_GetObject(form, place)
        if raw.FPDFPageObj_GetType(handle) == raw.FPDF_PAGEOBJ_PATH:
            yield _bounds(handle)


def _filled(path: Any) -> bool:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, mode, stroked)) and mode.value != raw.FPDF_FILLMODE_NONE


def _white(handle: Any) -> bool:
    """Return whether an object is filled with white, or with nothing that is seen."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return False
    return alpha.value < 8 or min(red.value, green.value, blue.value) >= WHITE
