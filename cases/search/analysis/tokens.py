"""The tokenizer: the words of a text as search sees them, the same for what is indexed and for a query.

A word is folded (lower case, no accents), hyphens and separators split it, a number has one form in both notations
(`2,5` and `2.5`; `1.409` and `1,409` are 1409). The asterisks that mark italics in our sources are no letters.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

WORD = re.compile(r"\d+(?:[.,]\d+)+(?!\w)|[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
HYPHENS = "-‐‑"
HYPHENED = re.compile(rf"[^\W\d_]+(?:[{HYPHENS}][^\W\d_]+)+")
GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
# The rest of a longer word is not looked at
MAX_WORD_CHARS = 40
# Words that multiply the number before them by a power of ten
SCALES = {
    "ribu": 3, "thousand": 3,
    "juta": 6, "million": 6,
    "miliar": 9, "milyar": 9, "billion": 9,
    "triliun": 12, "trilyun": 12, "trillion": 12,
}  # fmt: skip


def fold_word(text: str) -> str:
    """Return the text in lower case, without accents and invisible characters."""
    if text.isascii():
        return text.lower()
    return "".join(
        c for c in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.category(c) not in ("Mn", "Cf")
    )


def tokenize(text: str) -> list[str]:
    """Return the words of a text, in order."""
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
    if raw[0].isdigit():
        return canonical_number(raw) or fold_word(raw)[:MAX_WORD_CHARS]
    return fold_word(raw).replace("'", "").replace("’", "")[:MAX_WORD_CHARS]


def canonical_number(raw: str) -> str | None:
    """Return a number without grouping and idle zeros, with a point for decimals; None when it is not a number."""
    if not re.fullmatch(r"\d+(?:[.,]\d+)*", raw, re.ASCII):
        return None
    if GROUPED.fullmatch(raw):
        return re.sub("[.,]", "", raw)
    parts = re.split("[.,]", raw)
    if len(parts) == 1:
        return raw.lstrip("0") or "0"
    separators = re.findall("[.,]", raw)
    if separators[-1] not in separators[:-1] and len(set(separators)) <= 2:  # 2,5 and 1.409,5: the last one is decimal
        integer, fraction = "".join(parts[:-1]).lstrip("0") or "0", parts[-1].rstrip("0")
        return f"{integer}.{fraction}" if fraction else integer
    return raw.replace(",", ".")  # 1.2.3: a section, a date


def scale_number(value: str, scale: str) -> str | None:
    """Return 2500000000 for `2.5` and `miliar`; None when these are not a number and a scale."""
    power = SCALES.get(scale)
    if power is None or not re.fullmatch(r"\d{1,6}(?:\.\d+)?", value):
        return None
    integer, _point, fraction = value.partition(".")
    if len(fraction) > power:
        return None
    return (integer + fraction.ljust(power, "0")).lstrip("0") or "0"


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


def scaled_amounts(tokens: list[str]) -> list[str]:
    """Return the numbers that are followed by a scale, written out."""
    if SCALES.keys().isdisjoint(tokens):
        return []
    return [amount for value, scale in pairwise(tokens) if (amount := scale_number(value, scale))]
