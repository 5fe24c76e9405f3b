"""Plain text in UTF-8, UTF-16 or Windows-1252: decoded and otherwise untouched."""

import codecs
import re
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from .extracted import Extracted, IntakeError
from .media_types import TEXT
from .reader import run

MARKS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe]")


def extract(path: Path) -> tuple[Extracted, ...]:
    """Return the text of a file. Raises IntakeError when it is in none of the three encodings."""
    text, encoding, guessed = decode(path.read_bytes())
    notes = [_("Its encoding is not stated and was read as %s. Look at its accents and quotes.") % encoding] * guessed
    return (
        Extracted(text, (0,), TEXT, "plain-text", encoding, {"encoding": encoding}, (*notes, *notes_on_marks(text))),
    )


def decode(data: bytes, stated: str = "") -> tuple[str, str, bool]:
    """Return (text without byte order mark, encoding, whether it was guessed). Raises IntakeError."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding), encoding, False
    if stated:
        return _decoded(data, stated), stated, False
    if data.count(0) * 4 > len(data):
        encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        return _decoded(data, encoding), encoding, True
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        pass
    return _decoded(data, "windows-1252"), "windows-1252", True


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(
            _("It is cut off, or is not %(encoding)s text: the byte at %(at)s cannot be read.")
            % {"encoding": encoding, "at": error.start}
        ) from error


def notes_on_marks(text: str) -> list[str]:
    """Return a note on characters that nobody sees: they turn the direction of writing or stand inside words."""
    if not (number := len(INVISIBLE.findall(text))):
        return []
    return [_("It holds %s invisible characters (direction marks, zero width); they stay where they are.") % number]


if __name__ == "__main__":
    sys.exit(run(extract))
