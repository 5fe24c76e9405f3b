"""Places under the places in which they lie, each with how many records name it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from cases.models import Record, RecordLink

MOST = 1000
"""Places of one tree; of more, the list is read page by page."""


@dataclass
class Branch:
    """A place with what lies in it. `count` is of the records that name the place itself."""

    place: Record
    count: int
    below: list["Branch"] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/places/{self.place.slug}/"

    @property
    def title(self) -> dict[str, str]:
        return {"id": self.place.title_id, "en": self.place.title_en}


def tree(seq: int | None) -> list[Branch] | None:
    """The places that lie in no other, with all below them, by name; None when there are too many. Three queries."""
    rows = Record.objects.as_of(seq).filter(kind="place").order_by("sort_key", "object_id")
    places = list(rows.only("object_id", "slug", "title_id", "title_en", "subkind")[: MOST + 1])
    if len(places) > MOST:
        return None
    links = RecordLink.objects.as_of(seq)
    naming = links.filter(part="place").order_by().values_list("target")
    counts = dict(naming.annotate(n=Count("record__object_id", distinct=True)))
    parents: dict[Any, str] = dict(links.filter(part="parent").values_list("record__object_id", "target"))
    branches = {str(place.object_id): Branch(place, counts.get(str(place.object_id), 0)) for place in places}
    roots: list[Branch] = []
    for key, branch in branches.items():
        above = branches.get(parents.get(branch.place.object_id, key))
        (above.below if above and above is not branch else roots).append(branch)
    return roots
