"""What pages read of the cards that the rows of the record hold: of records, of claims and of excerpts."""

from typing import TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from cases.claim_kinds.stage import StageDetail
from cases.documents.references import SourceName, SourceRef, SubjectRef
from cases.models import Record, RecordClaim, RecordExcerpt
from cases.public.labels import word
from cases.vocabularies import ConflictFamily
from sources.json_fields import LanguageMap

# What is news of a claim; other families are our notes on reading one source, and stand on the page of the record
NEWS = (ConflictFamily.DENIED, ConflictFamily.SOURCES_DIFFER)


class CardCounts(Struct, frozen=True, kw_only=True):
    """How much a record holds."""

    claims: int
    excerpts: int
    conflicts: int
    unknowns: int


class CardReference(Struct, frozen=True, kw_only=True):
    """How a card names a subject: by what it had room for."""

    id: str = ""
    slug: str = ""
    title: LanguageMap | UnsetType = UNSET


class CardSaidBy(Struct, frozen=True, kw_only=True):
    """Exactly one of an actor, a source (by slug) or a described speaker."""

    actor: CardReference | UnsetType = UNSET
    source: str | UnsetType = UNSET
    speaker: LanguageMap | UnsetType = UNSET


class CardStep(Struct, frozen=True, kw_only=True):
    """The latest step of somebody whom a claim accuses."""

    stage: str
    outcome: str | None
    start: str | None

    @property
    def told(self) -> str:
        """Return the step and its outcome, in the language of the page."""
        words = (word(self.stage, "stage.stage"), word(self.outcome, "stage.outcome") if self.outcome else "")
        return ": ".join(filter(None, words))


class CardLead(Struct, frozen=True, kw_only=True):
    """The first claim of a record. `conflict_families` is what disagrees about it, `replies` states by slug of who."""

    statement: LanguageMap
    standing: str
    said_by: CardSaidBy
    relayed_by: tuple[str, ...]
    conflict_families: tuple[str, ...] = ()
    replies: dict[str, str] = {}
    latest_steps: dict[str, CardStep] = {}

    @property
    def caveats(self) -> list[str]:
        """Return what stands against it, and whether those concerned were asked, in the language of the page."""
        news = [family for family in self.conflict_families if family in NEWS]
        families = [word(family, "family") for family in news]
        return [*families, *dict.fromkeys(word(state, "reply") for state in self.replies.values())]


class SubjectCard(SubjectRef, frozen=True, kw_only=True):
    """A subject in a list."""

    recorded_at: str
    places: tuple[CardReference, ...] = ()
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


class ClaimCard(Struct, frozen=True, kw_only=True):
    """A claim in a list, with a reference to its subject."""

    path: str
    statement: LanguageMap
    standing: str
    subject: CardReference
    stage: StageDetail | UnsetType = UNSET
    latest_steps: dict[str, CardStep] = {}


class ExcerptCard(Struct, frozen=True, kw_only=True):
    """An excerpt in a list."""

    id: str
    path: str
    text_sha256: str
    start: int
    end: int
    exact: str
    language: str
    locator: LanguageMap | None


RecordCard = SubjectCard | SourceCard
AnyCard = TypeVar("AnyCard")


def read_card(row: Record | RecordClaim | RecordExcerpt, card: type[AnyCard]) -> AnyCard:
    """Return what pages read of the card of a row."""
    return msgspec.json.decode(row.card, type=card)


def read_record_card(row: Record) -> RecordCard:
    return read_card(row, SourceCard) if row.kind == "source" else read_card(row, SubjectCard)
