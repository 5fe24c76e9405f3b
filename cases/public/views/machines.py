"""What machines ask for: robots.txt, sitemaps, and what a page is in the words of schema.org."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.documents.kinds import FOLDERS
from cases.models import Record, Revision
from cases.public.language_urls import local, page_language
from cases.public.page_view import check_path, page_view
from cases.public.presenters.structured_data import LICENSE_URL, json_ld, record_data
from cases.public.presenters.unlisted import unlisted
from cases.public.rendering import root_of
from cases.record.lookup import find_document
from cases.record.stored_document import MovedError
from cases.vocabularies import ActorKind

from .lists import topics_with_counts

# In two languages this stays under the 50,000 URLs of one file
MAX_RECORDS_IN_SITEMAP = 20_000
XML = "application/xml; charset=utf-8"
PAGES = (
    "/",
    *(f"/{folder}/" for folder in FOLDERS.values()),
    *("/topics/", "/network/", "/compare/", "/changes/", "/about/", "/api/"),
)
RecordRow = tuple[str, str, datetime]

if TYPE_CHECKING:
    PathSitemap = Sitemap[str]
    RowSitemap = Sitemap[RecordRow]
else:
    PathSitemap = RowSitemap = Sitemap


@page_view()
def robots(request: HttpRequest) -> HttpResponse:
    """Return robots.txt: searches and forms are not for robots."""
    closed = [f"{prefix}/{folder}/" for prefix in ("", "/en") for folder in ("search", "report", "follow")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ["/admin/", *closed])]
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse("\n".join([*lines, f"Sitemap: {sitemap}", ""]), content_type="text/plain; charset=utf-8")


class PageSitemap(PathSitemap):
    """The pages that lead to records."""

    i18n = True
    alternates = True

    def items(self) -> list[str]:
        return [*PAGES, *(f"/topics/{topic.code}/" for topic, _count in topics_with_counts(used=True))]

    def location(self, item: str) -> str:
        return local(item)


class RecordSitemap(RowSitemap):
    """A stretch of the current records, of MAX_RECORDS_IN_SITEMAP, with the time of the last version of each."""

    i18n = True
    alternates = True

    def __init__(self, number: int) -> None:
        first = (number - 1) * MAX_RECORDS_IN_SITEMAP
        records = Record.objects.current().order_by("kind", "sort_key", "object_id")
        rows = records[first : first + MAX_RECORDS_IN_SITEMAP]
        recorded_at = Revision.objects.filter(seq=OuterRef("since_seq")).values("recorded_at")
        self.rows = rows.annotate(recorded_at=Subquery(recorded_at))

    @cached_property
    def listed(self) -> list[RecordRow]:
        """Return the rows of the stretch without those whom search engines are asked to leave out. Three queries."""
        rows = list(self.rows.values_list("object_id", "subkind", "kind", "slug", "recorded_at"))
        left_out = unlisted([str(key) for key, subkind, *_row in rows if subkind == ActorKind.PERSON])
        return [(kind, slug, recorded) for key, _sub, kind, slug, recorded in rows if str(key) not in left_out]

    def items(self) -> list[RecordRow]:
        return self.listed

    def location(self, item: RecordRow) -> str:
        kind, slug, _recorded_at = item
        return local(f"/{FOLDERS[kind]}/{slug}/")

    def lastmod(self, item: RecordRow) -> datetime:
        return item[2]


@page_view()
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return the whole sitemap, or an index of its sections when the records do not fit in one file."""
    sections = _sections()
    if len(sections) > 2:
        return views.index(request, sections, content_type=XML, sitemap_url_name="sitemap-section").render()
    return views.sitemap(request, sections, content_type=XML).render()


@page_view()
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """Return one section of the sitemap. Raises Http404."""
    return views.sitemap(request, _sections(), section=section, content_type=XML).render()


def _sections() -> "dict[str, type[Sitemap[Any]] | Sitemap[Any]]":
    numbers = range(1, -(-Record.objects.current().count() // MAX_RECORDS_IN_SITEMAP) + 1)
    return {"pages": PageSitemap(), **{str(number): RecordSitemap(number) for number in numbers}}


@page_view()
def site(request: HttpRequest) -> HttpResponse:
    """Return the site and its data as a whole."""
    home = request.build_absolute_uri(local("/"))
    search = request.build_absolute_uri(local("/search/"))
    api = request.build_absolute_uri("/api/v1/")
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
        "distribution": [{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": api}],
    }
    if settings.CASEDB_OPERATOR:
        website["publisher"] = dataset["publisher"] = {"@type": "Organization", "name": settings.CASEDB_OPERATOR}
    return _jsonld({"@graph": [website, dataset]})


@page_view()
def record(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Return a page as a report on its sources. It repeats no statement: without its words that would be a verdict."""
    try:
        document = find_document(kind, slug).document
    except MovedError as moved:
        raise MovedError(f"{moved.path}record.jsonld") from moved
    check_path(request, f"{document.path}record.jsonld")
    return _jsonld(record_data(document, root_of(request)))


def _jsonld(content: Mapping[str, object]) -> HttpResponse:
    return HttpResponse(f"{json_ld(content, indent=1)}\n", content_type="application/ld+json; charset=utf-8")
