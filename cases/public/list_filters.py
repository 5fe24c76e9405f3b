"""The filters of a list, read from the query parameters: words, a place, a topic, a day."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameterError, check_choice
from cases.models import Record, RecordLink
from cases.publication.projection import fold
from cases.search.database import word_filter
from cases.vocabularies import topics

from .times import Moment, moment_of

MAX_FILTER_CHARS = 200
# A record is of a place when it names it; a place, when it lies in it
PLACE_PARTS = ("place", "parent")


@dataclass(frozen=True)
class Filters:
    """The filters of a list, checked. `places` are those that can be chosen."""

    kind: str
    q: str
    place: Record | None
    topic: str
    as_of: Moment
    places: list[Record]

    @property
    def by_place(self) -> bool:
        """Return whether it can be narrowed by place and topic: sources have none of their own."""
        return self.kind != "source"

    @property
    def set(self) -> bool:
        return bool(self.q or self.place or self.topic)


def filters_of(request: HttpRequest, kind: str) -> Filters:
    """Return the filters of a list. Raises BadParameterError: an unknown place never means *everything*."""
    for name in request.GET:
        if kind == "source" and name in ("place", "topic"):
            raise BadParameterError(name, _("This list cannot be narrowed by “%s”.") % name)
    as_of = moment_of(request)
    of_places = Record.objects.as_of(as_of.seq).filter(kind="place").order_by("sort_key")
    places = [] if kind == "source" else list(of_places)
    slug, topic = request.GET.get("place", "").strip(), request.GET.get("topic", "").strip()
    by_slug = {place.slug: place for place in places}
    if slug:
        check_choice("place", slug, by_slug)
    if topic:
        check_choice("topic", topic, topics())
    return Filters(kind, words_of(request), by_slug.get(slug), topic, as_of, places)


def words_of(request: HttpRequest) -> str:
    """Return the words to look for. Raises BadParameterError."""
    text = request.GET.get("q", "").strip()
    if len(text) > MAX_FILTER_CHARS:
        raise BadParameterError("q", _("A search has at most %d characters.") % MAX_FILTER_CHARS)
    if text and not fold(text):
        raise BadParameterError("q", _("“%s” holds no letter or digit to search for.") % text[:60])
    return text


def filtered_records(filters: Filters) -> QuerySet[Record]:
    """Return the records of a list, unordered."""
    rows = Record.objects.as_of(filters.as_of.seq).filter(kind=filters.kind)
    if filters.place:
        rows = rows.filter(_linked(str(filters.place.object_id), *PLACE_PARTS))
    if filters.topic:
        rows = rows.filter(_linked(filters.topic, "topic"))
    return rows.filter(word_filter(filters.q)) if filters.q else rows


def _linked(target: str, *parts: str) -> Exists:
    return Exists(RecordLink.objects.filter(record=OuterRef("pk"), part__in=parts, target=target))
