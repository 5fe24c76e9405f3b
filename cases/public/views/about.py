"""What this is, who runs it, how evidence works and what becomes of a report."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cases.models import Record
from cases.reading import found

from ..documents import find_claim
from ..door import door
from ..pages import render


@door()
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "about.html", _operator() | {"example": _example()})


def _operator() -> dict[str, Any]:
    return {
        "operator": settings.CASEDB_OPERATOR,
        "contact": settings.CASEDB_CONTACT,
        "takedown": settings.CASEDB_TAKEDOWN_CONTACT,
        "correction_days": settings.CASEDB_CORRECTION_DAYS,
        "reply_days": settings.CASEDB_REPLY_DAYS,
        "erased_after": settings.CASEDB_SUBMISSION_DAYS,
    }


def _example() -> dict[str, Any] | None:
    """A statement of the record as it stands now, opened. Rather of a collaboration: an example need accuse nobody."""
    rows = Record.objects.current().filter(kind__in=["collaboration", "case"])
    row = rows.order_by("-kind", "sort_key", "object_id").first()
    if row is None:
        return None
    document = found(row.since_seq, current=True).document
    claim = find_claim(document, document["lead"][0])
    quote = next(quote for quote in claim["quotes"] if quote["relation"] == "supports")
    return {"claim": claim, "quote": quote, "document": document}
