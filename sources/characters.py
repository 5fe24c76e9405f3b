"""The one rule about characters that a reader does not see, asked at every door: loader, desk, publication, `verify`.

Our own texts hold no control characters but tab and line ends, no bidirectional controls, no zero-width or other
invisible characters, no noncharacters and no sign that something was lost in reading. Words of a source are never
edited, so theirs stay: extractors write U+FFFE or a soft hyphen where a line breaks in a word, pages have zero-width
spaces. The site shows by name what would turn the order of a text. Only what no database and no UTF-8 can keep is
refused there: NUL and lone surrogates.
"""

import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What has no name in Unicode, or has one that says less
NAMES = {"\0": "NUL", "\x1b": "ESCAPE", "\x7f": "DELETE", "\ufffe": "NONCHARACTER", "\uffff": "NONCHARACTER"}
# Fields that hold words of a source as they stand there
VERBATIM_FIELDS = {"exact", "prefix", "suffix", "words", "after", "text", "as_stated", "date_as_stated", "was", "now"}


def character_fault(text: str, name: str = "", field: str = "") -> str | None:
    """Return a sentence on the first character that may not stand in a text, or None.

    `name` is what the field is called in code, which tells whether it holds words of a source; `field` what the
    sentence calls it.
    """
    is_refused = _is_lost if name.rsplit(".", 1)[-1] in VERBATIM_FIELDS else _is_unseen
    if text.isascii() and text.isprintable():
        return None
    for place, character in enumerate(text, start=1):
        if is_refused(character):
            found = {"field": field or name, "character": name_of(character), "place": place}
            message = _("“%(field)s” holds %(character)s as character %(place)s, which no reader sees. Take it out.")
            return message % found
    return None


def name_of(character: str) -> str:
    """Return how a sentence names a character: U+202E RIGHT-TO-LEFT OVERRIDE."""
    kind = {"Cs": "LONE SURROGATE", "Cc": "CONTROL CHARACTER"}.get(unicodedata.category(character), "NONCHARACTER")
    return f"U+{ord(character):04X} {NAMES.get(character) or unicodedata.name(character, kind)}"


def validator(name: str, field: str) -> Callable[[str], None]:
    """Return the rule as Django's forms ask it."""

    def validate(text: str) -> None:
        if fault := character_fault(text, name, field):
            raise ValidationError(fault, code="character")

    return validate


def _is_lost(character: str) -> bool:
    return character == "\0" or unicodedata.category(character) == "Cs"


def _is_unseen(character: str) -> bool:
    if character in "\t\n\r":
        return False
    is_nonchar = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return is_nonchar or character in "\u2028\u2029\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Cs")
