"""Words that tesseract reads on images of pages, and where on them they stand."""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext as _

from .extracted import IntakeError
from .geometry import SCALE, Layout, Sheet, Stretch

LANGUAGES = "ind+eng"
SECONDS = 60
# What tesseract calls a word, among pages, blocks, paragraphs and lines
WORD_LEVEL = "5"
POINTS_PER_INCH = 72
# At which tesseract is given the images of PDF pages, and takes other images to be
DOTS_PER_INCH = 200


class Word(NamedTuple):
    """A word with its box in pixels from the top left, and the block, paragraph and line to which it belongs."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    paragraph: tuple[str, str]
    line: str


@dataclass
class MachineText:
    """Text in the making, page by page, with its geometry; every word of it is read by machine."""

    version: str = ""
    chars: str = ""
    pages: list[int] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)

    def add_page(self, image: Path, size: tuple[int, int], scale: float = DOTS_PER_INCH / POINTS_PER_INCH) -> None:
        """Read an image of `size` pixels, `scale` of them a point, as the next page. Raises IntakeError."""
        self.version, words = _read(image)
        tenths = SCALE / scale
        self.pages.append(len(self.chars))
        self.sheets.append(Sheet(round(size[0] * tenths), round(size[1] * tenths), 0, True))
        paragraph = None
        for (of_paragraph, _line), line in groupby(words, key=lambda word: (word.paragraph, word.line)):
            if paragraph not in (None, of_paragraph):
                self.chars += "\n"
            paragraph = of_paragraph
            self._add_line(list(line), tenths)

    def _add_line(self, words: list[Word], tenths: float) -> None:
        start, edges = len(self.chars), list[float]()
        for word in words:
            # Where one letter of a word ends is not told: all are taken to be equally wide
            width = (word.right - word.left) / len(word.text)
            edges += [word.left + width * place for place in range(len(word.text))]
            edges.append(word.right)  # the left edge of the space behind it, or the end of the line
        self.chars += " ".join(word.text for word in words) + "\n"
        top, bottom = min(word.top for word in words), max(word.bottom for word in words)
        number = self.stretches[-1].line + 1 if self.stretches else 0
        steps, before = [], 0
        for edge in edges:
            steps.append(round(edge * tenths) - before)
            before = round(edge * tenths)
        box = round(top * tenths), round(bottom * tenths)
        self.stretches.append(Stretch(len(self.pages), "body", number, start, *box, tuple(steps)))

    def layout(self) -> bytes:
        """Return the geometry as compact JSON."""
        return msgspec.json.encode(Layout(tuple(self.sheets), tuple(self.stretches), {}))


def _read(image: Path) -> tuple[str, list[Word]]:
    """Return (version of tesseract with its languages, words on an image in reading order)."""
    program = shutil.which("tesseract")
    if program is None:
        raise IntakeError(_("Images are read by tesseract, which is not installed on this server."))
    try:
        first = subprocess.run([program, "--version"], capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        table = subprocess.run(  # noqa: S603
            [program, str(image), "stdout", "-l", LANGUAGES, "tsv"], capture_output=True, timeout=SECONDS, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise IntakeError(_("Reading it took too long.")) from error
    except subprocess.CalledProcessError as error:
        raise IntakeError(_("Tesseract cannot read it (it needs the languages %s).") % LANGUAGES) from error
    name = (first.stdout or first.stderr).decode(errors="replace").split()[1]
    return f"{name} {LANGUAGES}", list(_words(table.stdout.decode(errors="replace")))


def _words(table: str) -> Iterator[Word]:
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = "".join(char for char in row["text"] or "" if char.isprintable()).strip()
        if row["level"] != WORD_LEVEL or not text:
            continue
        left, top = int(row["left"]), int(row["top"])
        right, bottom = left + int(row["width"]), top + int(row["height"])
        yield Word(text, left, top, right, bottom, (row["block_num"], row["par_num"]), row["line_num"])
