"""What answers a search of which no record holds every word: a corrected spelling, or the records that hold most."""

from dataclasses import dataclass

from .alternatives import corrected_text
from .index import engine
from .index.engine import Query, Reader
from .query.compiled import CompiledQuery, Group
from .query.compiler import compile_query
from .query.parser import parse_query

# Words of a search among which the most are looked for; of more, the rarest
MAX_RELAXED_WORDS = 8


@dataclass(frozen=True)
class Answer:
    """The query that answers, and how it differs from what was typed.

    `matched` is how many of the groups each record holds; `considered` are the groups that it may go without;
    `corrected` the text where another spelling of it was searched.
    """

    compiled: CompiledQuery
    query: Query
    considered: tuple[Group, ...] = ()
    matched: int = 0
    corrected: str = ""


def corrected(text: str, compiled: CompiledQuery, narrowed: list[Query], reader: Reader) -> Answer | None:
    """Return the search in another spelling of its words that no record has, if records hold all of those words.

    Among them are those for which only a name stands that is spelt alike.
    """
    if not all(group.is_known or group.correction for group in compiled.groups):
        return None
    if not any(group.correction for group in compiled.groups):
        return None
    meant = corrected_text(text, compiled)
    other = compile_query(parse_query(meant), reader)
    if not reader.count(engine.all_of([other.query, *narrowed])):
        return None
    return Answer(other, other.query, corrected=meant)


def relaxed(compiled: CompiledQuery, narrowed: list[Query], reader: Reader) -> Answer | None:
    """Return the search of the records that hold the greatest number of the words: at least half of the known ones.

    Phrases, fields, negations and words of guilt are never dropped. One query finds that number: each word that a
    record holds counts one point.
    """
    droppable = sorted((g for g in compiled.groups if g.is_droppable and g.is_known), key=lambda g: -g.rarity)
    considered = droppable[:MAX_RELAXED_WORDS]
    kept = [group for group in compiled.groups if not group.is_droppable]
    if not considered or not all(group.is_known for group in kept):
        return None
    required = [*(group.query for group in kept), *narrowed]
    points = [engine.scored(group.query, 1.0) for group in considered]
    counting = engine.at_least(1, points, [engine.scored(query, 0.0) for query in required], compiled.without)
    _total, best = reader.top(counting, 1)
    most = round(best[0][2]) if best else 0
    if not most or 2 * most < len(considered):
        return None
    kept_queries = [group.query for group in kept]
    query = engine.at_least(most, [group.query for group in considered], kept_queries, compiled.without)
    return Answer(compiled, engine.preferring(query, compiled.wishes), tuple(considered), most + len(kept))


def missing_words(answer: Answer, ids: list[str], reader: Reader) -> dict[str, list[str]]:
    """Return by id which words of the search each of these documents lacks, in the order of the search."""
    holding = {group.text: reader.holding(group.query, ids) for group in answer.considered}
    return {
        object_id: [
            group.text
            for group in answer.compiled.groups
            if not group.is_known or (group.text in holding and object_id not in holding[group.text])
        ]
        for object_id in ids
    }
