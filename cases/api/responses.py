"""How an answer leaves: stored bytes as they are, who may read them, how long they keep, and how to check them."""

import hashlib
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags
from rest_framework.views import APIView

from cases.http.compression import PACKED, packed
from cases.publication.ledger import timestamp
from cases.record.lookup import Found, Written

from . import throttles
from .openapi import PlainSchema
from .problems import LICENSE_LINK

KEEPS = "public, max-age=60"


class View(APIView):
    """A read-only address. `operation`, `summary`, `answers` and `parameters` describe it in the OpenAPI document."""

    http_method_names = ["get", "head", "options"]
    schema = PlainSchema()
    operation = ""
    summary = ""
    answers: Any = {}
    parameters: Any = ()

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Counted by address, and told what is left (cases.api.throttles).

        In place of what Django REST framework does before a view and after: nobody signs in here, nothing is sent, and
        there is one form to answer in, which neither Accept nor `?format=` changes.
        """
        self.headers: dict[str, str] = {}
        if request.method == "OPTIONS":
            return self.options(request)
        allowance = throttles.take(request)
        try:
            if allowance.left < 0:
                return allowance.told(allowance.refusal())
            name = str(request.method).lower()
            handler = getattr(self, name) if name in self.http_method_names else self.http_method_not_allowed
            response = handler(request, *args, **kwargs)
        except Exception as error:
            response = self.handle_exception(error)
        return packed(request, allowance.told(response))

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Preflight: what may be sent stands in the headers (see casedb.middleware)."""
        return HttpResponse(status=204)


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the client holds this already (If-None-Match)."""
    given = request.META.get("HTTP_IF_NONE_MATCH")
    return given is not None and (
        given.strip() == "*" or etag in [tag.removeprefix("W/") for tag in parse_etags(given)]
    )


def answer(
    request: HttpRequest,
    body: str | bytes,
    *,
    etag: str | None = None,
    media_type: str = "application/json",
    **headers: str,
) -> HttpResponse:
    """The body with its strong ETag (by default its own hash), or 304. Headers are given with underscores."""
    content = body.encode() if isinstance(body, str) else body
    etag = etag or f'"{hashlib.sha256(content).hexdigest()}"'
    extra = {name.replace("_", "-"): value for name, value in headers.items()}
    if is_known(request, etag):
        return not_modified(request, etag, {name: extra[name] for name in CHANGING if name in extra})
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"ETag": etag, "Cache-Control": KEEPS, "Link": LICENSE_LINK, "Vary": PACKED} | extra,
    )


CHANGING = ("CaseDB-Status", "X-Robots-Tag")
"""Headers that may change while the bytes stay: a 304 tells them, and whoever keeps the answer renews them."""


def not_modified(request: HttpRequest, etag: str, changing: dict[str, str] | None = None) -> HttpResponse:
    """304, with the tag as the client holds it: weak when its copy is packed (the packing is not what the tag vouches
    for), because a cache renews only what bears exactly the tag that it is told (RFC 9111, 4.3.4).
    """
    held, weak = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")), f"W/{etag}"
    tag = weak if weak in held and etag not in held else etag
    headers = {"ETag": tag, "Cache-Control": KEEPS, "Link": LICENSE_LINK, "Vary": PACKED}
    return HttpResponseNotModified(headers=headers | (changing or {}))


def links(canonical: str) -> str:
    """The `Link` header: the page that is to be cited for this, and the licence."""
    return f'<{canonical}>; rel="canonical", {LICENSE_LINK}'


def changed(revision: Written) -> str:
    """The `Last-Modified` header of what this revision wrote."""
    return date_of(revision.at)


date_of = lru_cache(maxsize=1024)(http_date)
"""What was published together has one date."""


def stored(request: HttpRequest, found: Found, *, canonical: str, status: str) -> HttpResponse:
    """The bytes that a revision wrote, with what it takes to check them against the log."""
    revision = found.revision
    return answer(
        request,
        found.text,
        etag=f'"{revision.commitment}"',
        CaseDB_Seq=str(revision.seq),
        CaseDB_Commitment=revision.commitment,
        CaseDB_Salt=found.salt,
        CaseDB_Status=status,
        Last_Modified=changed(revision),
        Link=links(canonical),
        **not_indexed(status == "current"),
    )


def not_indexed(current: bool) -> dict[str, str]:
    """The header that keeps out of search engines what is read of the past."""
    return {} if current else {"X_Robots_Tag": "noindex"}


def leaf(revision: Any) -> dict[str, Any]:
    """A revision in the words of the API: exactly the fields of the log."""
    return {
        "seq": revision.seq,
        "batch": revision.batch,
        "action": revision.action,
        "id": str(revision.object_id),
        "kind": revision.kind,
        "version": revision.version,
        "at": timestamp(revision.recorded_at),
        "commitment": revision.commitment,
        "into": str(revision.into) if revision.into else None,
        "cause": revision.cause,
        "redacts": revision.redacts,
    }
