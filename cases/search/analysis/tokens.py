"""Words of a text as search sees them: the same for what is indexed and for what is asked.

A word is folded (lower case, no accents), hyphens and separators split it, a number has one form in both notations
(`2,5` and `2.5`; `1.409` and `1,409` are 1409). The asterisks that mark italics in our sources are no letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

WORD = re.compile(r"\d+(?:[.,]\d+)+(?!\w)|[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
HYPHENS = "-‐‑"
HYPHENED = re.compile(rf"[^\W\d_]+(?:[{HYPHENS}][^\W\d_]+)+")
GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
LONGEST = 40
"""Characters of a word; the rest of a longer one is not looked at."""
SCALES = {
    "ribu": 3, "thousand": 3,
    "juta": 6, "million": 6,
    "miliar": 9, "milyar": 9, "billion": 9,
    "triliun": 12, "trilyun": 12, "trillion": 12,
}  # fmt: skip
"""Words that multiply the number before them by a power of ten."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word in its searched form, and where it stands in the text."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case, without accents and invisible characters."""
    if text.isascii():
        return text.lower()
    return "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.category(c) not in ("Mn", "Cf")
    )


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, in order."""
    for match in WORD.finditer(text):
        yield Token(searched(match[0]), match.start(), match.end())
        if text.startswith("+", match.end()) and match[0][-1].isalpha():  # part of a name, as in ICON+
            yield Token("plus", match.end(), match.end() + 1)


def words(text: str) -> list[str]:
    """The same without places: the fast form, for indexing."""
    if "+" in text:
        return [token.word for token in tokens(text)]
    return list(map(searched, WORD.findall(text)))


@lru_cache(maxsize=200_000)
def searched(raw: str) -> str:
    """One word as written, in its searched form."""
    if raw[0].isdigit():
        return number(raw) or fold(raw)[:LONGEST]
    return fold(raw).replace("'", "").replace("’", "")[:LONGEST]


def number(raw: str) -> str | None:
    """A number in its one form: no grouping, a point for decimals, no idle zeros. None when it is not a number."""
    if not re.fullmatch(r"\d+(?:[.,]\d+)*", raw, re.ASCII):
        return None
    if GROUPED.fullmatch(raw):
        return re.sub("[.,]", "", raw)
    parts = re.split("[.,]", raw)
    if len(parts) == 1:
        return raw.lstrip("0") or "0"
    separators = re.findall("[.,]", raw)
    if separators[-1] not in separators[:-1] and len(set(separators)) <= 2:  # 2,5 and 1.409,5: the last one is decimal
        whole, fraction = "".join(parts[:-1]).lstrip("0") or "0", parts[-1].rstrip("0")
        return f"{whole}.{fraction}" if fraction else whole
    return raw.replace(",", ".")  # 1.2.3: a section, a date


def scaled(value: str, scale: str) -> str | None:
    """`2.5` and `miliar` as 2500000000; None when these are not a number and a scale."""
    power = SCALES.get(scale)
    if power is None or not re.fullmatch(r"\d{1,6}(?:\.\d+)?", value):
        return None
    whole, _point, fraction = value.partition(".")
    if len(fraction) > power:
        return None
    return (whole + fraction.ljust(power, "0")).lstrip("0") or "0"


def compounds(text: str) -> list[str]:
    """Hyphened words written together: `wifi` for Wi-Fi. A word that is only doubled (orang-orang) is left as it is."""
    if not any(hyphen in text for hyphen in HYPHENS):
        return []
    found = []
    for match in HYPHENED.finditer(text):
        parts = re.split(f"[{HYPHENS}]", fold(match[0]))
        if len(set(parts)) > 1:
            found.append("".join(parts)[:LONGEST])
    return found


def amounts(found: list[str]) -> list[str]:
    """Numbers with their scale written out, wherever one follows the other."""
    if SCALES.keys().isdisjoint(found):
        return []
    return [whole for value, scale in pairwise(found) if (whole := scaled(value, scale))]
