"""The documents of the record, one type for each `$schema`, and how stored JSON is decoded and encoded."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

import msgspec
import rfc8785
from msgspec import UNSET, Meta, Struct, UnsetType

from cases.vocabularies import WithdrawalReason
from sources.json_fields import (
    Id,
    LanguageCode,
    LanguageMap,
    NonEmpty,
    PartialDateText,
    Sha256,
    Text,
    Url,
    constant,
    words,
)

from .base import DocumentBase, Json
from .claims import PublishedClaim
from .evidence import (
    PublishedAlias,
    PublishedConflict,
    PublishedExcerpt,
    PublishedIdentifier,
    PublishedResponse,
    PublishedSourceStatement,
    PublishedUnknown,
)
from .references import (
    TITLE_GIVEN,
    ActorKindText,
    MergedName,
    PlaceKindText,
    SourceKindText,
    SourceName,
    SourceRef,
    SubjectRef,
    SystemKindText,
    TopicCode,
)
from .upgrade import upgrade


class Period(Struct, frozen=True, kw_only=True):
    """From the earliest start to the latest end that its stages, penalties, contracts, transfers, ties, roles and
    events state without dispute. An `end` of null means that none of them states an end: it says neither that it
    goes on nor that it is over.
    """

    start: PartialDateText | None
    end: PartialDateText | None


class PublishedCapture(Struct, frozen=True, kw_only=True):
    """One stored copy of a source; its text may be empty when it may not be kept."""

    id: Id
    text_sha256: Sha256 | None
    text_length: Annotated[int, Meta(extra_json_schema={"minimum": 0})] | None
    extent: LanguageMap | None
    media_type: NonEmpty
    captured_at: str | None
    archive_url: Url | None


class SubjectDocument(DocumentBase, frozen=True, kw_only=True):
    """What the documents of all five kinds of subject share."""

    title: Text
    aliases: tuple[PublishedAlias, ...]
    identifiers: tuple[PublishedIdentifier, ...] = ()
    places: tuple[SubjectRef, ...]
    topics: tuple[TopicCode, ...]
    period: Period
    lead: tuple[Id, ...]
    claims: tuple[PublishedClaim, ...]
    excerpts: tuple[PublishedExcerpt, ...]
    sources: tuple[SourceRef, ...]
    conflicts: tuple[PublishedConflict, ...]
    unknowns: tuple[PublishedUnknown, ...]
    responses: tuple[PublishedResponse, ...]
    merged_from: Annotated[tuple[MergedName, ...], Meta(extra_json_schema={"minItems": 1})] | UnsetType = UNSET


class CaseDocument(SubjectDocument, frozen=True, kw_only=True, tag="/schemas/case/2.json"):
    """Something that went wrong, or is said to have."""

    kind: Annotated[str, constant("case")]


class CollaborationDocument(SubjectDocument, frozen=True, kw_only=True, tag="/schemas/collaboration/2.json"):
    """A public body working with partners."""

    kind: Annotated[str, constant("collaboration")]


class ActorDocument(SubjectDocument, frozen=True, kw_only=True, tag="/schemas/actor/2.json"):
    """A person, company, public body or group."""

    kind: Annotated[str, constant("actor")]
    actor_kind: ActorKindText


class SystemDocument(SubjectDocument, frozen=True, kw_only=True, tag="/schemas/system/2.json"):
    """An application, platform, programme or infrastructure."""

    kind: Annotated[str, constant("system")]
    system_kind: SystemKindText


class PlaceDocument(SubjectDocument, frozen=True, kw_only=True, tag="/schemas/place/2.json"):
    """An administrative area or neighbourhood."""

    kind: Annotated[str, constant("place")]
    place_kind: PlaceKindText
    code: Annotated[NonEmpty | None, Meta(description="Kemendagri code.", examples=["32.73"])]
    iso: Annotated[NonEmpty | None, Meta(description="ISO 3166.", examples=["ID-JB"])]
    parent: SubjectRef | None


class SourceDocument(DocumentBase, frozen=True, kw_only=True, tag="/schemas/source/2.json"):
    """A publication: what was said, and where."""

    kind: Annotated[str, constant("source")]
    title: NonEmpty | None
    title_given: Annotated[LanguageMap | None, TITLE_GIVEN]
    source_kind: SourceKindText
    authors: tuple[NonEmpty, ...]
    institution: NonEmpty | None
    publisher: NonEmpty | None
    published: PartialDateText | None
    language: LanguageCode
    url: Url | None
    licence: Annotated[
        NonEmpty | None,
        Meta(description="The source's own; null when it is not known. `license` is that of our record."),
    ]
    extent: Annotated[LanguageMap | None, Meta(description="How much of the work we hold.")]
    known_through: Annotated[tuple[SourceName, ...], Meta(description="We hold no copy: these works tell of it.")]
    captures: tuple[PublishedCapture, ...]
    about: Annotated[
        tuple[PublishedSourceStatement, ...], Meta(description="What it tells of its aim, its method and its scope.")
    ]
    excerpts: tuple[PublishedExcerpt, ...]
    sources: Annotated[tuple[SourceRef, ...], Meta(description="The other works from which its excerpts come.")]

    @cached_property
    def sources_by_slug(self) -> Mapping[str, SourceRef]:
        """Return the sources of its excerpts by slug, itself among them."""
        return {source.slug: source for source in self.sources} | {self.slug: source_ref(self)}


class Tombstone(DocumentBase, frozen=True, kw_only=True):
    """What stays of a thing that is no longer read at its own address: what it was called. None of its claims."""

    title_given: Annotated[LanguageMap | None, TITLE_GIVEN] | UnsetType = UNSET
    actor_kind: ActorKindText | UnsetType = UNSET
    system_kind: SystemKindText | UnsetType = UNSET
    place_kind: PlaceKindText | UnsetType = UNSET
    source_kind: SourceKindText | UnsetType = UNSET

    @property
    def stands(self) -> bool:
        return False


class WithdrawalGround(Struct, frozen=True, kw_only=True):
    """Why a thing was withdrawn."""

    reason: Annotated[str, words(WithdrawalReason)]


class Withdrawal(Tombstone, frozen=True, kw_only=True, tag="/schemas/withdrawal/2.json"):
    """What stays at the address of something withdrawn."""

    withdrawn: WithdrawalGround


class MergerTarget(Struct, frozen=True, kw_only=True):
    """What a merged thing became part of."""

    into: SubjectRef


class Merger(Tombstone, frozen=True, kw_only=True, tag="/schemas/merge/2.json"):
    """What stays of something that became part of another."""

    merged: MergerTarget


StoredSubject = CaseDocument | CollaborationDocument | ActorDocument | SystemDocument | PlaceDocument
Document = StoredSubject | SourceDocument | Withdrawal | Merger
SUBJECT_TYPES: dict[str, type[StoredSubject]] = {
    "case": CaseDocument,
    "collaboration": CollaborationDocument,
    "actor": ActorDocument,
    "system": SystemDocument,
    "place": PlaceDocument,
}
DOCUMENT_TYPES: dict[str, type[DocumentBase]] = {
    **SUBJECT_TYPES,
    "source": SourceDocument,
    "withdrawal": Withdrawal,
    "merge": Merger,
}
_decoder: msgspec.json.Decoder[Document] = msgspec.json.Decoder(Document)


def parse_document(text: str | bytes) -> Document:
    """Return the document of a stored text of either version; unknown words stay.

    Raises msgspec.ValidationError for another form.
    """
    try:
        return _decoder.decode(text)
    except msgspec.ValidationError:
        stored = msgspec.json.decode(text)
        if not (isinstance(stored, dict) and str(stored.get("$schema")).endswith("/1.json")):
            raise
    try:
        upgraded: Document = msgspec.convert(upgrade(stored), Document)
        return upgraded
    except (AttributeError, KeyError, TypeError) as error:
        raise msgspec.ValidationError(f"This is no document of version 1: {error!r}") from error


def encode_document(document: DocumentBase) -> str:
    """Return the canonical JSON (RFC 8785) of a document."""
    return canonical_json(msgspec.to_builtins(document))


def canonical_json(value: Json) -> str:
    """Return JSON in its canonical form (RFC 8785): one value has one text."""
    return rfc8785.dumps(value).decode()


def ref(document: DocumentBase) -> SubjectRef | SourceRef:
    """Return how other documents name this one: enough to link it and, for a source, to cite it."""
    if isinstance(document, SourceDocument):
        return source_ref(document)
    return msgspec.convert(document, SubjectRef, from_attributes=True)


def source_ref(document: SourceDocument) -> SourceRef:
    return msgspec.convert(document, SourceRef, from_attributes=True)
