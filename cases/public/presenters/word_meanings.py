"""What the hard words of a page mean: those alone that stand in its own statements and quotations."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.public.language_urls import page_language
from cases.vocabularies.hard_words import hard_words_in


@dataclass(frozen=True)
class WordMeaning:
    """A word with its meaning, in the language of the page."""

    name: str
    meaning: str


def word_meanings(texts: Iterable[str]) -> list[WordMeaning]:
    """Return the meanings of the hard words in these texts, in the order of the alphabet."""
    language = page_language()
    found = [WordMeaning(word.name[language], word.meaning[language]) for word in hard_words_in(texts)]
    return sorted(found, key=lambda word: word.name.casefold())
