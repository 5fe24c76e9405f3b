"""What a file of FollowTheMoney needs of documents that are not among those chosen: whom they point to, and in which
country a place lies. Read a batch at a time, so that memory stays the same however much was chosen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.db.models import Exists, OuterRef, QuerySet

from cases.documents.types import Document, PlaceDocument
from cases.models import Record, RecordLink
from cases.vocabularies import Part

from .batches import document_batches

TARGET_BATCH_MAX_ROWS = 500
# Links of claims that become references of entities: to who stands in them, and to the sources of their words
REFERENCE_PARTS = [*Part.values, "source"]


def related_records(chosen: QuerySet[Record], seq: int) -> Iterator[list[Record]]:
    """Yield what the claims of the chosen documents point to and is not chosen itself: each once, in the order of ids.

    Two queries a batch.
    """
    others = Record.objects.as_of(seq).exclude(Exists(chosen.filter(pk=OuterRef("pk"))))
    if not others.exists():
        return
    links = RecordLink.objects.filter(record__in=chosen.order_by().values("pk"), claim_id__isnull=False)
    targets = links.filter(part__in=REFERENCE_PARTS).order_by("target").values_list("target", flat=True).distinct()
    after = ""
    while ids := list(targets.filter(target__gt=after)[:TARGET_BATCH_MAX_ROWS]):
        yield list(others.filter(object_id__in=ids).order_by("object_id"))
        after = ids[-1]


@dataclass(frozen=True)
class _Place:
    id: str
    parent: str
    country: str

    @classmethod
    def of(cls, document: PlaceDocument) -> Self:
        iso = document.iso or ("ID" if document.code else "")  # the codes are those of Kemendagri
        return cls(document.id, document.parent.id if document.parent else "", iso[:2].lower())


def countries_of_places(documents: list[Document], seq: int) -> dict[str, str]:
    """Return the country (ISO 3166, lower case) of each place among the documents, by its id, as far as its own codes
    or those of a place in which it lies tell. One query for each level of places that is not among them.
    """
    places = _places(documents)
    own = list(places)
    asked = set(places)
    while missing := {place.parent for place in places.values() if place.parent and not place.country} - asked:
        asked |= missing
        for parents in document_batches(Record.objects.as_of(seq).filter(object_id__in=missing)):
            places |= _places(parents)
    return {place_id: country for place_id in own if (country := _country(place_id, places))}


def _places(documents: list[Document]) -> dict[str, _Place]:
    return {document.id: _Place.of(document) for document in documents if isinstance(document, PlaceDocument)}


def _country(place_id: str, places: dict[str, _Place]) -> str:
    passed: set[str] = set()
    while (place := places.get(place_id)) and not place.country and place_id not in passed:
        passed.add(place_id)
        place_id = place.parent
    return place.country if place else ""
