"""Middleware: refuses malformed requests, adds the security policy and CORS, chooses the language by path, and keeps
sessions to the admin.
"""

import time
from collections.abc import Awaitable, Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from .connections import is_statement_timeout
from .errors import is_api_path, refuse_method, too_slow

GetResponse = Callable[[HttpRequest], HttpResponseBase]
MAX_QUERY_STRING_CHARS = 4000
EXPOSED_HEADERS = (
    "CaseDB-Seq, CaseDB-Commitment, CaseDB-Salt, CaseDB-Status, CaseDB-Count, CaseDB-Query, Content-Disposition, "
    "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After"
)
# Keys of a session, and how often the second is written: not every request has to write to the database
STARTED_AT, SEEN_AT = "started_at", "seen_at"
SECONDS_BETWEEN_NOTES = 60
ALLOWED_METHODS = ("GET", "HEAD", "OPTIONS", "POST")


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Send the policy of the settings (SECURE_CSP, as Django 6 will name it) with every response."""
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def language_of_path(get_response: GetResponse) -> GetResponse:
    """Set English under /en/ and in the API, the curator's own language in the admin, Indonesian everywhere else.

    Pages are cached by address alone, so neither a cookie nor Accept-Language may choose.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path.startswith("/admin/"):
            language = translation.get_language_from_request(request)
        elif is_api_path(path) or path.startswith("/en/") or path == "/en":
            language = "en"
        else:
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            if not is_api_path(path):
                response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def cors(get_response: GetResponse) -> GetResponse:
    """Let pages of any site read the API and the headers with which they verify it. Cookies are dropped."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if is_api_path(request.path_info):
            request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        if is_api_path(request.path_info):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
                response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
                response.headers["Access-Control-Max-Age"] = "86400"
        return response

    return middleware


def refuse_malformed_requests(get_response: GetResponse) -> GetResponse:
    """Refuse NUL bytes, broken UTF-8, overlong queries and unknown methods before any view or database sees them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ALLOWED_METHODS:
            return refuse_method(request)
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY_STRING_CHARS:
            raise BadRequest(f"The query has {len(query)} characters; at most {MAX_QUERY_STRING_CHARS} are read.")
        if "\0" in request.path_info or "%00" in query or "\0" in query:
            raise BadRequest("A NUL byte is not text.")
        encoded = "%" in query or not query.isascii()
        if "\ufffd" in request.path_info or (encoded and _has_replacement(request)):
            raise BadRequest("The address is not UTF-8.")
        return get_response(request)

    return middleware


class SlowStatements:
    """Answer 503 where the database gave up a statement at its limit (casedb.connections)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_slow(request) if is_statement_timeout(exception) else None


class AdminOnly(MiddlewareMixin):
    """Mixin for a middleware of Django: runs it in the admin only, so that no page depends on a session."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        if request.path_info.startswith("/admin/"):
            return super().__call__(request)
        return self.get_response(request)


class AdminSessions(AdminOnly, SessionMiddleware):
    """Sessions of the desk: they end some time after the last request, and some hours after the login in any case."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        session, now = request.session, int(time.time())
        if SESSION_KEY not in session:
            return
        if now - session.get(STARTED_AT, 0) >= settings.CASEDB_SESSION_HOURS * 60 * 60:
            session.flush()
        elif now - session.get(SEEN_AT, 0) >= SECONDS_BETWEEN_NOTES:
            session[SEEN_AT] = now  # to save it lets it live for SESSION_COOKIE_AGE from now


def begin_session(request: HttpRequest, **_signal: object) -> None:
    """Note when a session began; Django sends a signal at each login."""
    request.session[STARTED_AT] = request.session[SEEN_AT] = int(time.time())


class AdminUsers(AdminOnly, AuthenticationMiddleware):
    pass


class AdminMessages(AdminOnly, MessageMiddleware):
    pass


def _has_replacement(request: HttpRequest) -> bool:
    return any("\ufffd" in key + value for key, values in request.GET.lists() for value in values)
