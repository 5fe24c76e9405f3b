"""Places under the places in which they lie, each with how many records name it."""

from dataclasses import dataclass, field

from django.db.models import Count

from cases.models import Record, RecordLink
from sources.json_fields import LanguageMap

# Of more places the list is read page by page
MAX_PLACES_IN_TREE = 1000


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
    def title(self) -> LanguageMap:
        return LanguageMap(id=self.place.title_id, en=self.place.title_en)


def place_tree(seq: int | None) -> list[Branch] | None:
    """Return the places that lie in no other, with all below them, by name; None when there are too many."""
    rows = Record.objects.as_of(seq).filter(kind="place").order_by("sort_key", "object_id")
    places = list(rows.only("object_id", "slug", "title_id", "title_en", "subkind")[: MAX_PLACES_IN_TREE + 1])
    if len(places) > MAX_PLACES_IN_TREE:
        return None
    links = RecordLink.objects.as_of(seq)
    naming = links.filter(part="place").order_by().values_list("target")
    counts = dict(naming.annotate(n=Count("record__object_id", distinct=True)))
    parents = {str(key): above for key, above in links.filter(part="parent").values_list("record__object_id", "target")}
    branches = {str(place.object_id): Branch(place, counts.get(str(place.object_id), 0)) for place in places}
    roots: list[Branch] = []
    for key, branch in branches.items():
        above = branches.get(parents.get(key, key))
        (above.below if above and above is not branch else roots).append(branch)
    return roots
