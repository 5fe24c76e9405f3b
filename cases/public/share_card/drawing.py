"""Drawing a share card: 1200 × 630, in Noto. A text that does not fit, or has letters that we do not have, is refused.

Nothing of a statement is left out or replaced, so a card says all of it with its speaker and standing, or nothing.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
LEFT, RIGHT, TOP, BOTTOM = 80, 1120, 64, 590
PAPER, INK, FAINT, RULE, REPLY = "#fdfcf9", "#1d1c1a", "#57544d", "#d8d4c9", "#0a5f55"
FONTS = Path(__file__).parent / "fonts"
SANS, BOLD, SERIF = "NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSerif-Regular.ttf"
# What the fonts were cut to. A card with any other letter (Arabic, an emoji, a control character) is not drawn.
DRAWABLE = re.compile(
    "[ -~\u00a0-\u017f\u0192\u0218-\u021b\u02bb\u02bc\u1e00-\u1eff\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2030"
    "\u2032\u2033\u2039\u203a\u20ac\u2122\u2190-\u2193\u2212]*"
)
STATEMENT_PX = (46, 42, 38, 34, 30)
QUOTE_PX, LINE_PX, MAX_LINES_BESIDE = 30, 26, 3
# Of a text that no card could hold nothing is measured
MAX_CHARS = 700
# How the line before a standing is drawn, as (drawn, left out) in pixels; a decided one is a double line
DASHES = {"potential": (8, 8), "alleged": (16, 8)}


class DoesNotFitError(Exception):
    """A card has no room for the text, or no letters for it."""


@dataclass(frozen=True)
class CardText:
    """What a card says. `steps` stand before the statement, `caveats` after its speaker and standing."""

    crumb: str
    steps: tuple[str, ...]
    statement: str
    quote: str
    standing: str
    mark: str
    speaker: str
    caveats: str


@dataclass(frozen=True)
class Block:
    """Lines in one font with what they take of the height."""

    lines: list[str]
    font: ImageFont.FreeTypeFont
    leading: int

    @property
    def height(self) -> int:
        return len(self.lines) * self.leading


def draw_card(text: CardText) -> bytes:
    """Return a card as PNG. Raises DoesNotFitError."""
    beside = _block([text.mark + " · " + text.speaker], SANS, LINE_PX, indent=76)
    caveats = _block([text.caveats], SANS, LINE_PX, indent=150)
    if max(len(beside.lines), len(caveats.lines)) > MAX_LINES_BESIDE:
        raise DoesNotFitError
    foot = BOTTOM - beside.height - max(caveats.height, caveats.leading)
    steps = _block(list(text.steps), SANS, LINE_PX)
    crumb = _block([text.crumb], SANS, LINE_PX)
    room = foot - 28 - TOP - crumb.height - 16 - steps.height
    statement = _statement(text.statement, room)
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    y = _write(draw, crumb, LEFT, TOP, FAINT) + 16
    y = _write(draw, steps, LEFT, y, INK)
    y = _write(draw, statement, LEFT, y, INK)
    quote = _quote(text.quote, foot - 28 - y - 24)
    if quote:
        _line(draw, text.standing, (LEFT + 4, y + 24), (LEFT + 4, y + 24 + quote.height))
        _write(draw, quote, LEFT + 32, y + 24, INK)
    draw.line((LEFT, foot - 14, RIGHT, foot - 14), RULE, 2)
    _line(draw, text.standing, (LEFT, foot + 18), (LEFT + 56, foot + 18))
    y = _write(draw, beside, LEFT + 76, foot, INK)
    _write(draw, caveats, LEFT, y, REPLY)
    _name(draw)
    return _png(image)


def draw_neutral_card() -> bytes:
    """Return the card of what has no statement to show, or none any more: it names nobody."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    said = _block([_("What is said, who says it, and in which words")], BOLD, 50)
    more = _block([_("Each statement stands with who says it, how firmly, and in which words.")], SANS, 32)
    y = _write(draw, said, LEFT, 190, INK)
    _write(draw, more, LEFT, y + 24, FAINT)
    draw.line((LEFT, 520, RIGHT, 520), RULE, 2)
    _name(draw)
    return _png(image)


def _statement(text: str, room: int) -> Block:
    """Return the statement as large as there is room for."""
    for size in STATEMENT_PX:
        block = _block([text], BOLD, size)
        if block.height <= room:
            return block
    raise DoesNotFitError


def _quote(text: str, room: int) -> Block | None:
    """Return the words of the source, all of them or none."""
    try:
        block = _block([text], SERIF, QUOTE_PX, indent=32)
    except DoesNotFitError:
        return None
    return block if block.lines and block.height <= room else None


def _block(texts: list[str], file: str, size: int, *, indent: int = 0) -> Block:
    """Return texts broken into lines. Raises DoesNotFitError for what cannot be drawn."""
    font = _font(file, size)
    lines: list[str] = []
    for text in texts:
        plain = unicodedata.normalize("NFC", " ".join(text.replace("*", "").split()))
        if len(plain) > MAX_CHARS or not DRAWABLE.fullmatch(plain):
            raise DoesNotFitError
        lines += _wrapped(plain, font, RIGHT - LEFT - indent)
    return Block(lines, font, round(size * 1.32))


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= width:
            line = longer
        elif font.getlength(word) > width:
            raise DoesNotFitError
        else:
            yield line
            line = word
    if line:
        yield line


@cache
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / file, size, layout_engine=ImageFont.Layout.BASIC)


def _write(draw: ImageDraw.ImageDraw, block: Block, x: int, y: int, colour: str) -> int:
    """Write lines from a height down, and return the height below them."""
    for line in block.lines:
        draw.text((x, y), line, font=block.font, fill=colour)
        y += block.leading
    return y


def _line(draw: ImageDraw.ImageDraw, standing: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Draw how firmly it is said: dotted, dashed, solid or double."""
    (x0, y0), (x1, y1) = start, end
    upright = x0 == x1
    if standing == "decided":
        for offset in (-4, 4):
            moved = (x0 + offset, y0, x1 + offset, y1) if upright else (x0, y0 + offset, x1, y1 + offset)
            draw.line(moved, INK, 3)
        return
    on, off = DASHES.get(standing, (2000, 1))
    length = (y1 - y0) if upright else (x1 - x0)
    for at in range(0, length, on + off):
        to = min(at + on, length) - 1
        draw.line((x0, y0 + at, x0, y0 + to) if upright else (x0 + at, y0, x0 + to, y0), INK, 8)


def _name(draw: ImageDraw.ImageDraw) -> None:
    draw.text((RIGHT, BOTTOM), "CaseDB", font=_font(BOLD, 30), fill=INK, anchor="rs")


def _png(image: Image.Image) -> bytes:
    """Return the image in few colours, which is a quarter of the bytes."""
    file = io.BytesIO()
    image.quantize(32, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()
