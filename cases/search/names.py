"""Matching of names: letters may be wrong, words missing or in another order, acronyms as aliases and synonyms say.

The same matching serves suggestions, “did you mean”, pages that were not found and the desk.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from cases.documents.types import Document
from cases.record.lookup import current_stored_documents

from .analysis.spelling import edit_distance, max_edits
from .analysis.synonyms import stopwords, synonyms_of
from .analysis.tokens import tokenize
from .index import engine
from .index.engine import Query, Reader

# The rest of a longer name is not looked at
MAX_NAME_WORDS = 8
MIN_BEGINNING_CHARS = 2
# The whole name; a word as it is written, by a synonym, as the beginning of one, with one or two wrong letters
WHOLE_NAME, EXACT, SYNONYM, BEGINNING, TYPOS = 1000.0, 100.0, 70.0, 60.0, (40.0, 20.0)
# More than any name
PREFERRED = 10_000.0
# Of names that match as well, the shorter and rarer is better: the engine's own score, far below the others
TIE_BREAK = 0.01
# How alike the words of a search and a name are for the name to be offered, as difflib counts
MIN_NAME_RATIO = 0.75
# How alike those words are that differ: another first name or another city is not a slip, but someone else
MIN_DIFFERENCE_RATIO = 0.6
MAX_COMPARED_RECORDS = 20


@dataclass(frozen=True)
class NearName:
    """A record, and that of its names which is nearest to what was typed."""

    document: Document
    name: str


def names_query(words: Sequence[str], *, most: bool = False, spelt: Collection[str] = ()) -> Query:
    """Match records by their names: each word must be one of a name, begin it or nearly be it; with `most`, over half.

    Forms of names (PT, Ir.) and words of grammar need not match, and no letter of the words `spelt` may be wrong.
    Best first: the whole name, then words as typed.
    """
    words = list(words)[:MAX_NAME_WORDS]
    needed = [word for word in words if word not in stopwords().names and word not in stopwords().grammar] or words
    number = len(needed) // 2 + 1 if most else len(needed)
    wishes = [engine.scored(engine.term("exact", " ".join(words)), WHOLE_NAME)]
    wishes += [engine.boosted(engine.term("name", word), TIE_BREAK) for word in words]
    return engine.preferring(engine.at_least(number, [_word(word, spelt) for word in needed]), wishes)


def _word(word: str, spelt: Collection[str]) -> Query:
    forms = [engine.scored(engine.term("name", word), EXACT)]
    if len(word) >= MIN_BEGINNING_CHARS:
        forms.append(engine.scored(engine.prefixed("name", word), BEGINNING))
    for edits in range(1, max_edits(word) + 1) if word.isalpha() and word not in spelt else ():
        forms.append(engine.scored(engine.fuzzy("name", word, edits, 1.0), TYPOS[edits - 1]))
    for other in synonyms_of((word,)):
        if other.form == "synonym":
            parts = [engine.term("name", part) for part in other.words if part not in stopwords().grammar]
            forms.append(engine.scored(engine.all_of(parts), SYNONYM))
    return engine.best_of(forms)


def best_named(
    words: Sequence[str], reader: Reader, limit: int, *, kinds: Sequence[str] = (), preferred: str = ""
) -> list[tuple[str, int, float]]:
    """Return (id, seq, score) of records with every word in a name or, where none has, with most of them, best first.

    Only of these kinds, where any are given; those of the `preferred` kind come before others.
    """
    for most in (False, True) if words else ():
        query = names_query(words, most=most)
        if kinds:
            query = engine.all_of([query, engine.any_of([engine.term("kind", kind) for kind in kinds])])
        if preferred:
            query = engine.preferring(query, [engine.scored(engine.term("kind", preferred), PREFERRED)])
        _total, rows = reader.top(query, limit)
        if rows:
            return rows
    return []


def nearest_names(words: Sequence[str], reader: Reader, limit: int, kind: str = "actor") -> list[NearName]:
    """Return records of a kind with a name that the words are nearly, best first. It is offered, and never a result.

    Where no name has every word, one that is alike as a whole counts. A word that names of the record have is spelt
    as it is meant: it is another person, or another city.
    """
    words = list(words)
    if not words or len(words) > MAX_NAME_WORDS:
        return []
    spelt = {word for word in words if reader.frequency("name", word)}
    of_kind = engine.term("kind", kind)
    all_words = engine.all_of([of_kind, names_query(words, spelt=spelt)])
    near = [(_misfit(words, name), each) for each, name in _names(all_words, reader)]
    if not near:
        some_words = engine.all_of([of_kind, engine.at_least(1, [_word(word, spelt) for word in words])])
        alike = [(_ratio(words, name, spelt), each) for each, name in _names(some_words, reader)]
        near = [((-ratio, 0), each) for ratio, each in alike if ratio > MIN_NAME_RATIO]
    best: dict[str, NearName] = {}
    for _key, each in sorted(near, key=lambda pair: pair[0]):
        best.setdefault(each.document.id, each)
    return list(best.values())[:limit]


def _names(query: Query, reader: Reader) -> list[tuple[NearName, list[str]]]:
    """Return the names of the first records that fit, each with its words."""
    _total, rows = reader.top(query, MAX_COMPARED_RECORDS)
    return [
        (NearName(document, name), tokenize(name))
        for _seq, document in current_stored_documents([seq for _id, seq, _score in rows])
        for name in (document.titles.id, document.titles.en, *(alias.name for alias in document.aliases))
    ]


def _misfit(words: list[str], name: list[str]) -> tuple[float, int]:
    """Return how badly the words fit a name, 0 where they are all in it, and by how many words it is longer."""
    return sum(min((_gap(word, other) for other in name), default=1.0) for word in words), abs(len(name) - len(words))


def _gap(word: str, other: str) -> float:
    """Return 0 for the same word and 1 for another, between them for its beginning and for wrong letters."""
    if word == other or other.startswith(word):
        return 0.0 if word == other else 0.1
    edits = max_edits(word)
    distance = edit_distance(word, other, edits)
    return distance / 4 if distance <= edits else 1.0


def _ratio(words: list[str], name: list[str], spelt: set[str]) -> float:
    """Return how alike two names are, from 0 to 1; 0 where the words that they do not share are not alike."""
    typed = [word for word in words if word not in name]
    meant = [word for word in name if word not in words and word not in stopwords().names]
    another = not spelt.isdisjoint(typed) and "".join(typed) != "".join(meant)  # but for a space
    if not typed or not meant or another:
        return 0
    if SequenceMatcher(None, " ".join(typed), " ".join(meant)).ratio() < MIN_DIFFERENCE_RATIO:
        return 0
    return SequenceMatcher(None, " ".join(words), " ".join(name)).ratio()
