"""Atom feeds. Ids last for good and name no host; hosts are added when a feed is read."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date

from .language_urls import local, page_language
from .rendering import visible

# What XML cannot hold, not even escaped: the words of a search may have it, and a page break in a quote is one
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# When a feed without entries was last changed: never
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedEntry:
    """One entry. `path` is a document's, without language; `updated` the form of a time in documents."""

    id: str
    title: str
    path: str
    updated: str
    summary: str


class _Feed(Atom1Feed):
    """Atom as Django writes it, but a feed without entries is not newer each time that it is asked for."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else EPOCH


def atom(request: HttpRequest, title: str, address: str, entries: list[FeedEntry], *, indexed: bool) -> HttpResponse:
    """Return the entries as Atom; `address` is the page that shows the same, `indexed` whether search engines may."""
    atom_feed = _Feed(
        title=_xml_text(title),
        link=request.build_absolute_uri(address),
        feed_url=request.build_absolute_uri(),
        description="",
        language=page_language(),
        author_name="CaseDB",
    )
    for entry in entries:
        atom_feed.add_item(
            title=_xml_text(entry.title),
            link=request.build_absolute_uri(local(entry.path)),
            description=_xml_text(entry.summary),
            unique_id=entry.id,
            updateddate=datetime.fromisoformat(entry.updated),
        )
    response = HttpResponse(visible(atom_feed.writeString("utf-8")), content_type="application/atom+xml; charset=utf-8")
    response.headers["Last-Modified"] = http_date(atom_feed.latest_post_date().timestamp())
    response.headers["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'  # weak: it is compressed
    patch_cache_control(response, public=True, max_age=60)
    if not indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _xml_text(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
