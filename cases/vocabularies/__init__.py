"""Closed lists: every word the record may use, what it means, and its label. Importable by every layer."""

from sources.vocabularies import Relation

from .claims import (
    ASKED_BY_US,
    EVIDENCED,
    FAMILIES,
    NOT_STATED,
    ConflictFamily,
    ConflictKind,
    FindingAspect,
    NotAskedBecause,
    Part,
    PlanFirmness,
    Property,
    ReplyState,
    Role,
    Standing,
    Tie,
    UnknownReason,
)
from .publication import GONE, Action, WithdrawalReason
from .subjects import ActorKind, AliasKind, PlaceKind, SubjectKind, SystemKind
from .topics import Topic, topics

__all__ = [
    "ASKED_BY_US",
    "EVIDENCED",
    "FAMILIES",
    "GONE",
    "NOT_STATED",
    "Action",
    "ActorKind",
    "AliasKind",
    "ConflictFamily",
    "ConflictKind",
    "FindingAspect",
    "NotAskedBecause",
    "Part",
    "PlaceKind",
    "PlanFirmness",
    "Property",
    "Relation",
    "ReplyState",
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
