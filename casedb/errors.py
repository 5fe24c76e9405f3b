"""Error responses: problem+json under the URLs of the API, a page everywhere else."""

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse

from cases.api import problems
from cases.public import error_pages
from cases.public.follow import views as follow
from cases.public.language_urls import without_language
from cases.public.report import views as report

API_PREFIXES = ("/api/", "/schemas/")
API_GUIDE = "/api/"  # a page, for people


def is_api_path(path: str) -> bool:
    """Return whether a URL is read by programs: the API and the JSON Schemas, but not the guide to them."""
    return path.startswith(API_PREFIXES) and path != API_GUIDE


def _error_response(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    if is_api_path(request.path):
        return problems.problem(status, detail)
    return error_pages.page(request, status, detail)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TooManyFieldsSent):
        detail = f"A form takes at most {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields at once. Nothing was saved."
        return _error_response(request, 400, detail)
    return _error_response(request, 400, str(exception))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error_response(request, 403)


def untrusted_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the response to a form without a valid CSRF token. One of a reader is given back, to be sent again."""
    forms = {"/report/": report.again, "/follow/": follow.again}
    again = forms.get(without_language(request.path))
    return again(request) if again else _error_response(request, 403)


def refuse_method(request: HttpRequest) -> HttpResponse:
    if is_api_path(request.path):
        return problems.not_allowed(request, ["GET", "HEAD", "OPTIONS"])
    return error_pages.method_not_allowed_page(request)


def too_slow(request: HttpRequest) -> HttpResponse:
    """Return 503: a statement ran longer than CASEDB_STATEMENT_SECONDS."""
    detail = "This took too long and was given up. Ask for less at once, or try again later."
    response = _error_response(request, 503, detail)
    response.headers["Retry-After"] = "60"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    detail = "There is nothing at this address. /api/v1/ names every address that there is."
    return _error_response(request, 404, detail)


def server_error(request: HttpRequest) -> HttpResponse:
    return _error_response(request, 500)
