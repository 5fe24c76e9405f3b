"""What `make bench-search` measures our search beside: the bare engine with one SQL query, and PostgreSQL full text."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
import tantivy

from cases.search.index import engine, index_files, sync
from cases.search.query.compiler import compile_query
from cases.search.query.parser import parse_query
from tests.bench.search_fill import FACETS, StoredTexts

HITS = 20
FILTER = {"place": ["kota-7"], "standing": ["alleged"]}
LOAD = "SELECT revision_id, document FROM cases_revisionbody WHERE revision_id = ANY(%s)"
# The rows that fit are found and ranked once; everything else is read from them. A facet ignores its own selection.
FULL_TEXT = """
WITH hits AS MATERIALIZED (
  SELECT id, facets{flags}, CASE WHEN {fits} THEN ts_rank(words, asked) END AS rank
  FROM bench_text, {function}('simple', %(words)s) AS asked WHERE words @@ asked{where}),
top AS MATERIALIZED (SELECT id, rank FROM hits WHERE rank IS NOT NULL ORDER BY rank DESC, id LIMIT 20),
counted AS (SELECT value{kept}, count(*) AS n FROM (SELECT unnest(facets) AS value{kept} FROM hits) AS each
  GROUP BY value{kept})
SELECT (SELECT count(rank) FROM hits),
  (SELECT json_agg(json_build_array(facet, f.value, n)) FROM counted JOIN bench_facet f ON f.id = counted.value
    WHERE {counts}),
  (SELECT json_agg(json_build_array(id, title, ts_headline('simple', body, {function}('simple', %(words)s)))
    ORDER BY rank DESC, id) FROM top JOIN bench_text USING (id))
"""
WHOLE = {"flags": "", "fits": "true", "where": "", "kept": "", "counts": "true"}
NARROWED = {
    "flags": "".join(f", facets && %({name})s::int[] AS {name}" for name in FILTER),
    "fits": " AND ".join(f"facets && %({name})s::int[]" for name in FILTER),
    "where": f" AND ({' OR '.join(f'facets && %({name})s::int[]' for name in FILTER)})",
    "kept": "".join(f", {name}" for name in FILTER),
    "counts": " AND ".join(f"({name} OR facet = '{name}')" for name in FILTER),
}
# 256 MB hold the found rows of a million documents. What is planned anew for each query is planned for its words.
SETTINGS = "SET work_mem = '256MB'; SET jit = off; SET plan_cache_mode = force_custom_plan"


def database() -> psycopg.Connection[Any]:
    """Return a connection of the driver's own, that Django does not know of."""
    return psycopg.connect(os.environ["CASEDB_DATABASE_URL"], autocommit=True)


@dataclass(frozen=True)
class EngineQueries:
    """What the bare engine is asked, made outside the timing."""

    hits: Any
    # Each with the facets that are counted over it
    counted: list[tuple[Any, dict[str, Any]]]
    # The words for the snippets, and where the texts of the hits are stored
    words: Any
    addresses: list[Any]


class BareEngine:
    """Tantivy on the index that our search reads, the texts of the hits, and one SQL query for their documents."""

    def __init__(self, stored: StoredTexts) -> None:
        state = index_files.current_state()
        assert state
        self.stored = stored
        self.searcher = tantivy.Index.open(str(index_files.root() / state.folder)).searcher()
        self.database = database()

    def prepare(self, text: str, *, narrowed: bool = False, relaxed: bool = False) -> Callable[[], int]:
        """Return a search of the bare engine, which returns how many fit."""
        query = self._relaxed(text) if relaxed else self._compiled(text)
        chosen = {name: engine.term(name, values[0]) for name, values in FILTER.items() if narrowed}
        hits = engine.all_of([query, *chosen.values()]) if chosen else query
        counted = [(hits, _terms(name for name in FACETS if name not in chosen))]
        for name in chosen:
            others = [other for key, other in chosen.items() if key != name]
            counted.append((engine.all_of([query, *others]), _terms([name])))
        addresses = [self.stored.address(seq) for seq in self._top(hits)[1]]
        return partial(self._search, EngineQueries(hits, counted, self._words(text, relaxed), addresses))

    def _compiled(self, text: str) -> Any:
        reader = sync.searchable_index().reader
        assert reader
        return compile_query(parse_query(text), reader).query

    def _relaxed(self, text: str) -> Any:
        """Return a query for the records that hold the greatest number of the words."""
        words = [(tantivy.Occur.Should, self._compiled(word)) for word in text.split()]
        for least in range(len(words), 0, -1):
            query = tantivy.Query.boolean_query(words, least)
            if self._top(query)[0]:
                return query
        raise ValueError(f"No record holds any word of {text}")

    def _words(self, text: str, relaxed: bool) -> Any:
        if text.endswith("*"):
            return tantivy.Query.regex_query(self.stored.schema, "text", f"{text[:-1]}.*")
        return self.stored.index.parse_query(text, ["text"], conjunction_by_default=not relaxed)

    def _top(self, query: Any) -> tuple[int, list[Any]]:
        """Return how many fit, and the seqs of the first."""
        found: Any = self.searcher.search(query, HITS, True)
        seqs = self.searcher.fast_field_values("seq", [address for _score, address in found.hits])
        return int(found.count), seqs

    def _search(self, asked: EngineQueries) -> int:
        """Return the exact count; the first 20, five facets, 20 snippets and 20 documents are made on the way."""
        total, seqs = self._top(asked.hits)
        for query, terms in asked.counted:
            self.searcher.aggregate(query, terms)
        snippets = tantivy.SnippetGenerator.create(self.stored.searcher, asked.words, self.stored.schema, "text")
        for address in asked.addresses:
            snippets.snippet_from_doc(self.stored.searcher.doc(address)).to_html()
        self.database.execute(LOAD, [seqs]).fetchall()
        return total


def _terms(names: Any) -> dict[str, Any]:
    return {name: {"terms": {"field": name, "size": engine.MAX_FACET_VALUES}} for name in names}


class FullText:
    """PostgreSQL's own search: in one statement the first 20 by rank with headlines, exact count and five facets."""

    def __init__(self) -> None:
        self.database = database()
        self.database.execute(SETTINGS)
        rows = self.database.execute("SELECT facet, value, id FROM bench_facet").fetchall()
        numbers = {(facet, value): number for facet, value, number in rows}
        self.chosen = {name: [numbers[name, value] for value in values] for name, values in FILTER.items()}

    def prepare(self, text: str, *, narrowed: bool = False, relaxed: bool = False) -> Callable[[], int]:
        """Return a search of PostgreSQL, which returns how many fit; a relaxed one fits any of the words."""
        if text.startswith('"'):
            function, words = "phraseto_tsquery", text.strip('"')
        else:
            function = "to_tsquery"
            words = (" | " if relaxed else " & ").join(re.sub(r"\*$", ":*", word) for word in text.split())
        sql = FULL_TEXT.format(function=function, **(NARROWED if narrowed else WHOLE))
        return partial(self._search, sql, {"words": words} | (self.chosen if narrowed else {}))

    def _search(self, sql: str, values: dict[str, Any]) -> int:
        row = self.database.execute(sql, values).fetchone()
        assert row
        return int(row[0])
