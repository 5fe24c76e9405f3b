"""Numbers: canonical decimal strings (never floats, never DecimalField: SQLite would round), and the one parser.

Search, dossiers, the desk and the rules of publication read numbers in a text by `numbers_in`: digits in Indonesian and
English notation, words, scales, money.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Context, Decimal, localcontext
from itertools import pairwise
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import notation
from .number_words import BEGINNINGS, NUMBER_WORDS, Atom, NumberGrammar
from .quotes import BREAK_IN_WORD
from .text_column import TextColumn

CANONICAL = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", re.ASCII)
# Digits before the point; keeps hundredths inside a 64-bit integer
MAX_DIGITS = 16
ONE = Decimal(1)
Readings = tuple[Decimal, ...]


def validate_decimal(value: str) -> None:
    """Accept `2500000000` and `64.8`; refuse `2,5 miliar`, `1.50` and `007`, saying what to write."""
    if not CANONICAL.fullmatch(value) or value == "-0":
        raise ValidationError(
            _("“%(value)s” is not a plain number like 2500000000 or 64.8 (the source's own form goes in “as stated”)."),
            code="decimal",
            params={"value": value},
        )
    if len(value.lstrip("-").split(".")[0]) > MAX_DIGITS:
        raise ValidationError(_("Numbers have at most 16 digits before the point."), code="decimal")


def hundredths(value: str | None) -> int | None:
    """Return the value in hundredths, rounded down: an integer column to filter ranges by."""
    if not value:
        return None
    return int(Decimal(value).quantize(Decimal("0.01"), ROUND_FLOOR).scaleb(2))


def display(value: str, language: str | None = None) -> str:
    """Return the number with the separators of the language: `2.500.000.000,5` (id) or `2,500,000,000.5` (en)."""
    whole, _point, fraction = value.partition(".")
    grouped = f"{int(whole):,}"
    if whole.startswith("-0"):
        grouped = "-0"
    if (language or get_language() or "id")[:2] == "id":
        return grouped.replace(",", ".") + (f",{fraction}" if fraction else "")
    return grouped + (f".{fraction}" if fraction else "")


class DecimalTextField(TextColumn):
    """A canonical decimal in a column; the empty text means that no number is recorded."""

    description = _("Canonical decimal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": 40, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)
        self.validators.append(validate_decimal)


@dataclass(frozen=True)
class Number:
    """A number in a text: where it stands, and every value that it may have.

    `readings` are canonical decimals: `1.409` is 1409 or 1.409. The span takes in a scale (`miliar`), a currency and a
    percent sign. `unit` is `%`, or one against the digits (`500km`), which the span leaves out.
    """

    start: int
    end: int
    text: str
    readings: tuple[str, ...]
    unit: str = ""
    currency: str = ""
    is_approximate: bool = False


class _Group(NamedTuple):
    """A count with its scale, such as `2,5 miliar`, and where it ends: before which atom, at which character."""

    counts: Readings
    factors: Readings
    after: int
    end: int

    @property
    def readings(self) -> Readings:
        return tuple(count * factor for factor in self.factors for count in self.counts)


def numbers_in(text: str) -> list[Number]:
    """Return the numbers of a text in their order. Ordinals (ke-3, 3rd), codes (4G) and sections (1.2.3) are none."""
    plain, places = join_broken_words(text)
    if not notation.DIGIT.search(plain) and BEGINNINGS.isdisjoint(notation.WORD.findall(plain.lower())):
        return []
    with localcontext(Context(prec=200)):
        found = _Reader(plain).numbers()
    if places is None:
        return found
    spans = [(number, places[number.start], places[number.end - 1] + 1) for number in found]
    return [replace(number, start=start, end=end, text=text[start:end]) for number, start, end in spans]


def is_read_in(value: str, text: str) -> bool:
    """Return whether a canonical decimal is what a number of the text may mean."""
    return any(value in number.readings for number in numbers_in(text))


def join_broken_words(text: str) -> tuple[str, list[int] | None]:
    """Return the text with its broken words joined and, where there were any, the place of each character."""
    is_on_one_line = text.isascii() and "\n" not in text and "\r" not in text
    if is_on_one_line or not BREAK_IN_WORD.search(text):
        return text, None
    places, at = list[int](), 0
    for match in BREAK_IN_WORD.finditer(text):
        places += range(at, match.start())
        at = match.end()
    places += range(at, len(text))
    return "".join(text[place] for place in places), places


def _readings_of(digits: str) -> Readings:
    """Return what digits with separators may mean; nothing for a section, a date or a version (1.2.3)."""
    if sum(map(str.isdigit, digits)) > notation.MAX_DIGITS_READ:
        return ()
    parts = re.split("[.,]", digits)
    if len(parts) == 1:
        return (Decimal(digits),)
    whole, decimal = Decimal("".join(parts)), Decimal(f"{''.join(parts[:-1])}.{parts[-1]}")
    if notation.GROUPED.fullmatch(digits):
        return (whole, decimal) if len(parts) == 2 else (whole,)
    before, separator = digits[: -len(parts[-1]) - 1], digits[-len(parts[-1]) - 1]
    is_decimal = len(parts) == 2 or (separator not in before and notation.GROUPED.fullmatch(before))
    return (decimal,) if is_decimal else ()


def _canonical(values: Iterable[Decimal]) -> tuple[str, ...]:
    texts = (format(value, "f") if value else "0" for value in values)
    return tuple(dict.fromkeys(text.rstrip("0").rstrip(".") if "." in text else text for text in texts))


class _Reader(NumberGrammar):
    """Reads one text: takes its atoms, and joins them to numbers."""

    def __init__(self, text: str) -> None:
        super().__init__(text, [])
        self.atoms += self._read_atoms()

    def _read_atoms(self) -> Iterator[Atom]:
        for match in notation.ATOM.finditer(self.text):
            start, end = match.span()
            if match["fraction"]:
                yield Atom(start, end, "part", Decimal(notation.FRACTIONS[match["fraction"]]))
                continue
            if match["word"]:
                if word := NUMBER_WORDS.get(match["word"].lower()):
                    yield Atom(start, end, *word)
                continue
            digits = "".join((match["money"] or match["digits"]).translate(notation.MISREAD_LETTERS).split())
            atom = Atom(start, end, "digits", digits=digits, sign=match["sign"] or "")
            if _readings_of(digits) and not self._is_name(atom):
                yield atom

    def _is_name(self, atom: Atom) -> bool:
        """Return whether digits belong to an ordinal or a code."""
        if notation.ORDINAL.search(self.text[max(0, atom.start - 4) : atom.start]):
            return True
        if not self.text[atom.end : atom.end + 1].isalnum() or self._letter_scale(atom):
            return False
        match = notation.ATOM.match(self.text, atom.end)
        kind, _value = NUMBER_WORDS.get(match[0].lower() if match else "", ("", ONE))
        suffixes = (notation.UNIT, notation.ABOUT_SUFFIX)
        return kind != "scale" and not any(suffix.match(self.text, atom.end) for suffix in suffixes)

    def _letter_scale(self, atom: Atom) -> tuple[Readings, int] | None:
        """Return what a letter behind digits multiplies them by: M is a miliar beside Rp, a million beside $."""
        match = notation.SCALE_LETTER.match(self.text, atom.end)
        if not match:
            return None
        gap, letter = match.groups()
        is_fraction = not atom.digits.isdigit()
        is_short = is_fraction or len(atom.digits) < 4  # 2029 M is a year
        powers = [notation.LETTER_POWERS[letter.lower()]]
        if atom.sign:
            if letter in "Mm" and notation.RUPIAH.match(atom.sign):
                powers = [9] if atom.sign.lower() == "rp" else [9, 6]
        elif letter == "M" and is_short:
            powers = [9] if "," in atom.digits else [9, 6]
        elif not (letter in "TB" and is_fraction) and not (letter == "T" and gap and is_short):
            return None
        return tuple(ONE.scaleb(power) for power in powers), match.end()

    def numbers(self) -> list[Number]:
        """Return the numbers; the first of `2-3 miliar` has the scale of the second too."""
        found: list[tuple[Number, Readings]] = []
        at = 0
        while at < len(self.atoms):
            group = self._group(at)
            if group is None:
                at += 1
                continue
            readings, last = self._sum(group)
            found.append((self._number(self.atoms[at], readings, last), group.factors))
            at = last.after
        for place, ((one, factors), (other, scale)) in enumerate(pairwise(found)):
            if factors == (ONE,) and self._is_range(one, other):
                scaled = _canonical(Decimal(value) * factor for factor in scale for value in one.readings)
                readings_of_both = tuple(dict.fromkeys((*scaled, *one.readings)))
                found[place] = replace(one, readings=readings_of_both, unit=one.unit or other.unit), factors
        return [number for number, _factors in found]

    def _is_range(self, one: Number, other: Number) -> bool:
        between = self.text[one.end : other.start]
        before = self.text[max(0, one.start - notation.MAX_BEFORE_CHARS) : one.start]
        is_pair = notation.AND.fullmatch(between) and notation.BETWEEN.search(before)
        return bool(is_pair or notation.TO.fullmatch(between))

    def _number(self, first: Atom, values: Readings, last: _Group) -> Number:
        text, start, end, unit, currency = self.text, first.start, last.end, "", first.sign
        before = text[max(0, start - notation.MAX_BEFORE_CHARS) : start]
        is_approximate = bool(notation.ABOUT.search(before) or notation.ABOUT_SCALE.search(text, start, end))
        if match := notation.ABOUT_SUFFIX.match(text, end):
            is_approximate, end = True, match.end()
        if match := notation.PERCENT.match(text, end):
            unit, end = "%", match.end()
        elif match := notation.UNIT.match(text, end):
            unit = match[0]
        elif match := notation.CURRENCY_WORD.match(text, end):
            currency, end = currency or match[1], match.end()
        if currency and last.factors == (ONE,):
            values = values[:1]  # no money has thousandths
        negative = tuple(-value for value in values)
        if notation.MINUS.search(before):
            values = negative
        elif notation.DASH.search(before):
            values += negative
        return Number(start, end, text[start:end], _canonical(values), unit, currency, is_approximate)

    def _sum(self, group: _Group) -> tuple[Readings, _Group]:
        """Return what a group makes with smaller ones behind it, and the last of them: `2 miliar lima ratus juta`."""
        readings = group.readings
        while len(readings) == 1 and group.factors[0] > 1 and not group.counts[0] % 1:
            at = group.after + (self.kind(group.after) == "and")
            smaller = self._group(at) if self.kind(at) not in ("", "part", "a") else None
            if not smaller or len(smaller.readings) > 1 or smaller.readings[0] >= group.factors[0]:
                break
            if self.atoms[at].kind == "digits" and smaller.factors == (ONE,):
                break
            readings, group = (readings[0] + smaller.readings[0],), smaller
        if fraction := self.fraction(group.after):
            readings = tuple(value + fraction[0] for value in readings)
            group = group._replace(after=fraction[1], end=self.atoms[fraction[1] - 1].end)
        return readings, group

    def _group(self, at: int) -> _Group | None:
        """Return a count and its scale, from this atom on."""
        atom, after, factors = self.atoms[at], at + 1, (ONE,)
        counts: Readings = (atom.value,)
        if len(atom.digits) == 1 and self.kind(after) == "ratus":  # 2 ratus juta
            self.atoms[at] = atom = atom._replace(kind="one", value=Decimal(atom.digits))
        if atom.kind == "digits":
            counts = _readings_of(atom.digits)
        elif atom.kind == "one_scale":
            counts, factors = (ONE,), (ONE.scaleb(int(atom.value)),)
        elif atom.kind == "part":
            after += self.kind(after) == "a" and self.kind(after + 1) == "scale"
        elif below := self.below_thousand(at):
            counts, after = (below[0],), below[1]
        elif atom.kind != "a" or self.kind(after) != "scale":
            return None
        counts, after = self._with_fraction(counts, after)
        while self.kind(after) == "scale":
            factors = (factors[0].scaleb(int(self.atoms[after].value)),)
            after += 1
        last = self.atoms[after - 1]
        if last.kind == "digits" and (letter := self._letter_scale(last)):
            return _Group(counts, letter[0], after, letter[1])
        return _Group(counts, factors, after, last.end)

    def _with_fraction(self, counts: Readings, after: int) -> tuple[Readings, int]:
        """Return the counts with what follows: `koma lima`, `setengah`, `and a half`."""
        added = None if self.atoms[after - 1].kind == "one_scale" else self.fraction(after)  # seribu koma satu: 1000.1
        part = after
        if self.kind(after) == "and":
            part += 2 if self.kind(after + 1) == "a" else 1
        if self.kind(part) == "part":
            added = self.atoms[part].value, part + 1
        return (tuple(count + added[0] for count in counts), added[1]) if added else (counts, after)
