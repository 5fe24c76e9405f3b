"""Responses of the API: stored bytes as they are, their ETag, how long caches keep them, and the headers to verify."""

import hashlib
from collections.abc import Mapping

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags

from cases.models import Revision
from cases.publication.ledger import timestamp
from cases.record.as_of import statuses
from cases.record.stored_document import RevisionHeader, StoredDocument

LICENSE_LINK = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
CACHE_CONTROL = "public, max-age=60"
# Headers that may change while the bytes stay: a 304 sends them, and a cache renews them
CHANGING_HEADERS = ("CaseDB-Status", "X-Robots-Tag")
JsonObject = Mapping[str, object]


def json_text(value: object) -> str:
    """Return JSON of what may hold parts of documents and texts that are translated late."""
    return msgspec.json.encode(value, enc_hook=lambda text: "" + str(text)).decode()  # a plain str, not a marked one


def etag_matches(request: HttpRequest, etag: str) -> bool:
    """Return whether the client has this already (If-None-Match)."""
    given = request.META.get("HTTP_IF_NONE_MATCH")
    return given is not None and (
        given.strip() == "*" or etag in [tag.removeprefix("W/") for tag in parse_etags(given)]
    )


def raw_response(
    request: HttpRequest,
    body: str | bytes,
    *,
    etag: str | None = None,
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return the body with its strong ETag (by default its own hash), or 304."""
    content = body.encode() if isinstance(body, str) else body
    etag = etag or f'"{hashlib.sha256(content).hexdigest()}"'
    headers = headers or {}
    if etag_matches(request, etag):
        return not_modified(request, etag, {name: headers[name] for name in CHANGING_HEADERS if name in headers})
    common = {"ETag": etag, "Cache-Control": CACHE_CONTROL, "Link": LICENSE_LINK}
    return HttpResponse(content, content_type=media_type, headers=common | dict(headers))


def json_response(
    request: HttpRequest, value: JsonObject, *, etag: str | None = None, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    return raw_response(request, json_text(value), etag=etag, headers=headers)


def not_modified(request: HttpRequest, etag: str, changing: Mapping[str, str] | None = None) -> HttpResponse:
    """Return 304 with the tag as the client holds it.

    That is the weak one when its copy is compressed, because a cache renews only what bears exactly the tag of the 304
    (RFC 9111, 4.3.4).
    """
    given, weak = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")), f"W/{etag}"
    tag = weak if weak in given and etag not in given else etag
    headers = {"ETag": tag, "Cache-Control": CACHE_CONTROL, "Link": LICENSE_LINK}
    return HttpResponseNotModified(headers=headers | dict(changing or {}))


def link_header(request: HttpRequest, path: str) -> dict[str, str]:
    """Return the `Link` header: the page that is to be cited for this, and the licence."""
    return {"Link": f'<{request.build_absolute_uri(path)}>; rel="canonical", {LICENSE_LINK}'}


def last_modified(revision: RevisionHeader) -> dict[str, str]:
    return {"Last-Modified": http_date(revision.at)}


def robots_header(*, is_current: bool) -> dict[str, str]:
    """Return the header that keeps out of search engines what is read of the past."""
    return {} if is_current else {"X-Robots-Tag": "noindex"}


def revision_headers(found: StoredDocument) -> dict[str, str]:
    """Return what it takes to verify a document against the log, and what became of it."""
    revision = found.revision
    status = "current" if found.current else statuses([revision.seq])[revision.seq]
    return {
        "CaseDB-Seq": str(revision.seq),
        "CaseDB-Commitment": revision.commitment,
        "CaseDB-Salt": found.salt,
        "CaseDB-Status": status,
    } | (last_modified(revision) | robots_header(is_current=status == "current"))


def document_response(request: HttpRequest, found: StoredDocument) -> HttpResponse:
    """Return the bytes that a revision wrote."""
    headers = revision_headers(found) | link_header(request, found.path)
    return raw_response(request, found.text, etag=f'"{found.revision.commitment}"', headers=headers)


def url_with(request: HttpRequest, name: str, value: str) -> str:
    """Return the URL of a request with another value of one parameter."""
    query = request.GET.copy()
    query[name] = value
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def envelope(head: JsonObject, results: list[str]) -> bytes:
    """Return the envelope of a list with `results`, which are JSON texts already."""
    return b'%b,"results":[%b]}' % (msgspec.json.encode(head)[:-1], ",".join(results).encode())


def revision_leaf(revision: Revision) -> dict[str, object]:
    """Return a revision in the words of the API: exactly the fields of the log."""
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
