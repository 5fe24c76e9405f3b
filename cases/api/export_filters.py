"""Filter sets of exports: those of the lists, without what only a page of a list has (limit, cursor, order …)."""

from typing import Any

from django.http import QueryDict

from cases.documents.kinds import FOLDERS, SUBKIND_FIELDS
from cases.exports.files import UNFILTERED_FILES, File
from cases.http.query_parameters import BadParameterError
from cases.models.record import VersionedQuerySet
from cases.vocabularies import ActorKind, PlaceKind, SystemKind
from sources.vocabularies import SourceKind

from . import filtersets
from .filters import OneOf

ALL = "An export holds all that matches: “{}” is for lists."
# Parameters that only a list has, and why an export has not
ONLY_LISTS = {
    "as_of": "Exports show the present only: “as_of” is for records and lists.",
    "order": "An export has one order: “order” is for lists.",
    "count": "An export always counts, in its header CaseDB-Count: “count” is for lists.",
    "include": "What an export holds is in its name: “include” is for lists.",
    **{name: ALL.format(name) for name in ("limit", "cursor")},
}
SUBKINDS: dict[str, Any] = {"actor": ActorKind, "system": SystemKind, "place": PlaceKind, "source": SourceKind}


def without_pages(filterset: type[filtersets.Listing], **more: Any) -> type[filtersets.Listing]:
    """Return the filter set of a list for all that match. `as_of` is refused: an export shows the present only."""
    own = {} if filterset is filtersets.Claims else {"check": filtersets.Listing.check}
    no_filters: dict[str, Any] = dict.fromkeys(ONLY_LISTS)  # what is None in a filterset is no filter any more
    return type(f"Exported{filterset.__name__}", (filterset,), no_filters | own | more)


class OfOneKind(OneOf):
    """Documents of one kind, of any of the sorts given."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"Only {FOLDERS[kind]} of this sort.", field_name="subkind", words=SUBKINDS[kind])

    def narrow(self, qs: VersionedQuerySet, value: list[str]) -> VersionedQuerySet:
        return super().narrow(qs.filter(kind=self.kind), value)


ExportedClaims = without_pages(filtersets.Claims)
ExportedRecords = without_pages(
    filtersets.Subjects,
    kind=OneOf("Kinds of document.", field_name="kind", words=list(FOLDERS)),
    **{name: OfOneKind(kind) for kind, name in SUBKIND_FIELDS.items()},
)
BY_KIND = {kind: without_pages(filterset) for kind, filterset in filtersets.FILTERSETS.items()}
# Of files that hold the whole record
NoFilters = without_pages(filtersets.Listing, q=None, changed_since=None)


def filterset_of(file: File) -> type[filtersets.Listing]:
    if file.name in UNFILTERED_FILES:
        return NoFilters
    if file.name == "claims.csv":
        return ExportedClaims
    return BY_KIND[file.kind] if file.kind else ExportedRecords


def refuse_list_parameters(query: QueryDict, filterset: type[filtersets.Listing]) -> None:
    """Raise BadParameterError for a name of which an export can say why it does not take it."""
    for name in query:
        if name in ONLY_LISTS:
            raise BadParameterError(name, ONLY_LISTS[name])
        if filterset is NoFilters:
            raise BadParameterError(name, "This holds the whole record, and takes no filter.")
