"""Claims and documents as CSV."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from cases.documents.types import parse_document

from .batches import batches
from .csv_cells import lines
from .flat import claim_row, document_row


def claims_csv(records: QuerySet[Any], claims: QuerySet[Any]) -> Iterator[bytes]:
    """The claims asked for, in the order of their documents' seq and as told there. Two queries a batch."""
    header = True
    for batch in batches(records):
        wanted = claims.filter(record__in=[row.pk for row in batch]).values_list("object_id", flat=True)
        ids = {str(object_id) for object_id in wanted}
        documents = [parse_document(row.text) for row in batch if row.text is not None]
        rows = [claim_row(claim, d) for d in documents for claim in d.get("claims", []) if claim["id"] in ids]
        if rows:
            yield lines(rows, header=header)
            header = False
    if header:
        yield _only_header(CLAIM_COLUMNS)


def documents_csv(records: QuerySet[Any], kind: str) -> Iterator[bytes]:
    """The documents of one kind."""
    header = True
    for batch in batches(records):
        rows = [document_row(parse_document(row.text)) for row in batch if row.text is not None]
        yield lines(rows, header=header)
        header = header and not rows
    if header:
        yield _only_header(columns_of(kind))


def _only_header(columns: list[str]) -> bytes:
    return (",".join(columns) + "\r\n").encode()


_VERSION: dict[str, Any] = {"number": 1, "recorded_at": ""}
_CLAIM: dict[str, Any] = {
    **dict.fromkeys(("id", "kind", "subkind", "standing", "start", "end", "date_as_stated", "path"), ""),
    **{"statement": {}, "said_by": {"speaker": {"id": "", "en": ""}}, "ongoing_when_written": False},
    **{name: [] for name in ("relayed_by", "parties", "places", "topics", "citations")},
}
_DOCUMENT: dict[str, Any] = {
    **dict.fromkeys(("id", "slug", "path", "institution", "publisher", "published", "language", "url", "licence"), ""),
    **dict.fromkeys(("actor_kind", "system_kind", "place_kind", "source_kind", "code", "iso", "parent"), None),
    **{name: [] for name in ("lead", "claims", "conflicts", "unknowns", "aliases", "places", "topics", "sources")},
    **{name: [] for name in ("authors", "known_through", "captures", "excerpts")},
    **{"period": {"start": None, "end": None}, "extent": None, "title_given": False, "version": _VERSION},
}


def columns_of(kind: str) -> list[str]:
    """The columns of a kind, from a row of an empty document."""
    title: Any = "" if kind == "source" else {"id": "", "en": ""}
    return list(document_row(_DOCUMENT | {"kind": kind, "title": title}))


CLAIM_COLUMNS = list(claim_row(_CLAIM, _DOCUMENT | {"kind": "case", "title": {"id": "", "en": ""}}))
