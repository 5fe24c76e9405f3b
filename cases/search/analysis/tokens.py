"""The tokenizer: the words of a text as search sees them, the same for what is indexed and for a query.

A word is folded (lower case, no accents), hyphens and separators split it. A number is one word, its value:
`2,5 miliar` and `Rp2.500.000.000,00` are 2500000000, and neither is 2.5; `1.409` and `1,409` are 1409. The asterisks
that mark italics in our sources are no letters.
"""

import re
import unicodedata
from functools import lru_cache

from sources.numbers import Number, numbers_in

WORD = re.compile(r"\d+(?:[.,]\d+)+(?!\w)|[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
HYPHENS = "-‐‑"
HYPHENED = re.compile(rf"[^\W\d_]+(?:[{HYPHENS}][^\W\d_]+)+")
# The rest of a longer word is not looked at
MAX_WORD_CHARS = 40


def fold_word(text: str) -> str:
    """Return the text in lower case, without accents and invisible characters."""
    if text.isascii():
        return text.lower()
    return "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.category(c) not in ("Mn", "Cf")
    )


def number_words(text: str) -> list[Number]:
    """Return the numbers of a text that are one word each: those with digits, and those of several words."""
    return [number for number in numbers_in(text) if any(c.isdigit() or c.isspace() for c in number.text)]


def values_of(number: Number) -> list[str]:
    """Return the values of a number without a sign; the first is its word."""
    return list(dict.fromkeys(reading.lstrip("-") for reading in number.readings))


def tokenize(text: str) -> list[str]:
    """Return the words of a text, in order."""
    words, at = list[str](), 0
    for number in number_words(text):
        words += [*plain_words(text[at : number.start]), values_of(number)[0]]
        at = number.end
    return words + plain_words(text[at:])


def plain_words(text: str) -> list[str]:
    """Return the words of a text that holds no number."""
    if "+" not in text:
        return list(map(normalize_word, WORD.findall(text)))
    words = []
    for match in WORD.finditer(text):
        words.append(normalize_word(match[0]))
        if text.startswith("+", match.end()) and match[0][-1].isalpha():  # part of a name, as in ICON+
            words.append("plus")
    return words


@lru_cache(maxsize=200_000)
def normalize_word(raw: str) -> str:
    """Return one word as it is written in the form in which it is indexed and searched."""
    if re.fullmatch(r"\d+(?:[.,]\d+)*", raw, re.ASCII):  # no number: an ordinal, a section, a date
        return raw.replace(",", ".").lstrip("0")[:MAX_WORD_CHARS] or "0"
    return fold_word(raw).replace("'", "").replace("’", "")[:MAX_WORD_CHARS]


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
