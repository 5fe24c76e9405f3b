"""Atom feeds. Ids last for good and name no host; hosts are added when a feed is read."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed

from .language_urls import local, page_language
from .rendering import visible

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
        title=title,
        link=request.build_absolute_uri(address),
        feed_url=request.build_absolute_uri(),
        description="",
        language=page_language(),
    )
    for entry in entries:
        atom_feed.add_item(
            title=entry.title,
            link=request.build_absolute_uri(local(entry.path)),
            description=entry.summary,
            unique_id=entry.id,
            updateddate=datetime.fromisoformat(entry.updated),
        )
    response = HttpResponse(visible(atom_feed.writeString("utf-8")), content_type="application/atom+xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=60)
    if not indexed:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
