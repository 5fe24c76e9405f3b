"""Where the records are: the provinces as tiles of a grid, and the cities by number of records.

A record is counted where it lies, as its own document says; not where one of its statements only mentions.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import Q

from cases.documents.types import PlaceDocument, parse_document
from cases.models import Record, RecordLink, RevisionBody
from cases.vocabularies import PlaceKind
from sources.json_fields import LanguageMap

# One unit of the grid, and where its first tile begins, in the units of the drawing
STEP_X, STEP_Y, LEFT, TOP = 22.6, 26, 5, 1
TILES = Path(__file__).parent.parent / "data" / "provinces-tiles.json"
COUNTED_KINDS = ("case", "collaboration", "system")
# Of what is counted by name; a province only for what lies in none of its cities (DKI Jakarta)
LISTED_KINDS = (PlaceKind.CITY, PlaceKind.REGENCY, PlaceKind.PROVINCE)


@dataclass(frozen=True)
class Tile:
    """A province in the grid. `path` is empty where the record knows no such place."""

    code: str
    name: str
    x: float
    y: float
    count: int
    path: str

    @property
    def middle(self) -> float:
        return round(self.x + 10.3, 2)


@dataclass(frozen=True)
class PlaceCount:
    """A place with the number of records that lie there."""

    path: str
    title: LanguageMap
    count: int


@dataclass(frozen=True)
class ProvinceMap:
    """The tiles, and the cities, those with most records first. `places` is how many places the record knows."""

    tiles: list[Tile]
    cities: list[PlaceCount]
    places: int

    @property
    def with_records(self) -> int:
        return sum(1 for tile in self.tiles if tile.count)


def province_map(seq: int | None) -> ProvinceMap:
    """Return the map, now or as of `seq`. Three queries."""
    rows = Record.objects.as_of(seq).filter(kind="place").order_by("sort_key", "object_id")
    places = {
        str(row.object_id): row
        for row in rows.only("object_id", "since_seq", "slug", "title_id", "title_en", "subkind")
    }
    of_matters = Q(part="place", claim_id=None, record__kind__in=COUNTED_KINDS)
    links = RecordLink.objects.as_of(seq).filter(of_matters | Q(part="parent"))
    linked = list(links.values_list("part", "record__object_id", "target"))
    parents = {str(key): above for part, key, above in linked if part == "parent"}
    here: dict[str, set[str]] = defaultdict(set)
    within: dict[str, set[str]] = defaultdict(set)
    for record, place in ((str(key), target) for part, key, target in linked if part == "place"):
        here[place].add(record)
        for above in _up_from(place, parents):
            within[above].add(record)
    provinces = _by_iso([row for row in places.values() if row.subkind == PlaceKind.PROVINCE])
    tiles = [_tile(each, provinces.get(str(each["iso"])), within) for each in _grid()]
    counts = [
        PlaceCount(f"/places/{row.slug}/", LanguageMap(id=row.title_id, en=row.title_en), count)
        for key, row in places.items()
        if row.subkind in LISTED_KINDS
        and (count := len((here if row.subkind == PlaceKind.PROVINCE else within).get(key, ())))
    ]
    return ProvinceMap(tiles, sorted(counts, key=lambda each: -each.count), len(places))


def _up_from(place: str, parents: Mapping[str, str]) -> list[str]:
    """Return a place and all in which it lies."""
    found = [place]
    while (above := parents.get(found[-1])) and above not in found:
        found.append(above)
    return found


def _by_iso(rows: list[Record]) -> dict[str, Record]:
    """Return provinces by their code of ISO 3166-2, which stands in their documents only."""
    by_seq = {row.since_seq: row for row in rows}
    documents = [(body.pk, parse_document(body.document)) for body in RevisionBody.objects.filter(pk__in=list(by_seq))]
    return {each.iso: by_seq[seq] for seq, each in documents if isinstance(each, PlaceDocument) and each.iso}


def _tile(each: Mapping[str, str | float], row: Record | None, within: Mapping[str, set[str]]) -> Tile:
    x, y = round(LEFT + STEP_X * float(each["x"]), 2), round(TOP + STEP_Y * float(each["y"]), 2)
    count = len(within.get(str(row.object_id), ())) if row else 0
    return Tile(str(each["code"]), str(each["name"]), x, y, count, f"/places/{row.slug}/" if row else "")


@cache
def _grid() -> list[Mapping[str, str | float]]:
    tiles: list[Mapping[str, str | float]] = json.loads(TILES.read_text(encoding="utf-8"))["tiles"]
    return tiles
