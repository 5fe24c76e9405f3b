"""What this is, who runs it and how evidence works; how to read it with a program; and the mirror client."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cases.models import Record
from cases.public.labels import search_fields
from cases.public.language_urls import local
from cases.public.page_view import page_view
from cases.public.presenters.claim_view import ClaimView
from cases.public.presenters.programs import programs
from cases.public.rendering import render, root_of
from cases.record.lookup import document_of_revision
from cases.search.find import MAX_RESULTS

MIRROR = settings.BASE_DIR / "docs" / "examples" / "mirror.py"


@page_view()
def about(request: HttpRequest) -> HttpResponse:
    """Return the page about the record."""
    context = {
        "operator": settings.CASEDB_OPERATOR,
        "contact": settings.CASEDB_CONTACT,
        "takedown": settings.CASEDB_TAKEDOWN_CONTACT,
        "correction_days": settings.CASEDB_CORRECTION_DAYS,
        "reply_days": settings.CASEDB_REPLY_DAYS,
        "erased_after": settings.CASEDB_SUBMISSION_DAYS,
        "example": _example(),
    }
    return render(request, "about.html", context)


@page_view()
def api(request: HttpRequest) -> HttpResponse:
    """Return the page about the API."""
    example = _example()
    subject = example.document.path.strip("/") if example else ""
    context = {
        "example": example,
        "subject": subject,
        "codes": programs(root_of(request), subject),
        "about": local("/about/"),
        "per_minute": settings.CASEDB_API_PER_MINUTE,
        "deepest": MAX_RESULTS,
        "fields": search_fields(),
    }
    return render(request, "api.html", context)


@page_view(of_the_record=False)
def mirror(request: HttpRequest) -> HttpResponse:
    """Return the mirror client, to be saved as a file."""
    headers = {"Content-Disposition": 'attachment; filename="mirror.py"'}
    return HttpResponse(MIRROR.read_bytes(), content_type="text/x-python; charset=utf-8", headers=headers)


def _example() -> ClaimView | None:
    """Return a statement of a collaboration if there is any: an example need accuse nobody. None while all is empty."""
    rows = Record.objects.current().filter(kind__in=["collaboration", "case"])
    row = rows.order_by("-kind", "sort_key", "object_id").first()
    if row is None:
        return None
    document = document_of_revision(row.since_seq, current=True).document
    return ClaimView(document.lead_claims[0], document)
