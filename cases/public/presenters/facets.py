"""What the results of a search can be narrowed by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: how many results it has, and the URL that chooses it, or takes it back."""

    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """What the results can be narrowed by. `more` are the values behind the fold."""

    title: str
    values: list[FacetValue]
    more: list[FacetValue]
    unshown: int

    @property
    def open(self) -> bool:
        return any(value.chosen for value in self.values)
