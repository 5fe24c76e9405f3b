"""The stemmers: what the inflected forms of a word have in common.

Indonesian without a dictionary: suffixes are stripped and each prefix is undone to *every* root that it may hide
(menolak: tolak, olak). Two words meet when they share one candidate. English by Snowball, marked `e~` so that the two
languages never meet by accident. Names are mangled by any stemmer: they are searched by their own spelling elsewhere.
"""

import re
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

ENGLISH = "e~"
# A shorter root is left with its affixes
MIN_ROOT_CHARS = 4
VOWELS = "aeiou"
# Endings that are not part of the word, and how many letters must remain
PARTICLES = (("nya", 4), ("lah", 5), ("kah", 5), ("pun", 5), ("ku", 5), ("mu", 5))
# Of verbs, for -kan and -i
SPOKEN_SUFFIX = "in"
MIN_SPOKEN_VERB_CHARS = 7
# Prefixes that may have swallowed the first letter of the root, which letters, and before which they swallow none
NASAL_PREFIXES = (("mem", "pm", "bfvp"), ("pem", "pm", "bfvp"), ("men", "tn", "dtcjzs"), ("pen", "tn", "dtcjzs"))
SPOKEN_NASALS = {"m": "p", "n": "t"}
LAST_E = re.compile("e([^aeiou]+)$")
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
def stem_english(word: str) -> tuple[str, ...]:
    """Return the stem of an English word; a number is its own."""
    return (word,) if word[0].isdigit() else (ENGLISH + str(_english.stemWord(word)),)


@lru_cache(maxsize=200_000)
def stem_indonesian(word: str) -> tuple[str, ...]:
    """Return every root that an Indonesian word may come from; the word itself where it has no affix."""
    if word in EXCEPTIONS:
        return (EXCEPTIONS[word],)
    if len(word) <= MIN_ROOT_CHARS or not word.isalpha() or not word.isascii():
        return (word,)
    base = next((word[: -len(p)] for p, rest in PARTICLES if word.endswith(p) and len(word) - len(p) >= rest), word)
    if base in EXCEPTIONS:
        return (EXCEPTIONS[base],)
    return tuple(sorted({root for form in (base, *_formal_forms(base)) for root in _roots_of(form)}))


def _roots_of(word: str) -> list[str]:
    return [EXCEPTIONS[word]] if word in EXCEPTIONS else _roots(word, 2)


def _formal_forms(word: str) -> list[str]:
    """Return how a word of daily speech may be written: ngadu is mengadu, nyalon mencalon, dikaitin dikaitkan."""
    is_verb = word.endswith(SPOKEN_SUFFIX) and len(word) >= MIN_SPOKEN_VERB_CHARS
    verb = word.removesuffix(SPOKEN_SUFFIX) + "kan" if is_verb else word
    if word.startswith("ng"):
        return ["me" + verb]
    if word.startswith("ny"):
        return ["me" + verb, "menc" + verb[2:]]
    return [verb if word.startswith("di") else "di" + verb] if is_verb else []


def _roots(word: str, depth: int) -> list[str]:
    """Return the roots of a word of which at most `depth` prefixes are undone."""
    prefix, uncut = _split_prefix(word) if depth else ("", [])
    rests = [rest for rest in uncut if len(rest) >= MIN_ROOT_CHARS]
    if not rests:
        return [_without_noun_suffix(word)]
    roots: list[str] = []
    for rest in rests:
        for root in _without_suffix(prefix, rest):
            again = _roots(root, depth - 1) if prefix in ("mem", "di", "ke", "pem", "ter") else [root]
            roots += again
    if prefix in ("per", "ber", "ter", "ke"):  # these are often part of the root: perintah, berita, terang, kerja
        roots.append(_without_noun_suffix(word))
    return roots


def _split_prefix(word: str) -> tuple[str, list[str]]:
    """Return the prefix of a word, and what may have stood behind it."""
    for stem, first in (("meng", "k"), ("peng", "k"), ("meny", "s"), ("peny", "s")):
        if word.startswith(stem):
            rest = word[4:]
            if stem[2:] == "ny":
                return stem[:3], ["s" + rest]
            return stem[:3], [rest, first + rest] if rest[:1] in VOWELS else [rest]
    for stem, hidden, plain in NASAL_PREFIXES:
        if word.startswith(stem) and len(word) > 3:
            rest = word[3:]
            if rest[0] in VOWELS:
                return stem, [letter + rest for letter in hidden]
            if rest[0] in plain:
                return stem, [rest]
    for stem in ("per", "ber", "ter", "di", "ke"):
        if word.startswith(stem):
            return stem, [word[len(stem) :]]
    if word.startswith("me") and word[2:3] in tuple("lrwy"):
        return "me", [word[2:]]
    if word.startswith("pe") and word[2:3] and word[2] not in VOWELS + "rnm":
        return "pe", [word[2:]]
    if word.startswith("be") and word[2:].startswith("kerja"):
        return "ber", [word[2:]]
    return "", []


def _without_suffix(prefix: str, rest: str) -> list[str]:
    """Return the rest without its suffix: verbs lose -kan and -i, nouns lose -an."""
    if prefix in ("men", "mem", "me", "di", "ter"):
        if rest.endswith("kan") and len(rest) - 3 >= MIN_ROOT_CHARS:
            return [rest[:-3]]
        if rest.endswith("i") and len(rest) - 1 >= MIN_ROOT_CHARS and rest[-2] not in VOWELS and rest[-3] in VOWELS:
            return [rest, rest[:-1]]
        return [rest]
    return [_without_noun_suffix(rest)]


def _without_noun_suffix(word: str) -> str:
    return word[:-2] if word.endswith("an") and len(word) - 2 >= MIN_ROOT_CHARS else word


def spoken_roots(word: str) -> list[str]:
    """Return the roots of a word that no text has, many of them spoken: `mantau` pantau, `dapet` dapat.

    A spoken nasal stands without its me-, and the last vowel of a root is often an e; se- is “one” or “the whole”.
    """
    roots = list(stem_indonesian(word))
    roots += [word[2:]] * word.startswith("se")
    roots += [SPOKEN_NASALS[root[0]] + root[1:] for root in roots if root[0] in SPOKEN_NASALS and root[1:2] in VOWELS]
    roots += [LAST_E.sub(r"a\1", root) for root in roots]
    return [root for root in dict.fromkeys(roots) if len(root) >= MIN_ROOT_CHARS]


def stems(word: str, language: str) -> tuple[str, ...]:
    """Return the stems of a word in a language (`id` or `en`); in any other, the word itself."""
    return STEMMERS[language](word) if language in STEMMERS else (word,)


STEMMERS = {"id": stem_indonesian, "en": stem_english}
SEARCH_LANGUAGES = tuple(STEMMERS)


def is_root(word: str, language: str) -> bool:
    """Return whether a word has no affix. What is near to an inflected word is not near to all that shares its root."""
    return stems(word, language) == ((ENGLISH + word,) if language == "en" else (word,))
