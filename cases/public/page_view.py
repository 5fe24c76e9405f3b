"""The decorator of every page: methods, query parameters, ETag, and the page of an error."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cases.http.compression import compress_view
from cases.http.query_parameters import BadParameterError, check_names, is_tracking
from cases.http.rate_limit import count_query
from cases.record.as_of import last_seq
from cases.record.stored_document import MovedError, NotInRecordError, RedactedError, WithdrawnError

from . import error_pages
from .language_urls import local, query_of, with_query, without_language

PageFunction = Callable[..., HttpResponse]
# Every field at its longest, in four bytes a letter, each byte written as %XX
FORM_MAX_BYTES = 96 * 1024
RELEASE_FILES = ("casedb/**/*.py", "cases/**/*.py", "templates/public/**/*", "static/**/*", "locale/*/LC_MESSAGES/*.mo")


def page_view(
    *allowed: str,
    repeatable: Iterable[str] = (),
    form: bool = False,
    file_max_bytes: int = 0,
    by_token: bool = False,
    of_the_record: bool = True,
    limited: bool = False,
) -> Callable[[PageFunction], PageFunction]:
    """Return a decorator for GET and HEAD with these query parameters, each once unless repeatable, and nothing else.

    With `form`, also a POST of a small form of our own, with its CSRF token, and with `file_max_bytes` a file of at
    most so many in it; `by_token`, also one whose URL holds a
    secret, and whose body is not read. What is made of the record alone carries
    its last seq as an ETag and is answered with 304 where the client has it; what is not says `of_the_record=False`.
    What is `limited` shares the rate limit of the API.
    """

    def decorate(view: PageFunction) -> PageFunction:
        protected = csrf_protect(view) if form else view

        @compress_view  # a page holds no secret to guess; the token of a form is masked anew each time
        @csrf_exempt  # what is no form of ours is refused before anything of it is read
        @wraps(view)
        def wrapped(request: HttpRequest, /, **kwargs: object) -> HttpResponse:
            if request.method == "POST" and form:
                if problem := _not_our_form(request, file_max_bytes):
                    return error_pages.page(request, 400, problem)
            elif request.method not in ("GET", "HEAD") and not (request.method == "POST" and by_token):
                return error_pages.method_not_allowed_page(request, posts=form or by_token)
            if any(is_tracking(name) for name in request.GET):
                return HttpResponsePermanentRedirect(_without_tracking(request))
            if limited and (allowance := count_query(request)).remaining < 0:
                return error_pages.too_many_searches(request, allowance.reset_seconds)
            try:
                check_names(request.GET, allowed, repeatable=repeatable)
                response = _conditional(request, protected, kwargs) if of_the_record else protected(request, **kwargs)
                return _unless_known(request, response)
            except (BadParameterError, MovedError, WithdrawnError, NotInRecordError) as error:
                return _error_page(request, error)

        return wrapped

    return decorate


def _error_page(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the page, or the redirect, that tells a reader why there is nothing here."""
    match error:
        case BadParameterError():
            return error_pages.bad_parameter(request, error)
        case MovedError():
            address = with_query(local(error.path), query_of(request))
            return HttpResponsePermanentRedirect(address, preserve_request=True)
        case WithdrawnError():
            return error_pages.gone(request, error)
        case RedactedError():
            return error_pages.page(request, 410)
        case _:
            return error_pages.page(request, 404)


def _conditional(request: HttpRequest, view: PageFunction, kwargs: Mapping[str, object]) -> HttpResponse:
    """Return 304 where the client has the page of this seq and release. One query for the seq."""
    # Read first: a page may be newer than its ETag, never older. Weak: compression changes the bytes
    tag = f'W/"{last_seq()}-{RELEASE}"'
    if_none_match = request.headers.get("If-None-Match", "").strip()
    response = get_conditional_response(request, etag=tag) if if_none_match not in ("", "*") else None
    if response is None:
        response = view(request, **kwargs)
        if response.status_code != 200:
            return response
    response.headers["ETag"] = tag
    patch_cache_control(response, public=True, max_age=60)
    return response


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return 304 where the client has a response that says when it was last modified: most feed readers ask by that."""
    modified = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    if response.status_code != 200 or modified is None:
        return response
    tag = response.headers.get("ETag")
    return get_conditional_response(request, etag=tag, last_modified=modified, response=response) or response


def _release() -> str:
    """Return a hash over what pages are made with, the same in every process of one deployment."""
    parts = [settings.CASEDB_OPERATOR, settings.CASEDB_CONTACT, settings.CASEDB_TAKEDOWN_CONTACT]
    parts += [str(days) for days in (settings.CASEDB_CORRECTION_DAYS, settings.CASEDB_REPLY_DAYS)]
    parts.append(str(settings.CASEDB_SUBMISSION_DAYS))
    files = sorted(path for pattern in RELEASE_FILES for path in settings.BASE_DIR.glob(pattern) if path.is_file())
    parts += [f"{path.relative_to(settings.BASE_DIR)} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


RELEASE = _release()


def _not_our_form(request: HttpRequest, file_max_bytes: int) -> str:
    """Return why a POST is not read at all: files would be kept on our disk before anybody could refuse them.

    A file that is too large for us is read up to twice its limit: the form comes back then with what was written.
    """
    has_file = bool(file_max_bytes) and request.content_type == "multipart/form-data"
    if request.content_type != "application/x-www-form-urlencoded" and not has_file:
        return "A form is sent as application/x-www-form-urlencoded, without files."
    size = request.META.get("CONTENT_LENGTH") or "0"
    most = FORM_MAX_BYTES + 2 * file_max_bytes * has_file
    if size.isdigit() and int(size) <= most:
        return ""
    if has_file:
        too_large = gettext("The file is too large: at most %s MB are taken. Go back, and choose a smaller one.")
        return too_large % (file_max_bytes // 1024**2)
    return f"The form has {size} bytes; at most {most} are read."


def check_path(request: HttpRequest, path: str) -> None:
    """Raise MovedError when what has this permanent URL was requested at another one."""
    if without_language(request.path) != path:
        raise MovedError(path)


def _without_tracking(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in [name for name in query if is_tracking(name)]:
        del query[name]
    return f"{request.path}?{query.urlencode()}" if query else request.path
