"""The kinds of claims: one file for each kind with numbers, `plain` for the others, and the registry of all.

A module of this package is found by being here; docs/how-to/claim-kind.md says what it holds.
"""

import importlib
import pkgutil

from cases.vocabularies import Part, Property
from sources.vocabularies import Vocabulary

from .base import ClaimKind, Detail, DetailDocument, DetailField, FieldSort, Label

_modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
_kinds = {kind.name: kind for module in _modules for kind in vars(module).values() if isinstance(kind, ClaimKind)}

REGISTRY: dict[str, ClaimKind] = dict(sorted(_kinds.items(), key=lambda item: item[1].rank))
# Kinds with numbers, and the closed lists of second words, by the name of their kind
DETAILED: dict[str, ClaimKind] = {name: kind for name, kind in REGISTRY.items() if kind.model}
ASPECTS: dict[str, type[Vocabulary]] = {name: kind.aspects for name, kind in REGISTRY.items() if kind.aspects}


# The names of the kinds as a closed list like any other
ClaimKindName: type[Vocabulary] = Vocabulary(  # type: ignore[assignment]
    "ClaimKindName",
    [(kind.name.upper(), (kind.name, kind.meaning, kind.label)) for kind in REGISTRY.values()],  # type: ignore[arg-type]
)


def kind_choices() -> list[tuple[str, Label]]:
    """Return the closed list of kinds with their labels, in the order in which a curator tries them."""
    return [(kind.name, kind.label) for kind in REGISTRY.values()]


def word_lists() -> dict[str, type[Vocabulary]]:
    """Return the closed lists of the details by the name of their field; a field `kind` is named like its claim's."""
    return {
        kind.name if field.name == "kind" else field.name: field.vocabulary
        for kind in DETAILED.values()
        for field in kind.fields
        if field.vocabulary
    }


def property_labels() -> dict[str, Label]:
    """Return what may be unknown or in dispute, other than a party: the closed list, then disputable fields."""
    own = {
        field.name: field.label for kind in DETAILED.values() for field in kind.fields if field.name in kind.disputable
    }
    return own | dict(Property.choices)


def property_label(name: str) -> str:
    """Return the label of a property: `payer`, `start`, or a field such as `transfer.kind`. Raises KeyError."""
    labels = property_labels() | dict(Part.choices)
    return str(labels[name.rsplit(".", 1)[-1]])


__all__ = [
    "ASPECTS",
    "DETAILED",
    "REGISTRY",
    "ClaimKind",
    "ClaimKindName",
    "Detail",
    "DetailDocument",
    "DetailField",
    "FieldSort",
    "kind_choices",
    "property_label",
    "property_labels",
    "word_lists",
]
