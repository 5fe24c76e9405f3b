"""Error answers in the form of the door that was knocked at: problem+json for the API, a page for the site."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.api import problems
from cases.public import error_pages
from cases.public.language_urls import bare
from cases.public.report.views import again

MACHINES = ("/api/", "/schemas/")
GUIDE = "/api/"
"""The one page among them, which people read."""


def for_machines(path: str) -> bool:
    return path.startswith(MACHINES) and path != GUIDE


def _answer(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    if for_machines(request.path):
        return problems.problem(status, detail)
    return error_pages.page(request, status, detail)


def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(request, 400, str(exception))


def forbidden(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(request, 403)


def untrusted_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: too old, or not from this site. What was reported is given back, to be sent again."""
    return again(request) if bare(request.path) == "/report/" else _answer(request, 403)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    if for_machines(request.path):
        return problems.not_allowed(request, ["GET", "HEAD", "OPTIONS"])
    return error_pages.method_not_allowed(request)


def too_slow(request: HttpRequest) -> HttpResponse:
    """What took longer than CASEDB_STATEMENT_SECONDS."""
    answer = _answer(request, 503, "This took too long and was given up. Ask for less at once, or try again later.")
    answer.headers["Retry-After"] = "60"
    return answer


def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(request, 404, "There is nothing at this address. /api/v1/ names every address that there is.")


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500)
