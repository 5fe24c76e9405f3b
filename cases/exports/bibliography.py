"""The sources for reference managers."""

import json
from collections.abc import Iterator

from django.db.models import QuerySet

from cases.documents.types import SourceDocument
from cases.models import Record

from .batches import document_batches
from .citations import CslItem, bibtex, source_item


def csl(records: QuerySet[Record]) -> Iterator[bytes]:
    """Yield one JSON array, an item a line."""
    opening = "["
    for item in _items(records):
        yield f"{opening}\n{json.dumps(item, ensure_ascii=False)}".encode()
        opening = ","
    yield b"[]\n" if opening == "[" else b"\n]\n"


def bib(records: QuerySet[Record]) -> Iterator[bytes]:
    """Yield the entries of BibTeX with an empty line between them."""
    return (f"{bibtex(item)}\n".encode() for item in _items(records))


def _items(records: QuerySet[Record]) -> Iterator[CslItem]:
    for documents in document_batches(records):
        yield from (source_item(document) for document in documents if isinstance(document, SourceDocument))
