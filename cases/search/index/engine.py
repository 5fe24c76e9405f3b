"""The search engine (tantivy), which only this module and `word_index` know; another would replace these two files.

An index is a folder. It holds ids, facets and inverted words, and no text that could be read back.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from . import word_index
from .index_document import IndexDocument

# Changes with the schema or the analysis; an index of another format is rebuilt
FORMAT = 16
FACETS = ("kind", "standing", "place", "topic", "source", "year")
# Fields that are searched only where a query names them
NAMED_FIELDS = ("author", "party")
# How much a match counts by field. `head` and `body` hold stems: of titles and leads, of statements and quotes
WEIGHTS = {
    "exact": 40.0,
    "name": 8.0,
    "head": 4.0,
    "said": 2.0,
    "body": 1.5,
    "quote": 1.0,
    "cited": 0.5,
} | dict.fromkeys(NAMED_FIELDS, 1.0)
PROSE_FIELDS = ("said", "quote")
# What the writer may hold before it writes a segment
WRITER_MEMORY_BYTES = 64_000_000
MAX_FACET_VALUES = 1000
MAX_WORDS = 10_000_000
Query = tantivy.Query
# Id, seq and score of a document
Row = tuple[str, int, float]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("seq", stored=True, fast=True)
    builder.add_unsigned_field("date", fast=True)
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    for name in ("name", *PROSE_FIELDS, *NAMED_FIELDS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("cited", "head", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


SCHEMA = _schema()


class SearchIndex:
    """An index in a folder, open for reading."""

    def __init__(self, folder: Path) -> None:
        """Open the index, or make an empty one where there is none. Raises ValueError when it is damaged."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._index = tantivy.Index(SCHEMA, path=str(folder), reuse=True)
        self._index.config_reader("manual")  # no thread that watches the folder
        self.refresh()

    def refresh(self) -> None:
        """See what was committed since."""
        self._index.reload()
        self.reader = Reader(self._index.searcher())

    def write(self, documents: Iterable[IndexDocument], removed: Iterable[str] = ()) -> int:
        """Replace these documents, remove those ids, and commit, all or nothing. Return how many were written."""
        writer = self._index.writer(WRITER_MEMORY_BYTES, 1)
        count = 0
        try:
            for object_id in removed:
                writer.delete_documents_by_term("id", object_id)
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(_row(document))
                count += 1
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        self.refresh()
        return count


def _row(document: IndexDocument) -> tantivy.Document:
    row = tantivy.Document()
    row.add_text("id", document.id)
    row.add_unsigned("seq", document.seq)
    row.add_unsigned("date", document.date)
    for name in document.exact:
        row.add_text("exact", name)
    for name in ("name", "said", "quote", "cited", "head", "body", *NAMED_FIELDS):
        row.add_text(name, getattr(document, name))
    for name, values in document.facets.items():
        for value in values:
            row.add_text(name, value)
    return row


def everything() -> Query:
    return Query.all_query()


def nothing() -> Query:
    return Query.empty_query()


def term(name: str, value: str, weight: float = 1.0) -> Query:
    """Match documents with this word or value; facets and ids do not count for ranking."""
    query = Query.term_query(SCHEMA, name, value)
    return Query.boost_query(query, WEIGHTS[name] * weight) if name in WEIGHTS else Query.const_score_query(query, 0.0)


def phrase(name: str, words: list[str], weight: float = 1.0) -> Query:
    """Match documents in which the words stand side by side."""
    query = Query.phrase_query(SCHEMA, name, [*words]) if len(words) > 1 else Query.term_query(SCHEMA, name, words[0])
    return Query.boost_query(query, WEIGHTS[name] * weight)


def prefixed(name: str, prefix: str) -> Query:
    """Match documents with a word that begins so."""
    return pattern(name, prefix + "*")


def pattern(name: str, stars: str) -> Query:
    """Match documents with a word of this pattern, of letters and digits (see tokenize); a star is any letters."""
    expression = stars.replace(".", r"\.").replace("*", ".*")
    return Query.boost_query(Query.regex_query(SCHEMA, name, expression), WEIGHTS[name])


