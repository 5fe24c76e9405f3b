"""The one module that knows the search engine (tantivy). Another engine would replace this file and nothing else.

An index is a folder. It holds ids, facets and inverted words, and no text that could be read back.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from .index_document import IndexDocument

FORMAT = 4
"""Changes with the schema or the analysis; an index of another format is rebuilt."""
FACETS = ("kind", "standing", "place", "topic", "source", "year")
NAMED = ("author", "party")
"""Fields that are looked in only when they are asked for by name."""
WEIGHTS = {
    "exact": 40.0,
    "name": 8.0,
    "head": 4.0,
    "said": 2.0,
    "body": 1.5,
    "quote": 1.0,
    "cited": 0.5,
} | dict.fromkeys(NAMED, 1.0)
"""How much a match counts by field. `head` and `body` hold stems: of titles and leads, of statements and quotes."""
PROSE = ("said", "quote")
"""Fields in which words stand in order."""
MEMORY = 64_000_000
"""Bytes that the writer may hold before it writes a segment."""
MOST_VALUES = 1000
Query = tantivy.Query


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("seq", stored=True, fast=True)
    builder.add_unsigned_field("date", fast=True)
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    for name in ("name", *PROSE, *NAMED):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("cited", "head", "body"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


SCHEMA = _schema()


class Index:
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
        self._searcher = self._index.searcher()

    def reader(self) -> "Reader":
        return Reader(self._searcher)

    def write(self, documents: Iterable[IndexDocument], gone: Iterable[str] = ()) -> int:
        """Replace these documents, remove those ids, and commit, all or nothing. Returns how many were written."""
        writer = self._index.writer(MEMORY, 1)
        count = 0
        try:
            for object_id in gone:
                writer.delete_documents_by_term("id", object_id)
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(_stored(document))
                count += 1
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        self.refresh()
        return count


def _stored(document: IndexDocument) -> Any:
    row = tantivy.Document()
    row.add_text("id", document.id)
    row.add_unsigned("seq", document.seq)
    row.add_unsigned("date", document.date)
    for name in document.exact:
        row.add_text("exact", name)
    for name in ("name", "said", "quote", "cited", "head", "body", *NAMED):
        row.add_text(name, getattr(document, name))
    for name, values in document.facets.items():
        for value in values:
            row.add_text(name, value)
    return row


# Queries


def everything() -> Query:
    return Query.all_query()


def nothing() -> Query:
    return Query.empty_query()


def term(name: str, value: str, weight: float = 1.0) -> Query:
    """Documents with this word or value; facets and ids do not count for ranking."""
    query = Query.term_query(SCHEMA, name, value)
    return Query.boost_query(query, WEIGHTS[name] * weight) if name in WEIGHTS else Query.const_score_query(query, 0.0)


def phrase(name: str, found: list[str], weight: float = 1.0) -> Query:
    query = Query.phrase_query(SCHEMA, name, [*found]) if len(found) > 1 else Query.term_query(SCHEMA, name, found[0])
    return Query.boost_query(query, WEIGHTS[name] * weight)


def beginning(name: str, prefix: str) -> Query:
    """Documents with a word that begins so. The prefix holds letters and digits only (see words)."""
    return Query.boost_query(Query.regex_query(SCHEMA, name, prefix.replace(".", r"\.") + ".*"), WEIGHTS[name])


def near(name: str, word: str, distance: int, weight: float) -> Query:
    """Documents with a word that differs by so many letters; two letters in the wrong order are one difference."""
    query = Query.fuzzy_term_query(SCHEMA, name, word, distance, True, False)
    return Query.boost_query(query, WEIGHTS[name] * weight)


def any_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def all_of(queries: list[Query], without: list[Query] | None = None) -> Query:
    """Documents that fit all queries, and none of `without`."""
    parts = [(tantivy.Occur.Must, query) for query in queries] or [(tantivy.Occur.Must, Query.all_query())]
    return Query.boolean_query(parts + [(tantivy.Occur.MustNot, query) for query in without or []])


def preferring(query: Query, wishes: list[Query]) -> Query:
    """The same documents; those that fit a wish as well rank higher."""
    return Query.boolean_query([(tantivy.Occur.Must, query), *((tantivy.Occur.Should, wish) for wish in wishes)])


def weighed(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)


class Reader:
    """One unchanging view of an index: what was committed when it was opened."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher

    def frequency(self, name: str, word: str) -> int:
        """In how many documents a word stands in a field."""
        return int(self._searcher.doc_freq(name, word))

    def starting(self, name: str, prefix: str, limit: int, within: Query | None = None) -> list[tuple[str, int]]:
        """Words of a field that begin so, most frequent first, with the number of documents."""
        found: list[tuple[str, int]] = self._searcher.terms_with_prefix(name, prefix, within, limit)
        return found

    def top(self, query: Query, limit: int, order: str | None = None) -> tuple[int, list[tuple[str, int, float]]]:
        """How many documents fit, and (id, seq, score) of the first. `order` is `date` or `seq`, newest first."""
        found = self._searcher.search(query, limit, True, order)
        rows = []
        for score, address in found.hits:
            document = self._searcher.doc(address)
            rows.append((document["id"][0], document["seq"][0], float(score)))
        return int(found.count), rows

    def count(self, query: Query) -> int:
        return int(self._searcher.search(query, 1, True).count)

    def counts(self, query: Query, names: Iterable[str]) -> dict[str, dict[str, int]]:
        """For each facet, how many of the fitting documents have each value, for its MOST_VALUES commonest values."""
        asked = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
        found = self._searcher.aggregate(query, asked) if asked else {}
        return {name: {b["key"]: int(b["doc_count"]) for b in found[name]["buckets"]} for name in asked}
