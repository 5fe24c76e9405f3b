"""The kinds of claims: one file for each kind with numbers, `plain` for the others, and the registry of all.

A module of this package is found by being here; docs/how-to/claim-kind.md says what it holds.
"""

import importlib
import pkgutil

from cases.vocabularies import Part, Property
from sources.vocabularies import Vocabulary

from .base import ClaimKind, Detail, DetailDocument, DetailedKind, DetailField, FieldSort, Label, NumberReason

_modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
_kinds = {kind.name: kind for module in _modules for kind in vars(module).values() if isinstance(kind, ClaimKind)}

REGISTRY: dict[str, ClaimKind] = dict(sorted(_kinds.items(), key=lambda item: item[1].rank))
# Kinds with numbers, and the closed lists of second words, by the name of their kind
DETAILED: dict[str, DetailedKind] = {name: kind for name, kind in REGISTRY.items() if isinstance(kind, DetailedKind)}
ASPECTS: dict[str, type[Vocabulary]] = {name: kind.aspects for name, kind in REGISTRY.items() if kind.aspects}
# The names of the kinds as a closed list like any other
ClaimKindName: type[Vocabulary] = Vocabulary(  # type: ignore[assignment]
    "ClaimKindName",
    [(kind.name.upper(), (kind.name, kind.meaning, kind.label)) for kind in REGISTRY.values()],  # type: ignore[arg-type]
)


def property_labels() -> dict[str, Label]:
    """Return what may be unknown or in dispute, other than a party: the closed list, then fields it does not name."""
    labels: dict[str, Label] = dict(Property.choices)
    for kind in DETAILED.values():
        for field in kind.disputable_fields:
            labels.setdefault(field.name, field.label)
    return labels


def property_label(name: str) -> str:
    """Return the label of a property: `payer`, `start`, or a field such as `transfer.kind`. Raises KeyError."""
    labels = property_labels() | dict[str, Label](Part.choices)
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
    "DetailedKind",
    "FieldSort",
    "NumberReason",
    "property_label",
    "property_labels",
]
