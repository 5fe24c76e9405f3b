"""Synonyms, translations and near words, from two data files."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from msgspec import Struct

from .stems import SEARCH_LANGUAGES, stems
from .tokens import tokenize
from .word_lists import read_rows
from .word_lists import stopwords as stopwords

# The stems of a phrase by which it is found, in all their combinations
MAX_KEYS = 8
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Synonym:
    """Another word or phrase for one of a query, in its language; `form` is `synonym`, `translation` or `near`."""

    words: Phrase
    language: str
    form: str


class _SynonymRow(Struct):
    id: list[str] = []
    en: list[str] = []


class _NearRow(Struct, rename={"typed": "from"}):
    typed: list[str]
    id: list[str]
    en: list[str]


@cache
def synonym_groups() -> list[dict[str, list[Phrase]]]:
    """Return the groups of the file: for each language, its words and phrases."""
    return [
        {language: [tuple(tokenize(text)) for text in texts] for language, texts in (("id", row.id), ("en", row.en))}
        for row in read_rows("synonyms.yaml", list[_SynonymRow])
    ]


@cache
def _by_stems() -> dict[tuple[str, ...], list[Synonym]]:
    """Return every synonym of a phrase, by the stems of its words."""
    by_stems: dict[tuple[str, ...], list[Synonym]] = {}
    for group in synonym_groups():
        for language, phrases in group.items():
            for phrase in phrases:
                others = [
                    Synonym(other, other_language, "synonym" if other_language == language else "translation")
                    for other_language, members in group.items()
                    for other in members
                    if other != phrase
                ]
                for key in _keys(phrase, language):
                    by_stems.setdefault(key, []).extend(others)
    return by_stems


def _keys(phrase: Phrase, language: str) -> Iterable[tuple[str, ...]]:
    """Return a phrase as stems, in all combinations, without words of grammar, which a search leaves out."""
    words = [word for word in phrase if word not in stopwords().grammar]
    parts = words if len(words) > 1 else phrase  # kerja sama is not kerja
    return islice(product(*(stems(word, language) for word in parts)), MAX_KEYS)


def synonyms_of(phrase: Phrase) -> list[Synonym]:
    """Return the synonyms and translations of a word or phrase, in whichever language it is."""
    synonyms: dict[Phrase, Synonym] = {}
    for language in SEARCH_LANGUAGES:
        for key in _keys(phrase, language):
            for other in _by_stems().get(key, []):
                synonyms.setdefault(other.words, other)
    synonyms.pop(phrase, None)
    return list(synonyms.values())


@cache
def _near_by_stems() -> dict[tuple[str, ...], list[Synonym]]:
    by_stems: dict[tuple[str, ...], list[Synonym]] = {}
    for row in read_rows("near.yaml", list[_NearRow]):
        others = [
            Synonym(tuple(tokenize(text)), language, "near")
            for language, texts in (("id", row.id), ("en", row.en))
            for text in texts
        ]
        for text in row.typed:
            keys = (key for language in SEARCH_LANGUAGES for key in _keys(tuple(tokenize(text)), language))
            for key in dict.fromkeys(keys):
                by_stems.setdefault(key, []).extend(others)
    return by_stems


def near_words(phrase: Phrase) -> list[Synonym]:
    """Return what a word or phrase may be called in a source that does not use it, and never the other way round."""
    keys = (key for language in SEARCH_LANGUAGES for key in _keys(phrase, language))
    near = {other.words: other for key in keys for other in _near_by_stems().get(key, [])}
    return [other for words, other in near.items() if words != phrase]


@cache
def max_phrase_words() -> int:
    """Return the number of words of the longest phrase of the files."""
    synonyms = max(len(phrase) for group in synonym_groups() for phrases in group.values() for phrase in phrases)
    return max(synonyms, *map(len, _near_by_stems()))
