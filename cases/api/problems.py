"""Errors as problem+json (RFC 9457), always in one shape."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from rest_framework.exceptions import APIException, MethodNotAllowed, Throttled

from cases.http.query_parameters import BadParameterError
from cases.publication.ledger import timestamp
from cases.record.stored_document import MovedError, RedactedError, WithdrawnError
from cases.search.query.parser import SearchQueryError

from .responses import LICENSE_LINK, json_text

ROOT = "/api/v1"


class NoSuchResourceError(LookupError):
    """There is no such thing in the record. `nearest` names what was probably meant."""

    def __init__(self, detail: str, nearest: list[str] | None = None) -> None:
        super().__init__(detail)
        self.detail, self.nearest = detail, nearest


def problem(status: int, detail: str = "", **more: object) -> HttpResponse:
    """Return `{type, title, status, detail, …}` with the members that are given."""
    body: dict[str, object] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    body |= {key: value for key, value in more.items() if value is not None}
    headers = {"Link": LICENSE_LINK}
    return HttpResponse(json_text(body), status=status, content_type="application/problem+json", headers=headers)


def not_allowed(request: HttpRequest, methods: list[str]) -> HttpResponse:
    response = problem(405, f"“{str(request.method)[:20]}” is not allowed here; the record is read-only.")
    response.headers["Allow"] = ", ".join(methods)
    return response


def handle(exception: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Return the response to an exception (EXCEPTION_HANDLER of REST framework), or None: a fault of ours, a 500."""
    request, view = context["request"], context["view"]
    match exception:
        case BadParameterError():
            return _bad_parameter(exception.name[:60], exception.detail, exception.nearest)
        case SearchQueryError():
            return _bad_parameter("q", exception.sentence, exception.nearest)
        case NoSuchResourceError():
            return problem(404, exception.detail, did_you_mean=exception.nearest or None)
        case Http404():
            return problem(404)
        case MovedError():
            return _moved(request, exception)
        case WithdrawnError():
            return _gone(exception)
        case RedactedError():
            return _redacted(exception)
        case MethodNotAllowed():
            return not_allowed(request, view.allowed_methods)
        case Throttled():
            return _throttled(exception)
        case APIException():
            return problem(exception.status_code, str(exception.detail))
    return None


def _bad_parameter(name: str, detail: str, nearest: str | None) -> HttpResponse:
    return problem(400, detail, parameter=name, did_you_mean=[nearest] if nearest else None)


def _moved(request: HttpRequest, moved: MovedError) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    address = f"{ROOT}{moved.path}?{query}" if query else f"{ROOT}{moved.path}"
    return HttpResponsePermanentRedirect(address, preserve_request=True, headers={"Link": LICENSE_LINK})


def _throttled(throttled: Throttled) -> HttpResponse:
    limit, wait = settings.CASEDB_API_PER_MINUTE, throttled.wait  # type: ignore[attr-defined] # not in its stubs
    response = problem(429, f"At most {limit} requests a minute are answered. Go on in {wait} s.")
    response.headers["Retry-After"] = str(wait)
    return response


def _gone(gone: WithdrawnError) -> HttpResponse:
    document, version = gone.document, gone.document.version
    at = timestamp(gone.revision.recorded_at)
    return problem(
        410,
        f"“{document.titles.en}” was withdrawn on {at[:10]}: {version.reason.choose('en')}",
        withdrawn={
            "id": document.id,
            "kind": document.kind,
            "title": document.titles,
            "reason": version.reason,
            "reason_code": version.reason_code,
            "at": at,
            "seq": gone.revision.seq,
            "revision": f"{ROOT}/revisions/{gone.revision.seq}/",
        },
    )


def _redacted(redacted: RedactedError) -> HttpResponse:
    revision = redacted.revision
    return problem(
        410,
        f"The words of revision {revision.seq} were erased. Its commitment remains.",
        redacted={"seq": revision.seq, "commitment": revision.commitment},
    )
