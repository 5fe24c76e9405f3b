"""Suggestions while typing: titles and names that begin with what was typed."""

from dataclasses import dataclass

from cases.documents.kinds import FOLDERS
from cases.models import Record

from .index import engine, sync
from .query.parser import parse_query

MAX_SUGGESTIONS = 8


@dataclass(frozen=True)
class Suggestion:
    """A title or name that begins with what was typed."""

    text: str
    kind: str
    path: str


def suggest(text: str, language: str, limit: int = MAX_SUGGESTIONS) -> list[Suggestion]:
    """Return records in whose names every word stands, the last perhaps only begun. Raises SearchQueryError."""
    words = [word for term in parse_query(text).terms for word in term.words]
    reader = sync.searchable_index().reader
    if not words or reader is None:
        return []
    last = words[-1]
    begun = [engine.term("name", last)] + ([engine.prefixed("name", last)] if len(last) > 1 else [])
    query = engine.all_of([*(engine.term("name", word) for word in words[:-1]), engine.any_of(begun)])
    _total, rows = reader.top(engine.preferring(query, [engine.term("exact", " ".join(words))]), limit)
    current = Record.objects.current().filter(since_seq__in=[seq for _id, seq, _score in rows])
    records = {record.since_seq: record for record in current}
    return [
        Suggestion(
            record.title_en if language == "en" else record.title_id,
            record.kind,
            f"/{FOLDERS[record.kind]}/{record.slug}/",
        )
        for _id, seq, _score in rows
        if (record := records.get(seq))
    ]
