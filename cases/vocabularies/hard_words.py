"""Legal and technical words that a reader may not know, a versioned data file, each with a source of its meaning."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

DASHES = re.compile("[\u2010-\u2015]")


class HardWord(NamedTuple):
    """A word of the list in `data/hard_words.yaml`: what it is called, its forms, its meaning and whence that is."""

    code: str
    name: dict[str, str]
    forms: dict[str, list[str]]
    meaning: dict[str, str]
    source: dict[str, str]

    @property
    def folded_forms(self) -> list[str]:
        return [form.casefold() for of_language in self.forms.values() for form in of_language]


@cache
def hard_words() -> tuple[HardWord, ...]:
    """Return the list in the order of the file."""
    text = (Path(__file__).parent / "data" / "hard_words.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
    return tuple(HardWord(**row) for row in rows)


def hard_words_in(texts: Iterable[str]) -> list[HardWord]:
    """Return the words of the list that stand in any of these texts, as whole words in whatever case and language."""
    read = " ".join(DASHES.sub("-", "\n".join(texts)).replace("*", "").casefold().split())
    return [word for word in hard_words() if any(_stands_in(read, form) for form in word.folded_forms)]


def _stands_in(text: str, form: str) -> bool:
    # Most are nowhere in a text: that is known at a fraction of the cost of a search for whole words
    return form in text and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) is not None
