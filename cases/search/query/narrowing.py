"""Whether one statement fits what a search was narrowed to. Facets are of whole records; a statement may not fit."""

from collections.abc import Mapping, Sequence

from cases.documents.claims import PublishedClaim
from cases.documents.types import Document
from cases.publication.projection import claim_keys, disputed_keys, span
from cases.search.index.engine import FACETS

from .parser import ParsedQuery

# Facets, each with values of which a record must have one
FacetFilters = list[tuple[str, frozenset[str]]]


def facet_filters(selected: Mapping[str, Sequence[str]], parsed: ParsedQuery) -> FacetFilters:
    """Return what is selected beside the words of a search, and in them (`standing:stated`)."""
    typed = [
        (group[0].field, frozenset(term.text.lower() for term in group))
        for group in parsed.groups
        if group[0].field in FACETS and len({term.field for term in group}) == 1
    ]
    return [*((name, frozenset(values)) for name, values in selected.items() if values), *typed]


def unmet_facets(claim: PublishedClaim, document: Document, filters: FacetFilters) -> tuple[str, ...]:
    """Return the facets in which neither the claim nor its record as a whole has a value that is asked for."""
    names = (name for name, values in filters if not _meets(claim, document, name, values))
    return tuple(dict.fromkeys(names))


def _meets(claim: PublishedClaim, document: Document, name: str, values: frozenset[str]) -> bool:
    if name == "year":
        periods = (claim_keys(claim, document), span(disputed_keys(document, None)))
        return any(start and start[:4] <= year <= end[:4] for start, end in periods for year in values)
    return not values.isdisjoint(_values(claim, document, name))


def _values(claim: PublishedClaim, document: Document, name: str) -> list[str]:
    if name == "standing":
        return [claim.standing]
    if name == "topic":
        return [*document.topics, *claim.topics]
    if name == "place":
        own = [document.slug] if document.kind == "place" else []
        return [*own, *(place.slug for place in [*document.places, *claim.places])]
    if name == "source":
        cited = {citation.excerpt for citation in claim.citations}
        return [*(excerpt.source for excerpt in document.excerpts if excerpt.id in cited), *claim.relayed_by]
    return [document.kind]
