"""The distinct words of an index, themselves an index: for what was probably meant by a word that no record has.

It lies in a folder of the index whose words it holds, so erased words are gone with that. It may hold words that are
no longer there, and its frequencies are those at which a word came: what it offers is checked against the index.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import tantivy

from .index_document import IndexDocument

FOLDER = "words"
FIELDS = ("name", "said", "quote")
MIN_CHARS, MAX_CHARS = 4, 40
# From so many letters on, two may be wrong
MIN_CHARS_FOR_TWO = 8
WRITER_MEMORY_BYTES = 16_000_000
# How many of the nearest words are looked up in the index, until enough are found to be there
MAX_CANDIDATES = 10
# More than frequency can make of a word with another first letter: its weight grows with the logarithm
SAME_FIRST_LETTER = 100.0


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("word", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("first", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("frequency", fast=True)
    return builder.build()


SCHEMA = _schema()


class WordIndex:
    """The words of an index, open for reading."""

    def __init__(self, folder: Path) -> None:
        """Open the words, or make an empty folder where there is none. Raises ValueError when it is damaged."""
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(SCHEMA, path=str(folder), reuse=True)
        self._index.config_reader("manual")
        self._refresh()

    def _refresh(self) -> None:
        self._index.reload()
        self._searcher = self._index.searcher()

    def add(self, frequencies: Mapping[str, int]) -> None:
        """Add the words that are not here yet."""
        new = [word for word in frequencies if is_word(word) and not self._searcher.doc_freq("word", word)]
        if not new:
            return
        writer = self._index.writer(WRITER_MEMORY_BYTES, 1)
        for word in new:
            row = tantivy.Document()
            row.add_text("word", word)
            row.add_text("first", word[0])
            row.add_unsigned("frequency", frequencies[word])
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        self._refresh()

    def nearest(self, word: str, stands: Callable[[str], bool], limit: int) -> list[str]:
        """Return words that differ by a letter or two and for which `stands` is true. At most two queries.

        The nearest first; of these, those with the same first letter; of these, the most frequent.
        """
        found: list[str] = []
        for distance in (1, 2) if len(word) >= MIN_CHARS_FOR_TWO else (1,) if is_word(word) else ():
            for other in self._candidates(word, distance):
                if len(found) == limit:
                    return found
                if other != word and other not in found and stands(other):
                    found.append(other)
        return found

    def _candidates(self, word: str, distance: int) -> Iterable[str]:
        near = tantivy.Query.fuzzy_term_query(SCHEMA, "word", word, distance, True, False)
        first = tantivy.Query.term_query(SCHEMA, "first", word[0])
        same = tantivy.Query.const_score_query(first, SAME_FIRST_LETTER)
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, near), (tantivy.Occur.Should, same)])
        result = self._searcher.search(query, MAX_CANDIDATES, False, weight_by_field="frequency")
        return [self._searcher.doc(address)["word"][0] for _score, address in result.hits]


def is_word(word: str) -> bool:
    """Return whether a word can have been mistyped for another, and be told: letters only, not too few."""
    return word.isalpha() and MIN_CHARS <= len(word) <= MAX_CHARS


def words_of(documents: Iterable[IndexDocument]) -> Counter[str]:
    """Return the words of documents, with the number of fields in which each stands."""
    return Counter(word for each in documents for field in FIELDS for word in set(getattr(each, field).split()))
