"""Closed lists: every word the record may use, what it means, and its label. Importable by every layer."""

from .claims import (
    NOT_STATED,
    ConflictKind,
    FindingAspect,
    Part,
    PlanFirmness,
    Property,
    Relation,
    Role,
    Standing,
    Tie,
    UnknownReason,
)
from .publication import GONE, Action, WithdrawalReason
from .subjects import ActorKind, AliasKind, PlaceKind, SubjectKind, SystemKind
from .topics import Topic, topics

__all__ = [
    "GONE",
    "NOT_STATED",
    "Action",
    "ActorKind",
    "AliasKind",
    "ConflictKind",
    "FindingAspect",
    "Part",
    "PlaceKind",
    "PlanFirmness",
    "Property",
    "Relation",
    "Role",
    "Standing",
    "SubjectKind",
    "SystemKind",
    "Tie",
    "Topic",
    "UnknownReason",
    "WithdrawalReason",
    "topics",
]
