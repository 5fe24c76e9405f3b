"""What machines ask for: robots.txt, the sitemap, and what a page is in the words of schema.org."""

import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.documents.build import FOLDERS
from cases.documents.canonical import Document
from cases.models import Record
from cases.public.language_urls import active, languages, local
from cases.public.page_view import door
from cases.public.presenters.listing import card
from cases.record.lookup import Moved, find
from sources.json_fields import LanguageMap

from .home import topics_with_counts

IN_SITEMAP = 20_000
"""Records of one sitemap; with two languages and the fixed pages this stays under the 50,000 addresses of one file."""
LICENSE = "https://creativecommons.org/licenses/by/4.0/"


@door()
def robots(request: HttpRequest) -> HttpResponse:
    closed = [f"{prefix}/{folder}/" for prefix in ("", "/en") for folder in ("search", "report")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ["/admin/", *closed])]
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse("\n".join([*lines, f"Sitemap: {sitemap}", ""]), content_type="text/plain; charset=utf-8")


@door()
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every current record in both languages and the pages that lead to them; an index of files when they are many."""
    parts = -(-Record.objects.current().count() // IN_SITEMAP)
    if parts <= 1:
        return _sitemap(request, 1)
    addresses = [request.build_absolute_uri(reverse("sitemap-part", args=[number + 1])) for number in range(parts)]
    return _xml("public/sitemap_index.xml", {"addresses": addresses})


@door()
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    return _sitemap(request, number)


def _sitemap(request: HttpRequest, number: int) -> HttpResponse:
    first = (number - 1) * IN_SITEMAP
    rows = Record.objects.current().order_by("kind", "sort_key", "object_id")[first : first + IN_SITEMAP]
    pages = [(row["path"], row["recorded_at"]) for row in map(card, rows)]
    if number == 1:
        fixed = [
            "/",
            *(f"/{folder}/" for folder in FOLDERS.values()),
            "/topics/",
            "/network/",
            "/compare/",
            "/changes/",
            "/about/",
            "/api/",
        ]
        fixed += [f"/topics/{topic['code']}/" for topic in topics_with_counts(used=True)]
        pages = [(path, None) for path in fixed] + pages
    if not pages:
        raise Http404
    entries = [
        {
            "modified": at,
            "addresses": [(code, request.build_absolute_uri(local(path, code))) for code, _n in languages()],
        }
        for path, at in pages
    ]
    return _xml("public/sitemap.xml", {"entries": entries})


def _xml(template: str, context: dict[str, Any]) -> HttpResponse:
    return HttpResponse(render_to_string(template, context), content_type="application/xml; charset=utf-8")


@door()
def site(request: HttpRequest) -> HttpResponse:
    """The site and its data as a whole."""
    home = request.build_absolute_uri(local("/"))
    search = request.build_absolute_uri(local("/search/"))
    about = _("A public record in which every statement opens the exact words that back it.")
    target = {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{query}}"}
    website = {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "name": "CaseDB",
        "url": home,
        "inLanguage": active(),
        "description": about,
        "potentialAction": {"@type": "SearchAction", "target": target, "query-input": "required name=query"},
    }
    download = {
        "@type": "DataDownload",
        "encodingFormat": "application/json",
        "contentUrl": request.build_absolute_uri("/api/v1/"),
    }
    dataset = {
        "@type": "Dataset",
        "@id": f"{home}#data",
        "name": "CaseDB",
        "description": about,
        "url": home,
        "license": LICENSE,
        "isAccessibleForFree": True,
        "distribution": [download],
    }
    if settings.CASEDB_OPERATOR:
        website["publisher"] = dataset["publisher"] = {"@type": "Organization", "name": settings.CASEDB_OPERATOR}
    return _jsonld({"@context": "https://schema.org", "@graph": [website, dataset]})


@door()
def record(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """A page as a report on its sources. No statement of it is repeated: without its words it would be a verdict."""
    try:
        document = find(kind, slug).document
    except Moved as moved:
        raise Moved(f"{moved.path}record.jsonld") from moved
    if document["slug"] != slug:
        raise Moved(f"{document['path']}record.jsonld")
    return _jsonld({"@context": "https://schema.org", **_report(request, document)})


def _report(request: HttpRequest, document: Document) -> dict[str, Any]:
    address = request.build_absolute_uri(local(document["path"]))
    title = document["title"]
    sources = document.get("sources", [])
    return {
        "@type": "Report",
        "@id": address,
        "url": address,
        "name": title[active()] if isinstance(title, (dict, LanguageMap)) else title,
        "inLanguage": active(),
        "version": str(document["version"]["number"]),
        "dateModified": document["version"]["recorded_at"],
        "license": LICENSE,
        "isAccessibleForFree": True,
        "isPartOf": {"@id": f"{request.build_absolute_uri(local('/'))}#data"},
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": source["title"],
                "url": request.build_absolute_uri(local(f"/sources/{source['slug']}/")),
            }
            for source in sources
        ],
    }


def _jsonld(content: dict[str, Any]) -> HttpResponse:
    body = json.dumps(content, ensure_ascii=False, indent=1)
    return HttpResponse(f"{body}\n", content_type="application/ld+json; charset=utf-8")
