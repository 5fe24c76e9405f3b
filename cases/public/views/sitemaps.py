"""Sitemaps: every current record in both languages, and the pages that lead to them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap, views
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse

from cases.documents.kinds import FOLDERS
from cases.models import Record, Revision
from cases.public.language_urls import local
from cases.public.page_view import page_view

from .home import topics_with_counts

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


class PageSitemap(PathSitemap):
    """The pages that lead to records."""

    i18n = True
    alternates = True

    def items(self) -> list[str]:
        return [*PAGES, *(f"/topics/{each.topic.code}/" for each in topics_with_counts(used=True))]

    def location(self, item: str) -> str:
        return local(item)


class RecordSitemap(RowSitemap):
    """A stretch of the current records, of MAX_RECORDS_IN_SITEMAP, with the time of the last version of each."""

    i18n = True
    alternates = True

    def __init__(self, number: int) -> None:
        first = (number - 1) * MAX_RECORDS_IN_SITEMAP
        rows = Record.objects.current().order_by("kind", "sort_key", "object_id")[
            first : first + MAX_RECORDS_IN_SITEMAP
        ]
        recorded_at = Revision.objects.filter(seq=OuterRef("since_seq")).values("recorded_at")
        self.rows = rows.annotate(recorded_at=Subquery(recorded_at)).values_list("kind", "slug", "recorded_at")

    def items(self) -> list[RecordRow]:
        return list(self.rows)

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
