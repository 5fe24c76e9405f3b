"""What to offer where a search finds nothing, or does not know a word: what was probably meant, and wider searches."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cases.search.index import engine
from cases.search.index.engine import Query, Reader
from cases.search.query.compiled import CompiledQuery

Selection = Mapping[str, Sequence[str]]
MAX_WIDER_SEARCHES = 4


@dataclass(frozen=True)
class WiderSearch:
    """Another search that would find something: without some words, or without what it is narrowed to."""

    text: str
    selected: Selection
    left_out: str
    total: int


def corrected_text(text: str, compiled: CompiledQuery) -> str:
    """Return the search with its unknown words in the spelling of the record, where one is near."""
    meant = text
    for group in compiled.groups:
        if group.correction:
            word = re.compile(rf"(?<!\w){re.escape(group.text)}(?!\w)", re.IGNORECASE)
            meant = word.sub(group.correction, meant, count=1)
    return meant


def wider_searches(
    text: str, selected: Selection, compiled: CompiledQuery, narrowed: dict[str, Query], reader: Reader
) -> list[WiderSearch]:
    """Return what would find every word: without a facet, or without one of the words."""
    wider: list[tuple[str, Selection, str, Query]] = []
    for name in narrowed:
        rest = [query for key, query in narrowed.items() if key != name]
        others: Selection = {key: values for key, values in selected.items() if key != name}
        wider.append((text, others, name, engine.all_of([compiled.query, *rest])))
    for number, group in enumerate(compiled.groups if len(compiled.groups) > 1 else []):
        groups = [other for n, other in enumerate(compiled.groups) if n != number]
        query = engine.all_of([other.query for other in groups], compiled.without)
        words = " ".join(other.text for other in groups)
        wider.append((words, selected, group.text, engine.all_of([query, *narrowed.values()])))
    counted = [WiderSearch(text, others, left_out, reader.count(query)) for text, others, left_out, query in wider]
    return sorted((search for search in counted if search.total), key=lambda search: -search.total)[:MAX_WIDER_SEARCHES]
