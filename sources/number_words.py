"""Numbers in words, Indonesian and English: the grammar that reads them, and a number read back."""

from decimal import Decimal
from typing import NamedTuple

ONES = {
    "id": ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
ENGLISH_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# The powers of a thousand, from the first on
SCALES = {
    "id": ("ribu", "juta", "miliar", "triliun", "kuadriliun"),
    "en": ("thousand", "million", "billion", "trillion", "quadrillion"),
}
SPELLINGS = {"milyar": 9, "milliar": 9, "trilyun": 12}
ABBREVIATIONS = {"rb": 3, "jt": 6, "mn": 6, "mio": 6, "bn": 9, "tn": 12, "trn": 12}
PARTS = {"setengah": "0.5", "separuh": "0.5", "half": "0.5", "seperempat": "0.25"}
POINT = {"id": "koma", "en": "point"}
# More before the point than the scales can say
MAX_WORDED_DIGITS = 18


class Atom(NamedTuple):
    """A number in digits, or a word of which numbers are made; `kind` is its place in the grammar."""

    start: int
    end: int
    kind: str
    value: Decimal = Decimal(1)
    digits: str = ""
    sign: str = ""


def _number_words() -> dict[str, tuple[str, Decimal]]:
    """Return the kind and the value of every word of which numbers are made; the value of a scale is its power."""
    words: dict[str, tuple[str, int]] = {
        "seratus": ("seratus", 100),
        "ratus": ("ratus", 100),
        "hundred": ("ratus", 100),
    }
    words |= {"sepuluh": ("teen", 10), "sebelas": ("teen", 11), "belas": ("belas", 10), "puluh": ("puluh", 10)}
    words |= {"a": ("a", 1), "and": ("and", 0), "koma": ("point", 0), "point": ("point", 0)}
    words |= {word: ("one", value) for ones in ONES.values() for value, word in enumerate(ones)}
    words |= {word: ("teen", value) for value, word in enumerate(ENGLISH_TEENS, 10)}
    words |= {word: ("tens", value * 10) for value, word in enumerate(ENGLISH_TENS, 2)}
    powers = {language: {word: 3 * n for n, word in enumerate(SCALES[language], 1)} for language in SCALES}
    words |= {word: ("scale", power) for word, power in (powers["en"] | ABBREVIATIONS).items()}
    for word, power in (powers["id"] | SPELLINGS).items():
        words |= {word: ("scale", power), f"{word}an": ("scale", power), f"se{word}": ("one_scale", power)}
    values = {word: (kind, Decimal(value)) for word, (kind, value) in words.items()}
    return values | {word: ("part", Decimal(value)) for word, value in PARTS.items()}


NUMBER_WORDS = _number_words()
# One of these stands in every number in words
BEGINNINGS = frozenset(word for word, (kind, _value) in NUMBER_WORDS.items() if kind not in ("a", "and", "point"))


class NumberGrammar:
    """Reads the words for numbers below a thousand, and spoken fractions, among the atoms of a text.

    Each method takes the place of an atom, and returns what it reads there with the place after it, or None.
    """

    def __init__(self, text: str, atoms: list[Atom]) -> None:
        self.text, self.atoms = text, atoms

    def kind(self, at: int, between: str = "") -> str:
        """Return the kind of an atom; nothing where more than space (or `between`) parts it from the one before."""
        if at >= len(self.atoms):
            return ""
        gap = self.text[self.atoms[at - 1].end : self.atoms[at].start].strip()
        return "" if gap.strip(between) else self.atoms[at].kind

    def below_thousand(self, at: int) -> tuple[Decimal, int] | None:
        kind, value, after = self.atoms[at].kind, self.atoms[at].value, at + 1
        if kind in ("one", "a") and self.kind(after) == "ratus":
            value, after = value * 100, after + 1
        elif kind != "seratus":
            return self.below_hundred(at)
        rest_at = after + (self.kind(after) == "and")
        rest = self.below_hundred(rest_at) if self.kind(rest_at) else None
        return (value + rest[0], rest[1]) if rest else (value, after)

    def below_hundred(self, at: int) -> tuple[Decimal, int] | None:
        kind, value, after = self.atoms[at].kind, self.atoms[at].value, at + 1
        following = self.kind(after)
        if kind == "one" and following == "belas":
            return value + 10, after + 1
        if kind == "one" and following == "puluh":
            return self._with_one(value * 10, after + 1)
        if kind == "tens":
            return self._with_one(value, after, between="-")
        return (value, after) if kind == "teen" or (kind == "one" and following != "ratus") else None

    def _with_one(self, tens: Decimal, after: int, between: str = "") -> tuple[Decimal, int]:
        has_one = self.kind(after, between) == "one" and self.kind(after + 1) not in ("belas", "puluh", "ratus")
        return (tens + self.atoms[after].value, after + 1) if has_one else (tens, after)

    def fraction(self, at: int) -> tuple[Decimal, int] | None:
        """Read the digits behind a spoken point: `koma nol lima`, `koma tujuh puluh lima`."""
        digits, after = "", at + 1
        while self.kind(at) == "point" and self.kind(after):
            below = self.below_hundred(after)
            if self.atoms[after].digits.isdigit():
                digits, after = digits + self.atoms[after].digits, after + 1
            elif below:
                digits, after = f"{digits}{below[0]}", below[1]
            else:
                break
        return (Decimal(f"0.{digits}"), after) if digits else None


def in_words(value: str, language: str) -> str:
    """Return a canonical decimal in words of a language (`id` or `en`), such as `dua miliar lima ratus juta`.

    Empty where it has more than 18 digits before the point.
    """
    whole, _point, fraction = value.lstrip("-").partition(".")
    if len(whole) > MAX_WORDED_DIGITS:
        return ""
    words = ["minus"] if value.startswith("-") else []
    for power in range(len(SCALES[language]), -1, -1):
        if count := int(whole) // 1000**power % 1000:
            words += _scaled(count, power, language)
    words += [] if int(whole) else [ONES[language][0]]
    if fraction:
        words += [POINT[language], *(ONES[language][int(digit)] for digit in fraction)]
    return " ".join(words)


def _scaled(count: int, power: int, language: str) -> list[str]:
    """Return a count below a thousand with a power of a thousand; one thousand is `seribu`."""
    if count == power == 1 and language == "id":
        return ["seribu"]
    hundreds, rest = divmod(count, 100)
    words = [ONES[language][hundreds], "ratus" if language == "id" else "hundred"] if hundreds else []
    if hundreds == 1 and language == "id":
        words = ["seratus"]
    words += (_below_hundred_id(rest) if language == "id" else _below_hundred_en(rest)) if rest else []
    return words + ([SCALES[language][power - 1]] if power else [])


def _below_hundred_id(number: int) -> list[str]:
    tens, one = divmod(number, 10)
    if tens == 1:
        return ["sepuluh"] if not one else ["sebelas"] if one == 1 else [ONES["id"][one], "belas"]
    return ([ONES["id"][tens], "puluh"] if tens else []) + ([ONES["id"][one]] if one else [])


def _below_hundred_en(number: int) -> list[str]:
    tens, one = divmod(number, 10)
    if tens < 2:
        return [(ONES["en"] + ENGLISH_TEENS)[number]]
    return [f"{ENGLISH_TENS[tens - 2]}-{ONES['en'][one]}" if one else ENGLISH_TENS[tens - 2]]
