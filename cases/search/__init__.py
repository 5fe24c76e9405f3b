"""Search over the public record: `find.search(SearchRequest) -> Results`, `suggest.suggest`.

analysis/       tokens, stems, synonyms: how a text becomes words, their stems, and what is near to them
index/          what the index holds of a document, the engine, and keeping the index in step with the ledger;
                `word_index`: its distinct words, for what was probably meant by a word that no record has
query/          the parser and compiler of queries, and whether a statement fits the selected facets
relaxation      what answers where no record holds every word: a corrected spelling, or most of the words
highlight       the highlighter: what matched in a text
matches         what a hit shows: statement, quote, `match_reasons` and `snippets`
names           names matched through typos, missing words and another order
alternatives    what to offer where nothing matches
database        plain database search, where there is no index
"""
