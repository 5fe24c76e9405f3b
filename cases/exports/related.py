"""What a file of FollowTheMoney needs of documents that are not among those chosen: whom they point to, and in which
country a place lies. Read a batch at a time, so that memory stays the same however much was chosen.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.documents.canonical import Document
from cases.documents.types import parse_document
from cases.models import Record, RecordLink
from cases.vocabularies import Part

from .batches import batches

AT_ONCE = 500
POINTED = [*Part.values, "source"]
"""Links of claims that become references of entities: to who stands in them, and to the sources of their words."""


def referred(found: QuerySet[Any], seq: int) -> Iterator[list[Record]]:
    """What the claims of the documents found point to and is not found itself: each once, in the order of ids."""
    others = Record.objects.as_of(seq).exclude(Exists(found.filter(pk=OuterRef("pk"))))
    if not others.exists():
        return
    links = RecordLink.objects.filter(record__in=found.order_by().values("pk"), claim_id__isnull=False)
    targets = links.filter(part__in=POINTED).order_by("target").values_list("target", flat=True).distinct()
    after = ""
    while ids := list(targets.filter(target__gt=after)[:AT_ONCE]):
        yield list(others.filter(object_id__in=ids).order_by("object_id"))
        after = ids[-1]


def countries(documents: list[Document], seq: int) -> dict[str, str]:
    """The country (ISO 3166, lower case) of each place among the documents, as far as its own codes or those of a place
    in which it lies tell. One query for each level of places that is not among them.
    """
    places = {document["id"]: _Place(document) for document in documents if document["kind"] == "place"}
    own = list(places)
    asked: set[str] = set(places)
    while missing := {place.parent for place in places.values() if place.parent and not place.country} - asked:
        asked |= missing
        for rows in batches(Record.objects.as_of(seq).filter(object_id__in=missing)):
            above = [_Place(parse_document(row.text)) for row in rows if row.text is not None]
            places |= {place.id: place for place in above}
    return {place_id: country for place_id in own if (country := _country(place_id, places))}


class _Place:
    def __init__(self, document: Document) -> None:
        self.id: str = document["id"]
        self.parent: str = document["parent"]["id"] if document["parent"] else ""
        iso = document["iso"] or ("ID" if document["code"] else "")  # the codes are those of Kemendagri
        self.country: str = iso[:2].lower()


def _country(place_id: str, places: dict[str, _Place]) -> str:
    passed: set[str] = set()
    while (place := places.get(place_id)) and not place.country and place_id not in passed:
        passed.add(place_id)
        place_id = place.parent
    return place.country if place else ""
