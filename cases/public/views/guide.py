"""How to read the record with a program: the page at `/api/`, and the mirror client that it offers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cases.public.labels import search_fields
from cases.public.language_urls import local
from cases.public.page_view import page_view
from cases.public.presenters.example import example
from cases.public.presenters.programs import programs
from cases.public.rendering import render, root_of
from cases.search.find import MAX_RESULTS

MIRROR = settings.BASE_DIR / "docs" / "examples" / "mirror.py"


@page_view()
def api(request: HttpRequest) -> HttpResponse:
    """Return the page about the API."""
    shown = example()
    subject = shown.document.path.strip("/") if shown else ""
    context = {
        "example": shown,
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
