"""What pages read of the cards that the rows of the record hold: of records, of claims and of excerpts."""

from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from cases.documents.references import SourceName, SourceRef, SubjectRef
from cases.models import Record, RecordClaim, RecordExcerpt
from sources.json_fields import JsonStruct, LanguageMap

T = TypeVar("T")


class CardCounts(JsonStruct, frozen=True, kw_only=True):
    """How much a record holds."""

    claims: int
    excerpts: int
    conflicts: int
    unknowns: int


class CardPlace(JsonStruct, frozen=True, kw_only=True):
    """A place of a record, named."""

    title: LanguageMap


class CardActor(JsonStruct, frozen=True, kw_only=True):
    """An actor who says something; a card may have had no room for the title."""

    id: str
    slug: str
    title: LanguageMap | UnsetType = UNSET


class CardSaidBy(JsonStruct, frozen=True, kw_only=True):
    """Exactly one of an actor, a source (by slug) or a described speaker."""

    actor: CardActor | UnsetType = UNSET
    source: str | UnsetType = UNSET
    speaker: LanguageMap | UnsetType = UNSET


class CardLead(JsonStruct, frozen=True, kw_only=True):
    """The first claim of a record; `conflicts` is how many there are."""

    statement: LanguageMap
    standing: str
    said_by: CardSaidBy
    relayed_by: tuple[str, ...]
    conflicts: int


class SubjectCard(SubjectRef, frozen=True, kw_only=True):
    """A subject in a list."""

    recorded_at: str
    places: tuple[CardPlace, ...] = ()
    counts: CardCounts
    lead: CardLead | None = None


class SourceCard(SourceRef, frozen=True, kw_only=True):
    """A source in a list; a card may have had no room for its authors and the works it is known through."""

    recorded_at: str
    authors: tuple[str, ...] = ()
    known_through: tuple[SourceName, ...] = ()

    @property
    def subkind(self) -> str:
        return self.source_kind


class CardSubject(JsonStruct, frozen=True, kw_only=True):
    """The subject of a claim."""

    id: str


class ClaimCard(JsonStruct, frozen=True, kw_only=True):
    """A claim in a list."""

    path: str
    statement: LanguageMap
    standing: str
    subject: CardSubject


class ExcerptCard(JsonStruct, frozen=True, kw_only=True):
    """An excerpt in a list."""

    id: str
    path: str
    exact: str
    language: str
    locator: str | None


RecordCard = SubjectCard | SourceCard


def card_of_record(row: Record) -> RecordCard:
    return _decode(row.card, SourceCard) if row.kind == "source" else _decode(row.card, SubjectCard)


def card_of_claim(row: RecordClaim) -> ClaimCard:
    return _decode(row.card, ClaimCard)


def card_of_excerpt(row: RecordExcerpt) -> ExcerptCard:
    return _decode(row.card, ExcerptCard)


def _decode(text: str, card: type[T]) -> T:
    return msgspec.json.decode(text, type=card)
