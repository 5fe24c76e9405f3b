"""Suggestions while typing: records by their names, topics, and words of the record to search for."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote_plus

import msgspec
from django.utils.translation import override
from msgspec import Struct

from cases.documents.kinds import FOLDERS
from cases.models import Record
from cases.vocabularies import ActorKind, SystemKind, topics
from sources.vocabularies import Vocabulary

from .analysis.synonyms import stopwords
from .analysis.tokens import tokenize
from .index import engine, sync
from .index.engine import Reader
from .names import names_query
from .query.parser import parse_query

MAX_SUGGESTIONS = 8
# Of these; names have the rest
MAX_TOPICS = 2
MAX_WORDS = 3
# Before so many letters, too many words begin so
MIN_WORD_CHARS = 3
MAX_COMPARED_WORDS = 12
MAX_AUTHORS = 2
SUBKINDS: dict[str, type[Vocabulary]] = {"actor": ActorKind, "system": SystemKind}


@dataclass(frozen=True)
class Suggestion:
    """A title or name, a topic, or a word to search for; `detail` tells apart what is called the same."""

    text: str
    kind: str
    path: str
    detail: str = ""


class _SourceCard(Struct):
    """What the card of a source says of who wrote it, where it had room, and when."""

    authors: tuple[str, ...] = ()
    published: str | None = None


def suggest(text: str, language: str, limit: int = MAX_SUGGESTIONS) -> list[Suggestion]:
    """Return records in whose names every word stands, is begun or nearly stands, then topics, then words.

    Raises SearchQueryError.
    """
    words = [word for term in parse_query(text).terms for word in term.words]
    reader = sync.searchable_index().reader
    if not words or reader is None:
        return []
    others = [*_topics(words, language, reader), *_words(words, reader)]
    return [*_records(words, language, reader, limit - len(others)), *others]


def _records(words: list[str], language: str, reader: Reader, limit: int) -> Iterable[Suggestion]:
    _total, rows = reader.top(names_query(words), limit)
    current = Record.objects.current().filter(since_seq__in=[seq for _id, seq, _score in rows])
    records = {record.since_seq: record for record in current}
    for _id, seq, _score in rows:
        if record := records.get(seq):
            title = record.title_en if language == "en" else record.title_id
            yield Suggestion(title, record.kind, f"/{FOLDERS[record.kind]}/{record.slug}/", _detail(record, language))


def _detail(record: Record, language: str) -> str:
    """Return what sort of actor or system it is; of a source, who wrote it and in which year."""
    if record.kind == "source":
        card = msgspec.json.decode(record.card, type=_SourceCard)
        more = ["…"] if len(card.authors) > MAX_AUTHORS else []
        return ", ".join([*card.authors[:MAX_AUTHORS], *more, *([card.published[:4]] if card.published else [])])
    kinds = SUBKINDS.get(record.kind)
    if kinds is None or record.subkind not in kinds.values:
        return ""
    with override(language):
        return str(kinds(record.subkind).label)


def _topics(words: list[str], language: str, reader: Reader) -> list[Suggestion]:
    """Return topics with a record, in whose label every word stands or is begun."""
    fit = (topic for topic in topics().values() if any(_fits(words, label) for label in topic.label.values()))
    used = (topic for topic in fit if reader.count(engine.term("topic", topic.code)))
    return [Suggestion(t.label[language], "topic", f"/topics/{t.code}/") for t in islice(used, MAX_TOPICS)]


def _fits(words: list[str], label: str) -> bool:
    return all(any(other.startswith(word) for other in tokenize(label)) for word in words)


def _words(words: list[str], reader: Reader) -> list[Suggestion]:
    """Return words of statements that begin with the one word typed, most frequent first."""
    if len(words) > 1 or len(words[0]) < MIN_WORD_CHARS or not words[0].isalpha():
        return []
    terms = reader.terms_with_prefix("said", words[0], MAX_COMPARED_WORDS)
    plain = (word for word, _frequency in terms if word.isalpha() and word not in stopwords().grammar)
    held = (word for word in plain if reader.count(engine.term("said", word)))  # not only by what was withdrawn
    return [Suggestion(word, "word", f"/search/?q={quote_plus(word)}") for word in islice(held, MAX_WORDS)]
