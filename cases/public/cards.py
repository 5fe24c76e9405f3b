"""Cards of records and claims, read from the rows of the record, and records grouped by kind."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from cases.models import Record, RecordClaim, RecordExcerpt
from cases.publication.canonical import Document, loads
from cases.publication.represent import FOLDERS

from .addresses import with_query
from .words import FOLDER_TITLES

PER_GROUP = 20


@dataclass(frozen=True)
class Group:
    """Records of one kind. `more` is where the rest are, when there are more than shown."""

    kind: str
    title: str
    cards: list[Document]
    more: str | None


def card(row: Record | RecordClaim | RecordExcerpt) -> Document:
    return loads(row.card)


def groups(rows: QuerySet[Any], kinds: list[str], **query: str) -> list[Group]:
    """The records by kind, in one query; `query` is that of the lists where the rest can be seen."""
    place = Window(RowNumber(), partition_by="kind", order_by=["sort_key", "object_id"])
    of_kinds = rows.filter(kind__in=kinds).annotate(place=place).filter(place__lte=PER_GROUP + 1)
    by_kind: dict[str, list[Any]] = {}
    for record in of_kinds.order_by("place"):
        by_kind.setdefault(record.kind, []).append(record)
    found = []
    for kind in (kind for kind in kinds if kind in by_kind):
        records = by_kind[kind]
        more = with_query(f"/{FOLDERS[kind]}/", query) if len(records) > PER_GROUP else None
        cards = [card(record) | {"record": record.pk} for record in records[:PER_GROUP]]
        found.append(Group(kind, str(FOLDER_TITLES[kind]), cards, more))
    return found
