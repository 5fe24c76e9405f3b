"""The characters of a PDF page: where each stands, how large it is, which way it runs, and whether a reader sees it.

Reading space: points from the top left corner, x to the right, y downwards, turned so that most letters stand upright.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .visibility import Visibility

# Soft hyphens, zero-width and direction marks, noncharacters: nobody sees them, so nobody quotes them
INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe\uffff"
    + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
)
UNNAMED = "\ufffd"
# Degrees: letters that lean more are a watermark or a stamp
MAX_LEAN = 3
# Smaller letters than this, in points, are read by nobody
MIN_SIZE = 1.0


class Crop(NamedTuple):
    """The visible part of a page in the space of the file, where y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def to_reading(self, x: float, y: float, quarters: int) -> tuple[float, float]:
        """Return a point in reading space, where the page's text runs at `quarters` × 90°."""
        return (
            (x - self.left, self.top - y),
            (y - self.bottom, x - self.left),
            (self.right - x, y - self.bottom),
            (self.top - y, self.right - x),
        )[quarters]

    def size(self, quarters: int) -> tuple[float, float]:
        """Return width and height of the page in reading space."""
        size = (self.right - self.left, self.top - self.bottom)
        return size if quarters % 2 == 0 else size[::-1]


@dataclass(slots=True, eq=False)
class Glyph:
    """One visible character, in reading space; `spaced` counts the spaces that the file writes before it."""

    char: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    turn: float
    object: int
    spaced: int
    hidden: bool
    covered: bool
    # Why reading on from the glyph before is doubtful: a word of doubts.Doubt
    doubt: str = ""

    @property
    def leans(self) -> bool:
        """Whether it does not stand upright among most letters of its page."""
        return abs(self.turn) > MAX_LEAN


class Rule(NamedTuple):
    """The edge of a line or a frame, where a row of a table may end."""

    y: float
    x0: float
    x1: float


@dataclass(slots=True)
class PageGlyphs:
    """What stands on a page; `turn` is the number of quarters from reading space to the page as viewers show it."""

    width: float
    height: float
    turn: int
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


class _Char(NamedTuple):
    char: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    angle: float
    object: int
    spaced: int


def read(page: pdfium.PdfPage) -> PageGlyphs:
    """Return the glyphs of a page in the order of the file. Not thread-safe, like all of pdfium."""
    crop, chars = Crop(*page.get_cropbox()), list(_characters(page))
    turns = Counter(round(char.angle / 90) % 4 for char in chars)
    quarters = turns.most_common(1)[0][0] if turns else 0
    visibility = Visibility(page.raw)
    result = PageGlyphs(*crop.size(quarters), turn=(page.get_rotation() // 90 - quarters) % 4)
    for char in chars:
        result.glyphs += _glyphs(char, crop, quarters, visibility)
    result.rules = sorted(_rules(visibility, crop)) if not quarters else []
    return result


def _characters(page: pdfium.PdfPage) -> Iterator[_Char]:
    """Yield characters by pdfium's character index: the offsets of its page text are others."""
    text_page = page.get_textpage()
    rect, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    spaced = 0
    for index in range(raw.FPDFText_CountChars(text_page.raw)):
        char, spaces = _char(text_page.raw, index)
        spaced += spaces
        if not char:
            continue
        raw.FPDFText_GetLooseCharBox(text_page.raw, index, rect)
        raw.FPDFText_GetMatrix(text_page.raw, index, matrix)
        raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
        text_object = raw.FPDFText_GetTextObject(text_page.raw, index)
        # The font size lacks the matrix
        size = abs(raw.FPDFText_GetFontSize(text_page.raw, index)) * (math.hypot(matrix.c, matrix.d) or 1)
        yield _Char(
            char=char,
            box=(rect.left, rect.bottom, rect.right, rect.top),
            origin=(x.value, y.value),
            size=size or 1,
            angle=math.degrees(math.atan2(matrix.b, matrix.a)),
            object=ctypes.addressof(text_object.contents) if text_object else 0,
            spaced=spaced,
        )
        spaced = 0
    text_page.close()


def _char(text_page: Any, index: int) -> tuple[str, int]:
    """Return the character at an index ("" where none is seen), and whether it is a space of the file."""
    if raw.FPDFText_IsHyphen(text_page, index) == 1:
        # pdfium has 0x02 for a hyphen at a line's end
        return "-", 0
    code = raw.FPDFText_GetUnicode(text_page, index)
    char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else UNNAMED
    if raw.FPDFText_IsGenerated(text_page, index) == 1:
        return "", 0
    if char.isspace():
        return "", 1
    if char in INVISIBLE or unicodedata.category(char) == "Cc":
        return "", 0
    return (UNNAMED if unicodedata.category(char) in ("Co", "Cn") else char), 0


def _glyphs(char: _Char, crop: Crop, quarters: int, visibility: Visibility) -> Iterator[Glyph]:
    """Yield one glyph, or the letters of a ligature, which share one box."""
    left, bottom, right, top = char.box
    ax, ay = crop.to_reading(left, bottom, quarters)
    bx, by = crop.to_reading(right, top, quarters)
    _, base = crop.to_reading(*char.origin, quarters)
    turn = (char.angle - 90 * quarters + 180) % 360 - 180
    middle = ((left + right) / 2, (bottom + top) / 2)
    hidden = char.size < MIN_SIZE or visibility.hides(char.object, middle)
    if abs(turn) <= MAX_LEAN:
        hidden = hidden or _off(char.origin, crop)
    covered = not hidden and visibility.pictured_over(char.object, middle)
    letters = unicodedata.normalize("NFKC", char.char) if "\ufb00" <= char.char <= "\ufb06" else char.char
    x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
    for place, letter in enumerate(letters):
        spaced = 0 if place else char.spaced
        yield Glyph(letter, x0, x1, y0, y1, base, char.size, turn, char.object, spaced, hidden, covered)


def _off(origin: tuple[float, float], crop: Crop) -> bool:
    x, y = origin
    return not (crop.left - 1 <= x <= crop.right + 1 and crop.bottom - 1 <= y <= crop.top + 1)


def _rules(visibility: Visibility, crop: Crop) -> set[Rule]:
    edges: set[Rule] = set()
    for left, bottom, right, top in visibility.frames:
        if right - left > 20:
            edges |= {
                Rule(round(crop.top - y), round(left - crop.left), round(right - crop.left)) for y in (bottom, top)
            }
    return edges
