"""What to offer where a search finds nothing, or does not know a word: what was probably meant, and wider searches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from cases.record.lookup import current_stored_documents
from cases.search.analysis.tokens import tokenize
from cases.search.highlight import edit_distance, max_edits
from cases.search.index import engine
from cases.search.index.engine import Query, Reader
from cases.search.query.compiler import CompiledQuery
from cases.search.query.parser import ParsedQuery

Selection = Mapping[str, Sequence[str]]
MAX_WIDER_SEARCHES = 4
# How alike the words of a search and a name are for the name to be offered, as difflib counts
MIN_NAME_RATIO = 0.75
# How alike those words are that differ: another first name or another city is not a slip, but someone else
MIN_DIFFERENCE_RATIO = 0.6
MAX_COMPARED_ACTORS = 20
MAX_COMPARED_TERMS = 3000
MAX_NAME_WORDS = 8


@dataclass(frozen=True)
class WiderSearch:
    """Another search that would find something: without some words, or without what it is narrowed to."""

    text: str
    selected: Selection
    left_out: str
    total: int


def correct_query(text: str, unknown: list[str], reader: Reader) -> str:
    """Return the search with unknown words replaced by what was probably meant; empty when nothing is near."""
    meant = text
    for word in unknown:
        if word.isalpha() and (other := correct_word(word, reader)):
            at = meant.casefold().find(word)
            meant = meant[:at] + other + meant[at + len(word) :] if at >= 0 else meant
    return meant if meant != text else ""


def correct_word(word: str, reader: Reader) -> str | None:
    """Return a word of the record that was probably meant: the nearest, and of those the most frequent."""
    most = max_edits(word)
    best: tuple[int, int, str] | None = None
    for name in ("name", "said", "quote") if most else ():
        for other, frequency in reader.terms_with_prefix(name, word[:1], MAX_COMPARED_TERMS):
            if (gap := edit_distance(word, other, most)) <= most and (best is None or (gap, -frequency) < best[:2]):
                best = (gap, -frequency, other)
    return best[2] if best else None


def nearest_name(parsed: ParsedQuery, reader: Reader) -> str:
    """Return the name of an actor that all the words together are like. It is offered, and never a result."""
    terms = parsed.terms
    words = [word for term in terms for word in term.words]
    one_name = len(terms) == len(parsed.groups) and not parsed.without
    if not one_name or len(words) > MAX_NAME_WORDS or any(term.field or term.is_prefix for term in terms):
        return ""
    near = [engine.fuzzy("name", word, edits, 1.0) for word in words if word.isalpha() and (edits := max_edits(word))]
    exact = [engine.term("name", word) for word in words]
    actors = engine.all_of([engine.term("kind", "actor"), engine.any_of([*exact, *near])])
    _total, rows = reader.top(actors, MAX_COMPARED_ACTORS)
    best, nearest = MIN_NAME_RATIO, ""
    for _seq, document in current_stored_documents([seq for _id, seq, _score in rows]):
        for name in (document.titles.id, document.titles.en, *(alias.name for alias in document.aliases)):
            if (ratio := _name_ratio(words, tokenize(name))) > best:
                best, nearest = ratio, name
    return nearest


def _name_ratio(words: list[str], name: list[str]) -> float:
    """Return how alike two names are, from 0 to 1; 0 where the words that they do not share are not alike."""
    differing = [[word for word in one if word not in other] for one, other in ((words, name), (name, words))]
    if SequenceMatcher(None, " ".join(differing[0]), " ".join(differing[1])).ratio() < MIN_DIFFERENCE_RATIO:
        return 0
    return SequenceMatcher(None, " ".join(words), " ".join(name)).ratio() if all(differing) else 0


def wider_searches(
    text: str, selected: Selection, compiled: CompiledQuery, narrowed: dict[str, Query], reader: Reader
) -> list[WiderSearch]:
    """Return what would find something: the same words without a facet, or fewer words with all."""
    wider: list[tuple[str, Selection, str, Query]] = []
    for name in narrowed:
        rest = [query for key, query in narrowed.items() if key != name]
        others: Selection = {key: values for key, values in selected.items() if key != name}
        wider.append((text, others, name, engine.all_of([compiled.query, *rest])))
    for number, (left_out, _query) in enumerate(compiled.groups if len(compiled.groups) > 1 else []):
        groups = [group for n, group in enumerate(compiled.groups) if n != number]
        query = engine.all_of([query for _text, query in groups], compiled.without)
        words = " ".join(group_text for group_text, _query in groups)
        wider.append((words, selected, left_out, engine.all_of([query, *narrowed.values()])))
    counted = [WiderSearch(text, others, left_out, reader.count(query)) for text, others, left_out, query in wider]
    return sorted((search for search in counted if search.total), key=lambda search: -search.total)[:MAX_WIDER_SEARCHES]
