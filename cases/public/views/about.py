"""What this is, who runs it, how evidence works and what becomes of a report."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cases.public.page_view import page_view
from cases.public.presenters.example import example
from cases.public.rendering import render


@page_view()
def about(request: HttpRequest) -> HttpResponse:
    """Return the page about the record."""
    return render(request, "about.html", {**_operator(), "example": example()})


def _operator() -> dict[str, object]:
    return {
        "operator": settings.CASEDB_OPERATOR,
        "contact": settings.CASEDB_CONTACT,
        "takedown": settings.CASEDB_TAKEDOWN_CONTACT,
        "correction_days": settings.CASEDB_CORRECTION_DAYS,
        "reply_days": settings.CASEDB_REPLY_DAYS,
        "erased_after": settings.CASEDB_SUBMISSION_DAYS,
    }
