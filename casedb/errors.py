"""Error answers in the form of the door that was knocked at: problem+json for the API, a page for the site."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.api.problems import problem
from cases.public.errors import page


def _answer(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    if request.path.startswith(("/api/", "/schemas/")):
        return problem(status, detail)
    return page(request, status, detail)


def bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(request, 400, str(exception))


def forbidden(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500)
