"""The tokenizer: the words of a text as search sees them, the same for what is indexed and for a query.

A word is folded (lower case, no accents) and has one spelling (thn: tahun), hyphens and separators split it. A number
is one word, its value: `2,5 miliar` and `Rp2.500.000.000,00` are 2500000000, and neither is 2.5; `1.409` and `1,409`
are 1409. A month is its Indonesian name: `11-06-2029` and `11 June 2029` are 11 juni 2029. What stands before the
numbers of a law is no word: `UU No. 23 Tahun 2014` and `UU 23/2014` are uu 23 2014. The asterisks that mark italics in
our sources are no letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from sources.numbers import Number, join_broken_words, numbers_in

from .word_lists import spellings, stopwords

PLAIN_WORD = r"\d+(?:[.,]\d+)+(?!\w)|[^\W_]+(?:['’][^\W_]+)?"
DEGREE = "|".join(re.escape(degree) for degree in sorted(stopwords().degrees, key=len, reverse=True))
WORD = re.compile(rf"(?=[^\W\d_]{{1,2}}\.)(?<![^\W_])(?<![^\W_]\.)(?i:{DEGREE})(?![^\W_])|{PLAIN_WORD}")
WORD_WITHOUT_POINT = re.compile(PLAIN_WORD)
HYPHENS = "-‐‑"
HYPHENED = re.compile(rf"[^\W\d_]+(?:[{HYPHENS}][^\W\d_]+)+")
# jalan2, dinas2nya: jalan-jalan, dinas-dinasnya
DOUBLED = re.compile(r"([A-Za-z]?[a-z]{2,})2(?:nya)?", re.ASCII)
# The rest of a longer word is not looked at
MAX_WORD_CHARS = 40
# By their Indonesian names. One of three letters, and march, may be another word: it is a month beside a number only
MONTHS = {
    "januari": "january jan", "februari": "february feb", "maret": "march mar", "april": "apr", "mei": "may",
    "juni": "june jun", "juli": "july jul", "agustus": "august agu agt ags aug", "september": "sept sep",
    "oktober": "october okt oct", "november": "nov nop", "desember": "december des dec",
}  # fmt: skip
MONTH_OF = {other: month for month, others in MONTHS.items() for other in others.split()}
ALWAYS_MONTHS = {other: month for other, month in MONTH_OF.items() if len(other) > 3 and other != "march"}
MONTH_WORD = f"(?:{'|'.join(MONTH_OF.keys() - ALWAYS_MONTHS.keys())})"
MONTH_AFTER = re.compile(rf"[\s-]({MONTH_WORD})(?![^\W_])", re.IGNORECASE)
MONTH_BEFORE = re.compile(rf"(?<![^\W_])({MONTH_WORD})\.?[\s-]$", re.IGNORECASE)
DATE_LIKE = re.compile(r"\d[-./]\d\d?[-./]\d")
DATE = re.compile(
    r"(?<![\w/])(?<!\d[.,-])(?:(?P<day>\d\d?)(?P<by>[-./])(?P<month>\d\d?)(?P=by)(?P<year>(?:19|20)\d\d)"
    r"|(?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d))(?![\w/-]|[.,]\d)",
    re.ASCII,
)
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
# What stands before the number and the year of a law
LABEL = r"(?<![^\W_])(?:(?:no|nr|nomor|nomer|number)\s?[.:]?{})\s{{0,2}}$"
LABEL_OF_NUMBER = re.compile(LABEL.format(""), re.IGNORECASE)
LABEL_OF_YEAR = re.compile(LABEL.format(r"|(?:tahun|thn|th|taun|year)\.?"), re.IGNORECASE)
MAX_LABEL_CHARS = 12
YEARS = range(1900, 2101)
# To how many digits a number is rounded, and which way
ROUNDINGS = ((2, ROUND_HALF_UP), (3, ROUND_HALF_UP), (4, ROUND_HALF_UP), (4, ROUND_DOWN))
MAX_SMALL_NUMBER = 1000


class Token(NamedTuple):
    """A word of a text and where it stands; `values` are those that a number may have, the first of them the word."""

    start: int
    end: int
    word: str
    values: tuple[str, ...] = ()


def fold_word(text: str) -> str:
    """Return the text in lower case, without accents and invisible characters."""
    if text.isascii():
        return text.lower()
    return "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.category(c) not in ("Mn", "Cf")
    )


def tokenize(text: str) -> list[str]:
    """Return the words of a text, in order."""
    return [token.word for token in tokens(text)]


def tokens(text: str) -> list[Token]:
    """Return the words of a text in order, and where each stands; one that a line end divides is joined."""
    joined, places = join_broken_words(text)
    found, at = list[Token](), 0
    for number in number_words(joined):
        values = tuple(values_of(number))
        token = Token(number.start, number.end, values[0], values if values[0][0].isdigit() else ())
        found += [*_plain_tokens(joined[at : number.start], at), token]
        at = number.end
    found += _plain_tokens(joined[at:], at)
    if places is None:
        return found
    return [token._replace(start=places[token.start], end=places[token.end - 1] + 1) for token in found]


def number_words(text: str) -> list[Number]:
    """Return the numbers of a text that are one word each: those with digits, and those of several words.

    Among them are the parts of dates, of which the month has its name for a value. The span of a number takes in the
    word before it that says it is one (`No. 23`, `Tahun 2014`).
    """
    numbers = [number for number in numbers_in(text) if any(c.isnumeric() or c.isspace() for c in number.text)]
    if DATE_LIKE.search(text):
        dates = list(_date_parts(text))
        apart = (number for number in numbers if not any(_overlap(number, part) for part in dates))
        numbers = sorted([*apart, *dates], key=lambda number: number.start)
    found: list[Number] = []
    for number in numbers:
        after = found[-1].end if found else 0
        found += _with_neighbours(text, after, number) if number.text.isdigit() else [number]
    return found


def _with_neighbours(text: str, after: int, number: Number) -> list[Number]:
    """Return a number with the word before it that says it is one, and the short names of months on either side."""
    before = max(after, number.start - MAX_LABEL_CHARS)
    label = LABEL_OF_YEAR if YEAR.fullmatch(number.text) else LABEL_OF_NUMBER
    if match := label.search(text, before, number.start):
        return [replace(number, start=match.start())]
    found = [number]
    if match := MONTH_BEFORE.search(text, before, number.start):
        found.insert(0, _month(match))
    if len(number.text) < 3 and (match := MONTH_AFTER.match(text, number.end)):
        found.append(_month(match))
    return found


def _month(match: re.Match[str]) -> Number:
    return Number(*match.span(1), match[1], (MONTH_OF[match[1].lower()],))


def _date_parts(text: str) -> Iterator[Number]:
    """Yield the day, the month and the year of the dates in digits."""
    for match in DATE.finditer(text):
        names = ("day", "month", "year") if match["day"] else ("iso_year", "iso_month", "iso_day")
        if match["day"] and int(match["month"]) > 12:  # 06/25/2029
            names = ("month", "day", "year")
        month = int(match[names[1]])
        day = int(match["day"] or match["iso_day"]) if names[0] != "month" else int(match["month"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            parts = [Number(*match.span(name), match[name], (str(int(match[name])),)) for name in names]
            parts[1] = replace(parts[1], readings=(list(MONTHS)[month - 1],))
            yield from parts


def _overlap(one: Number, other: Number) -> bool:
    return one.start < other.end and other.start < one.end


def values_of(number: Number) -> list[str]:
    """Return the values of a number without a sign; the first is its word."""
    return list(dict.fromkeys(reading.lstrip("-") for reading in number.readings))


def plain_words(text: str) -> list[str]:
    """Return the words of a text that holds no number and no broken word."""
    if "2" in text or "+" in text:
        return [token.word for token in _plain_tokens(text, 0)]
    return list(map(normalize_word, _words_of(text).findall(text)))


def _words_of(text: str) -> re.Pattern[str]:
    return WORD if "." in text else WORD_WITHOUT_POINT


def _plain_tokens(text: str, at: int) -> Iterator[Token]:
    may_double, may_add = "2" in text, "+" in text
    for match in _words_of(text).finditer(text):
        start, end = match.span()
        doubled = DOUBLED.fullmatch(match[0]) if may_double else None
        if doubled:
            middle = start + doubled.end(1)
            yield Token(at + start, at + middle, normalize_word(doubled[1]))
            yield Token(at + middle, at + end, normalize_word(doubled[1]))
            continue
        yield Token(at + start, at + end, normalize_word(match[0]))
        if may_add and text.startswith("+", end) and match[0][-1].isalpha():  # part of a name, as in ICON+
            yield Token(at + end, at + end + 1, "plus")


@lru_cache(maxsize=200_000)
def normalize_word(raw: str) -> str:
    """Return one word as it is written in the form in which it is indexed and searched."""
    if re.fullmatch(r"\d+(?:[.,]\d+)*", raw, re.ASCII):  # no number: an ordinal, a section
        return raw.replace(",", ".").lstrip("0")[:MAX_WORD_CHARS] or "0"
    word = fold_word(raw).replace("'", "").replace("’", "")[:MAX_WORD_CHARS]
    if word.endswith("nya") and (base := word.removesuffix("nya")) in spellings():  # adeknya
        return f"{spellings()[base]}nya"
    return ALWAYS_MONTHS.get(word) or spellings().get(word, word)


@lru_cache(maxsize=1000)
def other_spellings(word: str) -> tuple[str, ...]:
    """Return the spellings of which the tokenizer makes this word."""
    every = ALWAYS_MONTHS | spellings()
    return tuple(other for other, to in every.items() if to == word)


def hyphen_compounds(text: str) -> list[str]:
    """Return hyphened words written together: `wifi` for Wi-Fi. A word that is doubled (orang-orang) is left out."""
    if not any(hyphen in text for hyphen in HYPHENS):
        return []
    joined = []
    for match in HYPHENED.finditer(text):
        parts = re.split(f"[{HYPHENS}]", fold_word(match[0]))
        if len(set(parts)) > 1:
            joined.append("".join(parts)[:MAX_WORD_CHARS])
    return joined


def rounded_values(value: str) -> list[str]:
    """Return what a canonical decimal may be called where it is rounded: 210 million for 210030000.

    Rounded half up to 2, 3 and 4 digits and cut to 4; below a thousand also to a whole number. Never a year, nor a
    whole number below a thousand: 201 pages are not 200.
    """
    number = Decimal(value)
    if number in YEARS or (number < MAX_SMALL_NUMBER and number == int(number)):
        return []
    rounded = {Context(digits, rounding).plus(number) for digits, rounding in ROUNDINGS}
    if 1 <= number < MAX_SMALL_NUMBER:
        rounded.add(number.quantize(Decimal(1), ROUND_HALF_UP))
    return [format(each.normalize(), "f") for each in sorted(rounded - {number})]
