"""Stems: what the inflected forms of a word have in common.

Indonesian without a dictionary: suffixes are stripped and each prefix is undone to *every* root that it may hide
(menolak: tolak, olak). Two words meet when they share one candidate. English by Snowball, marked `e~` so that the two
languages never meet by accident. Names are mangled by any stemmer: they are searched by their own spelling elsewhere.
"""

from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

ENGLISH = "e~"
SHORTEST = 4
"""Letters of a root; a shorter one is left with its affixes."""
VOWELS = "aeiou"
PARTICLES = (("nya", 4), ("lah", 5), ("kah", 5), ("pun", 5), ("ku", 5), ("mu", 5))
"""Endings that are not part of the word, and how many letters must remain."""
NASALS = (("mem", "pm", "bfvp"), ("pem", "pm", "bfvp"), ("men", "tn", "dtcjzs"), ("pen", "tn", "dtcjzs"))
"""Prefixes that may have swallowed the first letter of the root, which letters, and before which they swallow none."""
EXCEPTIONS = {
    # roots of three letters, and words that only look inflected
    "pengadaan": "adakan", "mengadakan": "adakan", "diadakan": "adakan",
    "bersalah": "bersalah", "keputusan": "keputusan",  # guilt is no mistake, a decree no ruling
    "adalah": "adalah", "keadaan": "keadaan",
    "pengaduan": "adu", "mengadukan": "adu", "diadukan": "adu", "mengadu": "adu",
    "pengujian": "uji", "menguji": "uji", "diuji": "uji",
    "kemenangan": "kemenangan", "perusahaan": "perusahaan", "kejaksaan": "jaksa",
    "mengurus": "urus", "pengurus": "urus", "pengurusan": "urus",
    "keuangan": "keuangan", "dengan": "dengan", "tangan": "tangan", "selatan": "selatan", "kecamatan": "camat",
    "pilihan": "pilih", "pemilihan": "pilih", "memilih": "pilih", "dipilih": "pilih", "pemilu": "pemilu",
}  # fmt: skip
_english = snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def english(word: str) -> tuple[str, ...]:
    """The stem of an English word; a number stands for itself."""
    return (word,) if word[0].isdigit() else (ENGLISH + str(_english.stemWord(word)),)


@lru_cache(maxsize=200_000)
def indonesian(word: str) -> tuple[str, ...]:
    """Every root that the word may come from; the word itself where it carries no affix."""
    if word in EXCEPTIONS:
        return (EXCEPTIONS[word],)
    if len(word) <= SHORTEST or not word.isalpha() or not word.isascii():
        return (word,)
    base = next((word[: -len(p)] for p, rest in PARTICLES if word.endswith(p) and len(word) - len(p) >= rest), word)
    if base in EXCEPTIONS:
        return (EXCEPTIONS[base],)
    return tuple(sorted(set(_roots(base, 2))))


def _roots(word: str, depth: int) -> list[str]:
    """The roots of a word of which at most `depth` prefixes are undone."""
    prefix, rests = _undone(word) if depth else ("", [])
    if not rests:
        return [_without_noun_suffix(word)]
    found: list[str] = []
    for rest in rests:
        for root in _without_suffix(prefix, rest):
            again = _roots(root, depth - 1) if prefix in ("mem", "di", "ke", "pem", "ter") else [root]
            found += again
    if prefix in ("per", "ber", "ter", "ke"):  # these are often part of the root: perintah, berita, terang, kerja
        found.append(_without_noun_suffix(word))
    return found


def _undone(word: str) -> tuple[str, list[str]]:
    """The prefix of a word, and what may have stood behind it."""
    for stem, first in (("meng", "k"), ("peng", "k"), ("meny", "s"), ("peny", "s")):
        if word.startswith(stem):
            rest = word[4:]
            if stem[2:] == "ny":
                return stem[:3], _long(["s" + rest])
            return stem[:3], _long([rest, first + rest] if rest[:1] in VOWELS else [rest])
    for stem, hidden, plain in NASALS:
        if word.startswith(stem) and len(word) > 3:
            rest = word[3:]
            if rest[0] in VOWELS:
                return stem, _long([letter + rest for letter in hidden])
            if rest[0] in plain:
                return stem, _long([rest])
    for stem in ("per", "ber", "ter"):
        if word.startswith(stem):
            return stem, _long([word[3:]])
    if word.startswith("me") and word[2:3] in tuple("lrwy"):
        return "me", _long([word[2:]])
    if word.startswith("pe") and word[2:3] and word[2] not in VOWELS + "rnm":
        return "pe", _long([word[2:]])
    for stem in ("di", "ke"):
        if word.startswith(stem):
            return stem, _long([word[2:]])
    if word.startswith("be") and word[2:].startswith("kerja"):
        return "ber", [word[2:]]
    return "", []


def _long(roots: list[str]) -> list[str]:
    return [root for root in roots if len(root) >= SHORTEST]


def _without_suffix(prefix: str, rest: str) -> list[str]:
    """Verbs lose -kan and -i, nouns lose -an."""
    if prefix in ("men", "mem", "me", "di", "ter"):
        if rest.endswith("kan") and len(rest) - 3 >= SHORTEST:
            return [rest[:-3]]
        if rest.endswith("i") and len(rest) - 1 >= SHORTEST and rest[-2] not in VOWELS and rest[-3] in VOWELS:
            return [rest, rest[:-1]]
        return [rest]
    return [_without_noun_suffix(rest)]


def _without_noun_suffix(word: str) -> str:
    return word[:-2] if word.endswith("an") and len(word) - 2 >= SHORTEST else word


def stems(word: str, language: str) -> tuple[str, ...]:
    """The stems of a word in a language (`id` or `en`); numbers and short words stand for themselves in both."""
    return BY_LANGUAGE[language](word)


BY_LANGUAGE = {"id": indonesian, "en": english}


def is_root(word: str, language: str) -> bool:
    """Whether a word carries no affix. What is near to an inflected word is not near to all that shares its root."""
    return stems(word, language) == ((ENGLISH + word,) if language == "en" else (word,))
