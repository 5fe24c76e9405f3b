"""Words that stand for each other (synonyms, translations) and words that a search leaves out: two data files."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .stems import stems
from .tokens import words

DATA = Path(__file__).parent / "data"
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Nearby:
    """Another word or phrase for one that was asked, in its language, and how it relates: synonym or translation."""

    words: Phrase
    language: str
    form: str


@cache
def ignored() -> tuple[frozenset[str], frozenset[str]]:
    """Words of grammar, and forms of names, that count for nothing beside other words."""
    read = _read("ignored_words.yaml")
    return frozenset(read["grammar"]), frozenset(read["names"])


@cache
def groups() -> list[dict[str, list[Phrase]]]:
    """The groups of the file: for each language, its words and phrases."""
    return [
        {language: [tuple(words(text)) for text in row.get(language, [])] for language in ("id", "en")}
        for row in _read("synonyms.yaml")
    ]


def _read(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes only text


@cache
def _by_stems() -> dict[tuple[str, ...], list[Nearby]]:
    """Everything near to a phrase, by the stems of its words."""
    found: dict[tuple[str, ...], list[Nearby]] = {}
    for group in groups():
        for language, phrases in group.items():
            for phrase in phrases:
                others = [
                    Nearby(other, other_language, "synonym" if other_language == language else "translation")
                    for other_language, members in group.items()
                    for other in members
                    if other != phrase
                ]
                for key in _keys(phrase, language):
                    found.setdefault(key, []).extend(others)
    return found


def _keys(phrase: Phrase, language: str) -> Iterable[tuple[str, ...]]:
    """A phrase as first stems, without words of grammar, which a search leaves out; a single word by each stem."""
    if len(phrase) == 1:
        return [(stem,) for stem in stems(phrase[0], language)]
    grammar, _names = ignored()
    return [tuple(stems(word, language)[0] for word in phrase if word not in grammar)]


def near_to(phrase: Phrase) -> list[Nearby]:
    """Synonyms and translations of a word or phrase, in whichever language it is."""
    found: dict[Phrase, Nearby] = {}
    for language in ("id", "en"):
        for key in _keys(phrase, language):
            for other in _by_stems().get(key, []):
                found.setdefault(other.words, other)
    found.pop(phrase, None)
    return list(found.values())


@cache
def longest_phrase() -> int:
    """Words of the longest phrase of the file."""
    return max(len(phrase) for group in groups() for phrases in group.values() for phrase in phrases)
