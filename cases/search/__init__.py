"""Search over the public record: `find.search(SearchRequest) -> Results`, `find.suggest`.

words, stems, nearby   how a text becomes words, their stems, and what is near to them
documents              what the index holds of a published document
engine                 the one module that knows the search engine
follow                 keeps the index in step with the ledger
parser, query          what was asked, as a tree and as the engine runs it
finder, matches        what matched in a text, and what is shown of a hit
find                   the search itself, and suggestions
plain                  plain database search, where there is no index
"""
