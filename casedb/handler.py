"""The WSGI handler: Django's, with a shorter way for the plainest questions: an address of the API, without a query.

What surrounds a view takes longer than the view and the database together, and of such a request it looks only at how
the site was reached: it lets all pass there or none, and puts the same headers on every answer. So it is asked once
for each way to reach the site. The view is the same, with all that it does itself.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, get_resolver, re_path
from django.utils.log import log_response

from cases.api.responses import View

from .connections import took_too_long
from .errors import too_slow

PLAIN = re.compile(r"/api/v1/[A-Za-z0-9/_.-]{0,200}")
REACHED = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT")
"""All that the middleware looks at in a plain request, beside the header by which a proxy tells of https."""
OF_THE_ANSWER = ("Content-Type", "Content-Length")


class Nothing:
    """A site whose every address is empty, to see what surrounds it."""

    urlpatterns = (re_path("", lambda request: HttpResponse()),)


class Handler(WSGIHandler):
    """To the server it is Django's: no answer differs (tests/api/test_short_way.py asks both)."""

    def __init__(self) -> None:
        super().__init__()
        by_proxy: tuple[str, str] | None = settings.SECURE_PROXY_SSL_HEADER
        self.reached = (*REACHED, by_proxy[0]) if by_proxy else REACHED
        self.surroundings = lru_cache(maxsize=64)(self.ask_surroundings)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        return self.short_way(environ, start_response) or super().__call__(environ, start_response)

    def short_way(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
        """The answer to a plain request; None for any other, and where something else than the view has a say."""
        if not is_plain(environ):
            return None
        headers = self.surroundings(*[environ.get(name) for name in self.reached])
        if headers is None:
            return None
        request = WSGIRequest(environ)
        response = ask_view(request)
        if response is None:
            return None
        headers = headers | dict(response.items())
        if not response.streaming:
            headers["Content-Length"] = str(len(response.content))
        if response.status_code >= 400:
            phrase = response.reason_phrase
            log_response("%s: %s", phrase, request.path, response=response, request=request)
        start_response(f"{response.status_code} {response.reason_phrase}", [*headers.items()])
        return response if response.streaming else [response.content]

    def ask_surroundings(self, *reached: str | None) -> dict[str, str] | None:
        """The headers that the middleware puts on an answer to whoever comes so; None where it lets nobody pass."""
        environ: dict[str, Any] = {"REQUEST_METHOD": "GET", "PATH_INFO": "/api/v1/", "wsgi.input": BytesIO()}
        environ |= {name: value for name, value in zip(self.reached, reached, strict=True) if value is not None}
        request = WSGIRequest(environ)
        try:
            request.get_host()
        except DisallowedHost:  # Django says so, and to the log, when it answers
            return None
        request.urlconf = Nothing  # type: ignore[assignment]  # a class serves as a module
        response = self.get_response(request)
        response.close()  # by which Django forgets the addresses
        if response.status_code != 200:
            return None
        return {name: value for name, value in response.items() if name not in OF_THE_ANSWER}


@lru_cache(maxsize=1024)
def view_at(path: str) -> Any:
    """The view and what it is given; of this site, whatever addresses the thread was told of last."""
    return get_resolver().resolve(path)


def is_plain(environ: dict[str, Any]) -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and not environ.get("SCRIPT_NAME")
        and PLAIN.fullmatch(environ["PATH_INFO"]) is not None
    )


def ask_view(request: HttpRequest) -> Any:
    """What the view answers; None where there is none, or it fails: then Django finds the same and knows what to do."""
    try:
        view, _args, given = view_at(request.path_info)
    except Resolver404:
        return None
    if not issubclass(getattr(view, "cls", object), View):
        return None
    if not connection.in_atomic_block:  # as a request of a test may be
        connection.close_if_unusable_or_obsolete()
    try:
        return view(request, **given)
    except Exception as failed:
        return too_slow(request) if took_too_long(failed) else None
