"""One statement of the record as it stands now, opened: what the pages about the record and its API show."""

from typing import Any

from cases.models import Record
from cases.record.lookup import found

from .resolved import find_claim


def example() -> dict[str, Any] | None:
    """Rather of a collaboration: an example need accuse nobody. None while the record is empty."""
    rows = Record.objects.current().filter(kind__in=["collaboration", "case"])
    row = rows.order_by("-kind", "sort_key", "object_id").first()
    if row is None:
        return None
    document = found(row.since_seq, current=True).document
    claim = find_claim(document, document["lead"][0])
    quote = next(quote for quote in claim["quotes"] if quote["relation"] == "supports")
    return {"claim": claim, "quote": quote, "document": document}
