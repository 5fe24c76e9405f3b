"""Words that the search knows: of grammar, of negation and of guilt, and the spellings of one word."""

from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml
from msgspec import Struct

from .stems import PARTICLES, stem_english

DATA = Path(__file__).parent / "data"
_Rows = TypeVar("_Rows")


class Stopwords(Struct):
    """The words of grammar, and the forms and titles of names, that count for nothing beside other words."""

    grammar: frozenset[str]
    names: frozenset[str]
    degrees: frozenset[str]
    negations: frozenset[str]
    asking_number: frozenset[str]
    conjunctions: frozenset[str]
    particles: frozenset[str]
    asking: frozenset[str]


class _Spellings(Struct):
    to: str
    spelt: list[str]


class _GuiltRow(Struct):
    id: list[str]
    en: list[str]


@cache
def stopwords() -> Stopwords:
    return read_rows("stopwords.yaml", Stopwords)


@cache
def spellings() -> dict[str, str]:
    """Return short and other spellings with the word that is indexed and searched for each."""
    return {short: row.to for row in read_rows("spellings.yaml", list[_Spellings]) for short in row.spelt}


@cache
def _words_of_guilt() -> frozenset[str]:
    rows = read_rows("guilt.yaml", list[_GuiltRow])
    english = (stem for row in rows for word in row.en for stem in stem_english(word))
    return frozenset(word for row in rows for word in row.id) | frozenset(english)


def is_word_of_guilt(word: str) -> bool:
    """Return whether a word calls a person guilty or accuses one; it is searched as it is, for no other word."""
    indonesian = {word, *(word.removesuffix(ending) for ending, _letters in PARTICLES)}
    return not _words_of_guilt().isdisjoint({*indonesian, *stem_english(word)})


def is_negation(word: str) -> bool:
    """Return whether a word turns what stands behind it into its opposite; a search never leaves it out."""
    return word in stopwords().negations


def read_rows(name: str, kind: type[_Rows]) -> _Rows:
    text = (DATA / name).read_text(encoding="utf-8")
    return msgspec.convert(yaml.load(text, Loader=yaml.BaseLoader), kind)  # noqa: S506 - makes only text