def fuzzy(name: str, word: str, distance: int, weight: float) -> Query:
    """Match documents with a word that differs by so many letters; two letters swapped are one difference."""
    query = Query.fuzzy_term_query(SCHEMA, name, word, distance, True, False)
    return Query.boost_query(query, WEIGHTS[name] * weight)


def any_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def all_of(queries: list[Query], without: list[Query] | None = None) -> Query:
    """Match documents that fit all queries, and none of `without`."""
    parts = [(tantivy.Occur.Must, query) for query in queries] or [(tantivy.Occur.Must, Query.all_query())]
    return Query.boolean_query(parts + [(tantivy.Occur.MustNot, query) for query in without or []])


def preferring(query: Query, wishes: list[Query]) -> Query:
    """Match the same documents; those that fit a wish as well rank higher."""
    return Query.boolean_query([(tantivy.Occur.Must, query), *((tantivy.Occur.Should, wish) for wish in wishes)])


def at_least(
    number: int, queries: list[Query], every: list[Query] | None = None, without: list[Query] | None = None
) -> Query:
    """Match documents that fit so many of the queries, all of `every` and none of `without`."""
    parts = [
        *((tantivy.Occur.Should, query) for query in queries),
        *((tantivy.Occur.Must, query) for query in every or []),
        *((tantivy.Occur.MustNot, query) for query in without or []),
    ]
    return Query.boolean_query(parts, minimum_number_should_match=number)


def scored(query: Query, points: float) -> Query:
    """Match the same documents, each with a score of so many points."""
    return Query.const_score_query(query, points)


def best_of(queries: list[Query]) -> Query:
    """Match documents that fit any query; the best one alone counts for ranking."""
    return Query.disjunction_max_query(queries)


def boosted(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)


class Reader:
    """One unchanging view of an index: what was committed when it was opened."""

    words: word_index.WordIndex | None = None

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def frequency(self, name: str, word: str) -> int:
        """Return in how many documents a word stands in a field."""
        return int(self._searcher.doc_freq(name, word))

    def terms_with_prefix(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return words of a field that begin so, most frequent first, with the number of documents."""
        terms: list[tuple[str, int]] = self._searcher.terms_with_prefix(name, prefix, None, limit)
        return terms

    def top(self, query: Query, limit: int, order: str | None = None) -> tuple[int, list[Row]]:
        """Return how many documents fit, and (id, seq, score) of the first; by `date` or `seq`, newest first."""
        result = self._searcher.search(query, limit, True, order)
        rows = []
        for score, address in result.hits:
            document = self._searcher.doc(address)
            rows.append((document["id"][0], document["seq"][0], float(score)))
        return int(result.count), rows

    def holding(self, query: Query, ids: list[str]) -> set[str]:
        """Return which of these documents fit."""
        _total, rows = self.top(all_of([query, any_of([term("id", object_id) for object_id in ids])]), len(ids) or 1)
        return {object_id for object_id, _seq, _score in rows}

    @property
    def size(self) -> int:
        """Return how many documents there are."""
        return int(self._searcher.num_docs)

    def count(self, query: Query) -> int:
        return int(self._searcher.search(query, 1, True).count)

    def counts(self, query: Query, names: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return for each facet how many of the fitting documents have each of its commonest values."""
        terms = {name: {"terms": {"field": name, "size": MAX_FACET_VALUES}} for name in names}
        counts = self._searcher.aggregate(query, terms) if terms else {}
        return {name: {b["key"]: int(b["doc_count"]) for b in counts[name]["buckets"]} for name in terms}

    def word_frequencies(self) -> Counter[str]:
        """Return every word of names, statements and quotes, with the number of fields in which it stands."""
        words: Counter[str] = Counter()
        for name in word_index.FIELDS:
            words.update(dict(self.terms_with_prefix(name, "", MAX_WORDS)))
        return words

    def stands(self, word: str) -> bool:
        """Return whether a word stands in a name, statement or quote of a document that was not removed since."""
        fields = [name for name in word_index.FIELDS if self.frequency(name, word)]
        return bool(fields) and self.count(any_of([term(name, word) for name in fields])) > 0

    def nearest_words(self, word: str, limit: int = 3) -> list[str]:
        """Return words of the record that were perhaps meant by this one, the likeliest first. At most two queries."""
        return self.words.nearest(word, self.stands, limit) if self.words else []
