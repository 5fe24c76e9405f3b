"""What FollowTheMoney needs of documents that were not chosen: whom they point to, and the countries of places."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from cases.documents.types import Document, PlaceDocument
from cases.models import Record, RecordLink
from cases.vocabularies import Part

from .batches import document_batches

TARGET_BATCH_MAX_ROWS = 500
# Links of claims that become references of entities: to who stands in them, and to the sources of their words
REFERENCE_PARTS = [*Part.values, "source"]


def related_records(chosen: QuerySet[Record], seq: int) -> Iterator[list[Record]]:
    """Yield, by id, what the claims of the chosen documents point to and is not chosen. Two queries a batch."""
    others = Record.objects.as_of(seq).exclude(Exists(chosen.filter(pk=OuterRef("pk"))))
    if not others.exists():
        return
    links = RecordLink.objects.filter(record__in=chosen.order_by().values("pk"), claim_id__isnull=False)
    targets = links.filter(part__in=REFERENCE_PARTS).order_by("target").values_list("target", flat=True).distinct()
    after = ""
    while ids := list(targets.filter(target__gt=after)[:TARGET_BATCH_MAX_ROWS]):
        yield list(others.filter(object_id__in=ids).order_by("object_id"))
        after = ids[-1]


def countries_of_places(documents: list[Document], seq: int) -> dict[str, str]:
    """Return the country (ISO 3166, lower case) by place id, where codes tell. One query for each level of parents."""
    places = _places_by_id(documents)
    own, read = list(places), set(places)
    while missing := {each.parent.id for each in places.values() if each.parent and not _own_country(each)} - read:
        read |= missing
        for parents in document_batches(Record.objects.as_of(seq).filter(object_id__in=missing)):
            places |= _places_by_id(parents)
    return {place_id: country for place_id in own if (country := _country(places[place_id], places))}


def _places_by_id(documents: list[Document]) -> dict[str, PlaceDocument]:
    return {document.id: document for document in documents if isinstance(document, PlaceDocument)}


def _own_country(place: PlaceDocument) -> str:
    iso = place.iso or ("ID" if place.code else "")  # the codes are those of Kemendagri
    return iso[:2].lower()


def _country(place: PlaceDocument | None, places: dict[str, PlaceDocument]) -> str:
    passed: set[str] = set()
    while place and place.id not in passed:
        if country := _own_country(place):
            return country
        passed.add(place.id)
        place = places.get(place.parent.id) if place.parent else None
    return ""
