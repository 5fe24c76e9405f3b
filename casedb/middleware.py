"""Middleware of our own: refuse what no view should see, add the policy, choose the language by path, know users
in the desk only.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from .connections import took_too_long
from .errors import for_machines, method_not_allowed, too_slow

Handler = Callable[[HttpRequest], HttpResponseBase]
MAX_QUERY = 4000
"""Characters of a query string; a longer one is refused."""
EXPOSED = (
    "CaseDB-Seq, CaseDB-Commitment, CaseDB-Salt, CaseDB-Status, CaseDB-Count, CaseDB-Query, Content-Disposition, "
    "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After"
)
METHODS = ("GET", "HEAD", "OPTIONS", "POST")


def content_security_policy(get_response: Handler) -> Handler:
    """The strict policy of the settings (SECURE_CSP, as Django 6 will name it) on every response."""
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def language_of_path(get_response: Handler) -> Handler:
    """English under /en/ and in the API; the curator's own choice in the admin; Indonesian everywhere else.

    Pages are cached by address alone, so neither a cookie nor Accept-Language may choose.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path.startswith("/admin/"):
            language = translation.get_language_from_request(request)
        elif for_machines(path) or path.startswith("/en/") or path == "/en":
            language = "en"
        else:
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            if not for_machines(path):
                response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def open_to_all(get_response: Handler) -> Handler:
    """CORS: a page of any site may read the API and the headers with which it checks what it got. No cookie counts."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if for_machines(request.path_info):
            request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        if for_machines(request.path_info):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
                response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
                response.headers["Access-Control-Max-Age"] = "86400"
        return response

    return middleware


def strict_request(get_response: Handler) -> Handler:
    """Refuse NUL bytes, broken UTF-8, overlong queries and unknown methods before any view or database sees them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return method_not_allowed(request)
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY:
            raise BadRequest(f"The query has {len(query)} characters; at most {MAX_QUERY} are read.")
        if "\0" in request.path_info or "%00" in query or "\0" in query:
            raise BadRequest("A NUL byte is not text.")
        encoded = "%" in query or not query.isascii()
        if "\ufffd" in request.path_info or (encoded and any("\ufffd" in value for _key, value in _pairs(request))):
            raise BadRequest("The address is not UTF-8.")
        return get_response(request)

    return middleware


class SlowStatements:
    """503 for what the database was told to give up (casedb.connections): it is not broken, it asks too much."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_slow(request) if took_too_long(exception) else None


class InTheDesk:
    """Before a middleware of Django: it is passed by outside of the desk. What readers get can then depend on nobody's
    session, and nobody waits for one to be looked for.
    """

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class Sessions(InTheDesk, SessionMiddleware):
    pass


class Users(InTheDesk, AuthenticationMiddleware):
    pass


class Messages(InTheDesk, MessageMiddleware):
    pass


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(key, key + value) for key, values in request.GET.lists() for value in values]
