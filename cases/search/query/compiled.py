"""A query as it runs: its groups, each with what the engine looks for and how that may stand in a text."""

from dataclasses import dataclass
from functools import cached_property

from cases.search.highlight import WordForm
from cases.search.index import engine
from cases.search.index.engine import Query


@dataclass(frozen=True)
class WordQuery:
    """What one word or phrase of a query becomes: its alternatives in the index, and its forms in a text.

    `documents` is in how many the commonest of its own forms stands; `correction` a word of the record that is spelt
    alike, where no record has this one; `near_only` whether only words that are near to it stand there.
    """

    queries: list[Query]
    forms: list[WordForm]
    documents: int = 0
    correction: str = ""
    near_only: bool = False


@dataclass(frozen=True)
class Group:
    """One part of a query, which matches by any of its terms.

    `rarity` is what it counts in choosing a statement; `is_droppable` whether a relaxed search may go without it.
    """

    text: str
    query: Query
    forms: list[WordForm]
    rarity: float
    is_known: bool
    is_droppable: bool
    correction: str = ""
    near_only: bool = False


@dataclass(frozen=True)
class CompiledQuery:
    """A query ready to run. `wishes` are what ranks higher and is not required; `asks_number`: how many, or when."""

    groups: list[Group]
    without: list[Query]
    wishes: list[Query]
    asks_number: bool

    @cached_property
    def query(self) -> Query:
        """Return the engine's query: all groups, nothing of `without`."""
        query = engine.all_of([group.query for group in self.groups], self.without)
        return engine.preferring(query, self.wishes) if self.wishes else query

    @property
    def unknown(self) -> list[str]:
        """Return the words that no record has."""
        return [group.text for group in self.groups if not group.is_known]
