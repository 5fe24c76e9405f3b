"""Synonyms, translations and stopwords, from two data files."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml
from msgspec import Struct

from .stems import SEARCH_LANGUAGES, stems
from .tokens import tokenize

DATA = Path(__file__).parent / "data"
Phrase = tuple[str, ...]
_Rows = TypeVar("_Rows")


@dataclass(frozen=True)
class Synonym:
    """Another word or phrase for one of a query, in its language; `form` is `synonym` or `translation`."""

    words: Phrase
    language: str
    form: str


class Stopwords(Struct):
    """The words of grammar, and the forms of names, that count for nothing beside other words."""

    grammar: frozenset[str]
    names: frozenset[str]


class _SynonymRow(Struct):
    id: list[str] = []
    en: list[str] = []


@cache
def stopwords() -> Stopwords:
    return _read("stopwords.yaml", Stopwords)


@cache
def synonym_groups() -> list[dict[str, list[Phrase]]]:
    """Return the groups of the file: for each language, its words and phrases."""
    return [
        {language: [tuple(tokenize(text)) for text in texts] for language, texts in (("id", row.id), ("en", row.en))}
        for row in _read("synonyms.yaml", list[_SynonymRow])
    ]


def _read(name: str, kind: type[_Rows]) -> _Rows:
    text = (DATA / name).read_text(encoding="utf-8")
    return msgspec.convert(yaml.load(text, Loader=yaml.BaseLoader), kind)  # noqa: S506 - makes only text


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
    """Return a phrase as first stems without words of grammar, which a search leaves out; one word by each stem."""
    if len(phrase) == 1:
        return [(stem,) for stem in stems(phrase[0], language)]
    return [tuple(stems(word, language)[0] for word in phrase if word not in stopwords().grammar)]


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
def max_phrase_words() -> int:
    """Return the number of words of the longest phrase of the file."""
    return max(len(phrase) for group in synonym_groups() for phrases in group.values() for phrase in phrases)
