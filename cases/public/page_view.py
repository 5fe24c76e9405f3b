"""The door of every page: which methods and parameters it takes, and what a reader gets when it cannot be opened."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cases.http.compression import compress_view
from cases.http.query_parameters import BadParameter, check_names, is_tracking
from cases.record.lookup import Gone, Missing, Moved, Redacted

from . import error_pages
from .etags import etag
from .language_urls import local, query_of, with_query

View = Callable[..., HttpResponse]
LARGEST_FORM = 96 * 1024
"""Bytes: every field at its longest, in four bytes a letter, each byte written as %XX."""


def door(
    *allowed: str, repeatable: Iterable[str] = (), form: bool = False, of_the_record: bool = True
) -> Callable[[View], View]:
    """Take GET and HEAD with the allowed query parameters, each once or, if repeatable, several times; nothing else.

    With `form`, also a POST of a small form of our own, with its token against forgery. What is made of the record
    alone carries its last seq as an ETag, and who has it already gets 304; what is not says `of_the_record=False`.
    """

    def decorate(view: View) -> View:
        view = csrf_protect(view) if form else view

        @compress_view  # a page holds no secret to guess; the token of a form is masked anew each time
        @csrf_exempt  # what is no form of ours is refused before anything of it is read
        @wraps(view)
        def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and form:
                if problem := _not_our_form(request):
                    return error_pages.page(request, 400, problem)
            elif request.method not in ("GET", "HEAD"):
                return error_pages.method_not_allowed(request, posts=form)
            if any(is_tracking(name) for name in request.GET):
                return HttpResponsePermanentRedirect(_without_tracking(request))
            try:
                check_names(request.GET, allowed, repeatable=repeatable)
                return _unless_known(request, view, kwargs) if of_the_record else view(request, **kwargs)
            except BadParameter as bad:
                return error_pages.bad_parameter(request, bad)
            except Moved as moved:
                address = with_query(local(moved.path), query_of(request))
                return HttpResponsePermanentRedirect(address, preserve_request=True)
            except Gone as gone:
                return error_pages.gone(request, gone)
            except Redacted:
                return error_pages.page(request, 410)
            except Missing:
                return error_pages.page(request, 404)

        return opened

    return decorate


def _unless_known(request: HttpRequest, view: View, kwargs: dict[str, Any]) -> HttpResponse:
    """304 for whoever has the page of this seq, which is read first: a page may be newer than its tag, never older."""
    tag = etag()
    asked = request.headers.get("If-None-Match", "").strip()
    known = get_conditional_response(request, etag=tag) if asked not in ("", "*") else None
    if known is None:
        known = view(request, **kwargs)
        if known.status_code != 200:
            return known
    known.headers.setdefault("ETag", tag)
    patch_cache_control(known, public=True, max_age=60)
    return known


def _not_our_form(request: HttpRequest) -> str:
    """Why a POST is not read at all: files would be kept on our disk before anybody could refuse them."""
    if request.content_type != "application/x-www-form-urlencoded":
        return "A form is sent as application/x-www-form-urlencoded, without files."
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdigit() or int(size) > LARGEST_FORM:
        return f"The form has {size} bytes; at most {LARGEST_FORM} are read."
    return ""


def _without_tracking(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in [name for name in query if is_tracking(name)]:
        del query[name]
    return f"{request.path}?{query.urlencode()}" if query else request.path
