"""Flat rows for CSV and SQLite, by a table of columns.

A name of a column that ends in `_id` or `_en` says the language.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sources.json_fields import LanguageMap

CellValue = str | int | None
FlatRow = dict[str, CellValue]
Thing = TypeVar("Thing")
Columns = dict[str, Callable[[Thing], CellValue]]


def make_row(columns: Mapping[str, Callable[[Thing], CellValue]], thing: Thing) -> FlatRow:
    return {name: cell(thing) for name, cell in columns.items()}


def by_language(name: str, text: Callable[[Thing, str], CellValue]) -> Columns[Thing]:
    """Return two columns of a text that is made in a language."""
    return {f"{name}_id": lambda thing: text(thing, "id"), f"{name}_en": lambda thing: text(thing, "en")}


def of_map(name: str, texts: Callable[[Thing], LanguageMap | None]) -> Columns[Thing]:
    """Return two columns of a language map as it stands: a language without a text is an empty cell."""
    return by_language(name, lambda thing, language: text_in(texts(thing), language))


def text_in(texts: LanguageMap | None, language: str) -> str | None:
    """Return the text in exactly this language."""
    if texts is None:
        return None
    return texts.en if language == "en" else texts.id


def join_texts(texts: Iterable[str]) -> str:
    """Return several things in one cell."""
    return " | ".join(texts)
