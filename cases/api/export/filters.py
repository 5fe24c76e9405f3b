"""The filters of exports: those of the lists, without what only a page of a list has (limit, cursor, order …)."""

from typing import Any

from django_filters import FilterSet

from cases.publication.represent import FOLDERS

from .. import filtersets
from ..parameters import OneOf

PAGING = dict.fromkeys(("as_of", "limit", "cursor", "count", "order", "include"))
"""Set to None in a filterset, a name is no filter any more."""


def whole(filterset: Any, **more: Any) -> Any:
    """The filterset of a list, for all that match. `as_of` is refused: what was withdrawn since is in no export."""
    own = {} if filterset is filtersets.Claims else {"check": filtersets.Listing.check}
    return type(f"Exported{filterset.__name__}", (filterset,), PAGING | own | more)


Claims = whole(filtersets.Claims)
Records = whole(filtersets.Subjects, kind=OneOf("Kinds of document.", field_name="kind", words=list(FOLDERS)))
BY_KIND = {
    "case": whole(filtersets.Subjects),
    "collaboration": whole(filtersets.Subjects),
    "actor": whole(filtersets.Actors),
    "system": whole(filtersets.Systems),
    "place": whole(filtersets.Places),
    "source": whole(filtersets.Sources),
}


class Everything(FilterSet):
    """For files that hold the whole record: no filter at all."""

    def check(self) -> None:
        """There is nothing to refuse but unknown names, which `checked` does."""

    def applied(self) -> dict[str, Any]:
        return {}
