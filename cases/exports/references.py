"""The sources for reference managers."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from cases.documents.types import parse_document

from .batches import batches
from .citations import Item, bibtex, of_source


def items(records: QuerySet[Any]) -> Iterator[list[Item]]:
    for rows in batches(records):
        yield [of_source(parse_document(row.text)) for row in rows if row.text is not None]


def csl(records: QuerySet[Any]) -> Iterator[bytes]:
    """One JSON array, an item a line."""
    opening = "["
    for batch in items(records):
        for item in batch:
            yield f"{opening}\n{json.dumps(item, ensure_ascii=False)}".encode()
            opening = ","
    yield b"[]\n" if opening == "[" else b"\n]\n"


def bib(records: QuerySet[Any]) -> Iterator[bytes]:
    for batch in items(records):
        yield "\n".join([*map(bibtex, batch), ""]).encode()
