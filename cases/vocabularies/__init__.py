"""Closed lists: every word the record may use, what it means, and its label. Importable by every layer."""

from sources.vocabularies import Relation

from .claims import (
    ASKED_BY_US,
    COURT_PARTS,
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
from .sections import NOT_OF_THE_SOURCE, SectionRole
from .subjects import ActorKind, AliasKind, IdentifierScheme, PlaceKind, SubjectKind, SystemKind
from .topics import Topic, topics

__all__ = [
    "ASKED_BY_US",
    "COURT_PARTS",
    "EVIDENCED",
    "FAMILIES",
    "GONE",
    "NOT_OF_THE_SOURCE",
    "NOT_STATED",
    "Action",
    "ActorKind",
    "AliasKind",
    "ConflictFamily",
    "ConflictKind",
    "FindingAspect",
    "IdentifierScheme",
    "NotAskedBecause",
    "Part",
    "PlaceKind",
    "PlanFirmness",
    "Property",
    "Relation",
    "ReplyState",
    "Role",
    "SectionRole",
    "Standing",
    "SubjectKind",
    "SystemKind",
    "Tie",
    "Topic",
    "UnknownReason",
    "WithdrawalReason",
    "topics",
]
