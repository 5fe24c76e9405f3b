"""What machines ask for: robots.txt, and what a page is in the words of schema.org."""

import json
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.documents.types import Document
from cases.public.language_urls import local, page_language
from cases.public.markup import own
from cases.public.page_view import page_view
from cases.record.lookup import find_document
from cases.record.stored_document import MovedError

LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"


@page_view()
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt: searches and reports are not for robots."""
    closed = [f"{prefix}/{folder}/" for prefix in ("", "/en") for folder in ("search", "report")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ["/admin/", *closed])]
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse("\n".join([*lines, f"Sitemap: {sitemap}", ""]), content_type="text/plain; charset=utf-8")


@page_view()
def site(request: HttpRequest) -> HttpResponse:
    """Return the site and its data as a whole."""
    home = request.build_absolute_uri(local("/"))
    search = request.build_absolute_uri(local("/search/"))
    about = _("A public record in which every statement opens the exact words that back it.")
    target = {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{query}}"}
    website: dict[str, object] = {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "name": "CaseDB",
        "url": home,
        "inLanguage": page_language(),
        "description": about,
        "potentialAction": {"@type": "SearchAction", "target": target, "query-input": "required name=query"},
    }
    dataset: dict[str, object] = {
        "@type": "Dataset",
        "@id": f"{home}#data",
        "name": "CaseDB",
        "description": about,
        "url": home,
        "license": LICENSE_URL,
        "isAccessibleForFree": True,
        "distribution": [_download(request)],
    }
    if settings.CASEDB_OPERATOR:
        website["publisher"] = dataset["publisher"] = {"@type": "Organization", "name": settings.CASEDB_OPERATOR}
    return _jsonld({"@context": "https://schema.org", "@graph": [website, dataset]})


@page_view()
def record(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Return a page as a report on its sources. It repeats no statement: without its words that would be a verdict."""
    try:
        document = find_document(kind, slug).document
    except MovedError as moved:
        raise MovedError(f"{moved.path}record.jsonld") from moved
    if document.slug != slug:
        raise MovedError(f"{document.path}record.jsonld")
    return _jsonld({"@context": "https://schema.org", **_report(request, document)})


def _download(request: HttpRequest) -> dict[str, object]:
    address = request.build_absolute_uri("/api/v1/")
    return {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": address}


def _report(request: HttpRequest, document: Document) -> dict[str, object]:
    address = request.build_absolute_uri(local(document.path))
    return {
        "@type": "Report",
        "@id": address,
        "url": address,
        "name": own(document.title),
        "inLanguage": page_language(),
        "version": str(document.version.number),
        "dateModified": document.version.recorded_at,
        "license": LICENSE_URL,
        "isAccessibleForFree": True,
        "isPartOf": {"@id": f"{request.build_absolute_uri(local('/'))}#data"},
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": source.title,
                "url": request.build_absolute_uri(local(f"/sources/{source.slug}/")),
            }
            for source in document.sources
        ],
    }


def _jsonld(content: Mapping[str, object]) -> HttpResponse:
    body = json.dumps(content, ensure_ascii=False, indent=1)
    return HttpResponse(f"{body}\n", content_type="application/ld+json; charset=utf-8")
