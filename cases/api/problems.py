"""Errors as RFC 9457 problem+json, always in one shape."""

from http import HTTPStatus
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from rest_framework.exceptions import APIException, MethodNotAllowed

from cases.http.query_parameters import BadParameter
from cases.publication.ledger import timestamp
from cases.record.lookup import Gone, Moved, Redacted

ROOT = "/api/v1"
LICENSE_LINK = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


class NotHere(LookupError):
    """There is no such thing at this address. `nearest` names what was probably meant."""

    def __init__(self, detail: str, nearest: list[str] | None = None) -> None:
        super().__init__(detail)
        self.detail, self.nearest = detail, nearest


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """`{type, title, status, detail, …}` with the members that are given."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    body |= {key: value for key, value in more.items() if value is not None}
    text = msgspec.json.encode(body, enc_hook=lambda text: "" + str(text))
    headers = {"Link": LICENSE_LINK}
    return HttpResponse(text, status=status, content_type="application/problem+json", headers=headers)


def not_allowed(request: HttpRequest, methods: list[str]) -> HttpResponse:
    answer = problem(405, f"“{str(request.method)[:20]}” is not allowed here; the record is read-only.")
    answer.headers["Allow"] = ", ".join(methods)
    return answer


def handle(exception: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Django REST framework's EXCEPTION_HANDLER. What it does not know is a fault of ours, and becomes a 500."""
    request, view = context["request"], context["view"]
    match exception:
        case BadParameter():
            near = [exception.nearest] if exception.nearest else None
            return problem(400, exception.detail, parameter=exception.name[:60], did_you_mean=near)
        case NotHere():
            return problem(404, exception.detail, did_you_mean=exception.nearest or None)
        case Http404():
            return problem(404)
        case Moved():
            return _moved(request, exception)
        case Gone():
            return _gone(exception)
        case Redacted():
            return _redacted(exception)
        case MethodNotAllowed():
            return not_allowed(request, view.allowed_methods)
        case APIException():
            return problem(exception.status_code, str(exception.detail))
    return None


def _moved(request: HttpRequest, moved: Moved) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    address = f"{ROOT}{moved.path}?{query}" if query else f"{ROOT}{moved.path}"
    return HttpResponsePermanentRedirect(address, preserve_request=True, headers={"Link": LICENSE_LINK})


def _gone(gone: Gone) -> HttpResponse:
    version, title = gone.document["version"], gone.document["title"]
    at = timestamp(gone.revision.recorded_at)
    name = title if isinstance(title, str) else title["en"]
    return problem(
        410,
        f"“{name}” was withdrawn on {at[:10]}: {version['reason']}",
        withdrawn={
            "id": gone.document["id"],
            "kind": gone.document["kind"],
            "title": title,
            "reason": version["reason"],
            "reason_code": version["reason_code"],
            "at": at,
            "seq": gone.revision.seq,
            "revision": f"{ROOT}/revisions/{gone.revision.seq}/",
        },
    )


def _redacted(redacted: Redacted) -> HttpResponse:
    revision = redacted.revision
    return problem(
        410,
        f"The words of revision {revision.seq} were erased. Its commitment remains.",
        redacted={"seq": revision.seq, "commitment": revision.commitment},
    )
