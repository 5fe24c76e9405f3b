"""The kinds of claims: one file for each kind with numbers, `plain` for the others, and the registry of all.

A module of this package is found by being here; docs/how-to/claim-kind.md says what it holds.
"""

import importlib
import pkgutil

from sources.vocabularies import Vocabulary

from .base import ClaimKind, Detail, DetailDocument, Label

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


__all__ = ["ASPECTS", "DETAILED", "REGISTRY", "ClaimKind", "ClaimKindName", "Detail", "DetailDocument", "kind_choices"]
