"""What a machine misread, and what stands on the page: the text of one copy turned into that of a corrected one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from .quotes import Span

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
MAX_CORRECTIONS = 500
# Comparing lines that all differ takes time that grows with the square of their words
MAX_TOKENS = 20_000


class CorrectionError(ValueError):
    """A text is no correction of another; the message is one sentence for the curator."""


@dataclass(frozen=True)
class Correction:
    """At an offset of the text as it was read, `was` stood where the page has `now`. Either may be empty."""

    at: int
    was: str
    now: str

    @property
    def end(self) -> int:
        return self.at + len(self.was)


def corrections_between(old: str, new: str) -> list[Correction]:
    """Return what turns one text into the other, in order, by whole words. Raises CorrectionError."""
    found = [each for block in _blocks(old, new) for each in _within(*block)]
    if not found:
        raise CorrectionError(_("Nothing is corrected yet: the text reads as it did."))
    if len(found) > MAX_CORRECTIONS or 2 * sum(len(each.was) for each in found) > len(old):
        raise CorrectionError(_("This is another text and not a correction of what was read."))
    return found


def corrected(text: str, corrections: Iterable[Correction]) -> str:
    """Return a text with what was misread put right. Raises CorrectionError where it does not read so."""
    parts, done = [], 0
    for each in corrections:
        if each.at < done or text[each.at : each.end] != each.was:
            raise CorrectionError(_("“%s” does not stand there.") % each.was)
        parts += [text[done : each.at], each.now]
        done = each.end
    return "".join([*parts, text[done:]])


def moved(span: Span, corrections: Sequence[Correction]) -> Span:
    """Return where a span of the old text stands in the new one; what it touched of a correction is taken in whole."""
    return _moved(span[0], corrections, to_end=False), _moved(span[1], corrections, to_end=True)


def _moved(offset: int, corrections: Sequence[Correction], *, to_end: bool) -> int:
    shift = 0
    for each in corrections:
        if each.end <= offset and not (each.at == offset and not to_end):
            shift += len(each.now) - len(each.was)
        elif each.at < offset:
            return each.at + shift + (len(each.now) if to_end else 0)
    return offset + shift


def _blocks(old: str, new: str) -> Iterator[tuple[int, str, str]]:
    """Yield the lines that differ: (offset of the old ones, old, new)."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    for sort, left, right, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if sort != "equal":
            yield starts[left], "".join(before[left:right]), "".join(after[first:last])


def _within(start: int, old: str, new: str) -> Iterator[Correction]:
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if max(len(before), len(after)) > MAX_TOKENS:
        raise CorrectionError(_("This is another text and not a correction of what was read."))
    places = [start]
    for token in before:
        places.append(places[-1] + len(token))
    for sort, left, right, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if sort != "equal":
            yield Correction(places[left], "".join(before[left:right]), "".join(after[first:last]))
