"""The sums, terms, counts and dates that the selected words state: each once, however often they state it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
import yaml

from cases.claim_kinds.penalty import TERM, months_in
from sources.number_words import in_words
from sources.numbers import Number, display, numbers_in

DATA = Path(__file__).parent / "data"
CURRENCIES = {
    **dict.fromkeys(("rp", "idr", "rupiah"), "IDR"),
    **dict.fromkeys(("us$", "usd"), "USD"),
    **dict.fromkeys(("s$", "sgd"), "SGD"),
    **dict.fromkeys(("a$", "aud"), "AUD"),
    **dict.fromkeys(("rm", "myr", "ringgit"), "MYR"),
    **dict.fromkeys(("eur", "€", "euro", "euros"), "EUR"),
}
# A sum without a sign of money, by the words before it
OF_MONEY = re.compile(r"\b(?:uang|dana|senilai|anggaran|biaya|nilai|worth|cash)\b[^.;,\d]{0,40}$", re.IGNORECASE)
# Words before a number that make it a difference between two others
DIFFERENCE = re.compile(
    r"\b(?:(?:naik|turun|bertambah|berkurang|melampaui|melebihi|selisih)\b[^.;,\d]{0,40}|lebih\s+(?:rendah|tinggi|besar|kecil)"
    r"\s(?:sebesar\s)?|(?:rose|fell|exceed\w*|increas\w+|reduc\w+)\b[^.;,\d]{0,40}\bby\s)$",
    re.IGNORECASE,
)
AT_LEAST = re.compile(
    r"\b(?:lebih dari|di atas|tidak kurang dari|sekurang-kurangnya|sedikitnya|minimal|paling sedikit|more than|over"
    r"|at least)\s$",
    re.IGNORECASE,
)
AT_MOST = re.compile(
    r"\b(?:kurang dari|di bawah|tidak lebih dari|paling banyak|maksimal|hingga|sampai|up to|less than|at most)\s$",
    re.IGNORECASE,
)
EACH = re.compile(r"\b(?:masing-masing|setiap|tiap|tiap-tiap|each|per (?!cent))\b", re.IGNORECASE)
ABOUT = re.compile(r"(?:sekitar|kira-kira|kurang lebih|hampir|about|around|roughly|nearly|almost)\s$", re.IGNORECASE)
NEAR = 60


class Unit(msgspec.Struct, frozen=True):
    id: str
    en: str


@dataclass(frozen=True)
class Stated:
    """A value that the words state, with those words. `spelt` is the same number in words, where the source adds it."""

    value: str
    words: str
    currency: str = ""
    unit_id: str = ""
    unit_en: str = ""
    bound: str = "exact"
    is_difference: bool = False
    spelt: str = ""
    agrees: bool = True

    def read_back(self, language: str) -> str:
        """Return what the number means, in digits and in words."""
        return " · ".join(filter(None, (display(self.value, language), in_words(self.value, language))))


@cache
def units() -> dict[str, Unit]:
    """Return the units of counts by each of their names."""
    loaded = yaml.load((DATA / "units.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - only text
    rows = msgspec.convert(loaded, list[Unit])
    return {name: row for row in reversed(rows) for name in (row.id, row.en)}


def sums_in(words: str) -> list[Stated]:
    """Return the sums of money, each value once."""
    found: list[Stated] = []
    for number, spelt in _with_their_words(words):
        before = words[max(0, number.start - NEAR) : number.start]
        is_money = bool(number.currency) or (OF_MONEY.search(before) and _is_large(number))
        if is_money and number.unit != "%":
            found.append(_stated(words, number, before, spelt))
    same = {(each.value, each.currency): each for each in reversed(found)}
    return list(reversed(same.values()))


def counts_in(words: str) -> list[Stated]:
    """Return the counts whose unit is in the file of units, and shares in percent."""
    found = []
    for number, spelt in _with_their_words(words):
        before = words[max(0, number.start - NEAR) : number.start]
        if number.unit == "%":
            found.append(_stated(words, number, before, spelt, "persen", "percent"))
        elif not number.currency and not number.unit and (unit := _unit_behind(words, number, spelt)):
            found.append(_stated(words, number, before, spelt, *unit))
    return list({(each.value, each.unit_id): each for each in found}.values())


def _unit_behind(words: str, number: Number, spelt: Number | None) -> tuple[str, str] | None:
    behind = words[(spelt or number).end :].lstrip(")").strip().lower()
    names = (name for name in units() if behind.startswith(name) and not behind[len(name) : len(name) + 1].isalnum())
    unit = units().get(max(names, key=len, default=""))
    return (unit.id, unit.en) if unit else None


def _with_their_words(words: str) -> Iterator[tuple[Number, Number | None]]:
    """Yield each number, with the one behind it in parentheses: “5 (lima)”, “Rp500,00 (lima ratus rupiah)”."""
    read = numbers_in(words)
    taken: set[int] = set()
    for place, number in enumerate(read):
        if place in taken:
            continue
        following = read[place + 1] if place + 1 < len(read) else None
        is_spelt = following and words[number.end : following.start].strip() == "(" and not _is_other(number, following)
        if is_spelt:
            taken.add(place + 1)
        yield number, following if is_spelt else None


def _is_other(number: Number, following: Number) -> bool:
    """Return whether what stands in parentheses is a sum of its own, as in another currency."""
    one, other = (CURRENCIES.get(each.currency.lower(), "") for each in (number, following))
    return bool(one and other and one != other)


def _is_large(number: Number) -> bool:
    return len(number.readings) == 1 and len(number.readings[0].split(".")[0]) > 3


def _stated(
    words: str, number: Number, before: str, spelt: Number | None, unit_id: str = "", unit_en: str = ""
) -> Stated:
    about = ABOUT.search(before)
    start = number.start - (len(about[0]) if about else 0)
    bound = "at_least" if AT_LEAST.search(before) else "at_most" if AT_MOST.search(before) else "exact"
    return Stated(
        value=number.readings[0] if len(number.readings) == 1 else "",
        words=words[start : number.end],
        currency=CURRENCIES.get(number.currency.lower(), ""),
        unit_id=unit_id,
        unit_en=unit_en,
        bound="about" if about or number.is_approximate else bound,
        is_difference=bool(DIFFERENCE.search(before)),
        spelt=words[spelt.start : spelt.end] if spelt else "",
        agrees=spelt is None or bool({*number.readings} & {*spelt.readings}),
    )


def terms_in(words: str) -> list[Stated]:
    """Return the terms in years and months, each in months."""
    found = [Stated(str(months_in(match[0])[0]), match[0].rstrip()) for match in TERM.finditer(words)]
    pairs = [(number, spelt) for number, spelt in _with_their_words(words) if spelt]
    wrong = [number.start for number, spelt in pairs if not {*number.readings} & {*spelt.readings}]
    if wrong:
        found = [Stated(each.value, each.words, agrees=False) for each in found]
    return list({each.value: each for each in found}.values())
