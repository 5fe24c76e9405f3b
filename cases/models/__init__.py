"""The working copy (subjects, claims, disputes, drafts) and the public record (ledger, record)."""

from .claims import Citation, Claim, Party, Relay
from .desk_acts import DeskAct
from .disputes import Conflict, ConflictSide, Response, Unknown
from .ledger import Publication, RetiredSlug, Revision, RevisionBody
from .reading_places import ReadingPlace
from .record import Record, RecordClaim, RecordExcerpt, RecordLink
from .source_reading import SourceName, SourceSection, names_of, section_at
from .subjects import Actor, Alias, Case, Collaboration, Identifier, Place, Subject, System
from .subscriptions import Subscription, SubscriptionToken
from .workflow import Draft, PublicationItem, PublicationRequest, Submission, UnsavedText

__all__ = [
    "Actor",
    "Alias",
    "Case",
    "Citation",
    "Claim",
    "Collaboration",
    "Conflict",
    "ConflictSide",
    "DeskAct",
    "Draft",
    "Identifier",
    "Party",
    "Place",
    "Publication",
    "PublicationItem",
    "PublicationRequest",
    "ReadingPlace",
    "Record",
    "RecordClaim",
    "RecordExcerpt",
    "RecordLink",
    "Relay",
    "Response",
    "RetiredSlug",
    "Revision",
    "RevisionBody",
    "SourceName",
    "SourceSection",
    "Subject",
    "Submission",
    "Subscription",
    "SubscriptionToken",
    "System",
    "Unknown",
    "UnsavedText",
    "names_of",
    "section_at",
]
