"""The door of every page: which methods and parameters it takes, and what a reader gets when it cannot be opened."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.csrf import csrf_exempt

from cases.parameters import BadParameter, check_names, is_tracking
from cases.reading import Gone, Missing, Moved, Redacted

from . import errors
from .addresses import local, query_of, with_query

View = Callable[..., HttpResponse]


def door(*allowed: str, repeatable: Iterable[str] = ()) -> Callable[[View], View]:
    """Take GET and HEAD with the allowed query parameters, each once or, if repeatable, several times; nothing else."""

    def decorate(view: View) -> View:
        @csrf_exempt  # nothing is ever posted here, and a POST is to be told so
        @wraps(view)
        def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return errors.method_not_allowed(request)
            if any(is_tracking(name) for name in request.GET):
                return HttpResponsePermanentRedirect(_without_tracking(request))
            try:
                check_names(request.GET, allowed, repeatable=repeatable)
                return view(request, **kwargs)
            except BadParameter as bad:
                return errors.bad_parameter(request, bad)
            except Moved as moved:
                address = with_query(local(moved.path), query_of(request))
                return HttpResponsePermanentRedirect(address, preserve_request=True)
            except Gone as gone:
                return errors.gone(request, gone)
            except Redacted:
                return errors.page(request, 410)
            except Missing:
                return errors.page(request, 404)

        return opened

    return decorate


def _without_tracking(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in [name for name in query if is_tracking(name)]:
        del query[name]
    return f"{request.path}?{query.urlencode()}" if query else request.path
