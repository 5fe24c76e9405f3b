"""Claims: who says what of whom, how firmly, and on which words it rests."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType, defstruct

from cases.claim_kinds import ASPECTS, DETAILED, REGISTRY, DetailDocument
from cases.vocabularies import Part, Relation, Standing
from sources.json_fields import (
    Id,
    LanguageMap,
    NonEmpty,
    PagePath,
    PartialDateText,
    PropertyName,
    Slug,
    one_of,
    or_none,
    words,
)

from .references import SubjectRef, TopicCode

D = TypeVar("D", bound=DetailDocument)
# Those on whom a proceeding or a penalty lies
TRIED_PARTS = (Part.DEFENDANT, Part.CO_DEFENDANT)
CHARGED_PARTS = (Part.ACCUSED, *TRIED_PARTS)
# Whoever stands so in a case has a right of reply
ANSWERABLE_PARTS = (*CHARGED_PARTS, Part.CRITICISED, Part.PAYER, Part.RECIPIENT, Part.PATRON, Part.CLIENT)
STATEMENT = Meta(
    description="One sentence; a language in which it does not stand yet is empty.",
    extra_json_schema={"anyOf": [{"properties": {"id": {"minLength": 1}}}, {"properties": {"en": {"minLength": 1}}}]},
)
ONE_SPEAKER = Meta(extra_json_schema={"minProperties": 1, "maxProperties": 1})


class SaidBy(Struct, frozen=True, kw_only=True):
    """Exactly one of an actor, a source (by slug) or a described speaker."""

    actor: SubjectRef | UnsetType = UNSET
    source: Slug | UnsetType = UNSET
    speaker: LanguageMap | UnsetType = UNSET


class PublishedParty(Struct, frozen=True, kw_only=True):
    """Who stands in the claim and as what; `who` is null when nobody is named."""

    part: Annotated[str, words(Part)]
    who: SubjectRef | None
    as_stated: Annotated[NonEmpty | None, Meta(description="In the words of the source.", examples=["calon patron"])]


class PublishedCitation(Struct, frozen=True, kw_only=True):
    """An excerpt on which the claim rests."""

    excerpt: Id
    relation: Annotated[str, words(Relation)]


def supporting(citations: Iterable[PublishedCitation]) -> tuple[str, ...]:
    """Return the ids of the excerpts that support what cites them, in its order."""
    return tuple(each.excerpt for each in citations if each.relation == Relation.SUPPORTS)


class PublishedClaimBase(Struct, frozen=True, kw_only=True):
    """One fact of one subject. Its numbers, if its kind has any, stand under the key named like its kind."""

    id: Id
    path: PagePath
    kind: Annotated[str, one_of(REGISTRY)]
    aspect: Annotated[str, words(*ASPECTS.values())] | None
    standing: Annotated[str, words(Standing, description="How firmly it is said, weakest first.")]
    statement: Annotated[LanguageMap, STATEMENT]
    said_by: Annotated[SaidBy, ONE_SPEAKER]
    relayed_by: Annotated[tuple[Slug, ...], Meta(description="The works in between, nearest to the speaker first.")]
    parties: tuple[PublishedParty, ...]
    places: tuple[SubjectRef, ...]
    topics: tuple[TopicCode, ...]
    start: PartialDateText | None
    end: PartialDateText | None
    date_as_stated: NonEmpty | None
    ongoing_when_written: bool
    citations: Annotated[tuple[PublishedCitation, ...], Meta(extra_json_schema={"minItems": 1})]
    conflicts: tuple[Id, ...]
    unknowns: tuple[PropertyName, ...]

    @property
    def detail(self) -> DetailDocument | None:
        """Return the numbers of the claim; None when its kind has none, or they are missing."""
        return or_none(getattr(self, self.kind)) if self.kind in DETAILED else None

    def detail_of(self, kind: type[D]) -> D | None:
        """Return the numbers of the claim if they are of this type."""
        detail = self.detail
        return detail if isinstance(detail, kind) else None

    @property
    def supporting_excerpts(self) -> tuple[str, ...]:
        """Return the ids of the excerpts that support the claim, in its order."""
        return supporting(self.citations)

    @property
    def money(self) -> tuple[str | None, str | None]:
        """Return the currency and the amount that its numbers state, of whatever kind it is."""
        return getattr(self.detail, "currency", None), getattr(self.detail, "amount", None)

    def parties_in(self, *parts: str) -> tuple[PublishedParty, ...]:
        return tuple(party for party in self.parties if party.part in parts)

    @property
    def charged_ids(self) -> frozenset[str]:
        """Return the ids of those whom the claim names as accused or defendant."""
        return frozenset(party.who.id for party in self.parties_in(*CHARGED_PARTS) if party.who)

    @property
    def people(self) -> tuple[SubjectRef, ...]:
        """Return everyone whom the claim names as a party, then the actor who says it."""
        actor = or_none(self.said_by.actor)
        return (*(party.who for party in self.parties if party.who), *([actor] if actor else []))

    @property
    def names_person(self) -> bool:
        """Return whether it names a person, as a party or as who says it."""
        return any(who.is_person for who in self.people)

    @property
    def source_slugs(self) -> tuple[str, ...]:
        """Return the slugs of the works that relay the claim, then of the work that says it."""
        source = or_none(self.said_by.source)
        return (*self.relayed_by, source) if source else self.relayed_by

    @property
    def is_dated(self) -> bool:
        """Return whether it says when, in numbers or in the words of the source."""
        return bool(self.start or self.end or self.date_as_stated)


if TYPE_CHECKING:
    PublishedClaim = PublishedClaimBase
else:
    PublishedClaim = defstruct(
        "PublishedClaim",
        [(name, kind.document | UnsetType, UNSET) for name, kind in DETAILED.items()],
        bases=(PublishedClaimBase,),
        namespace={"__doc__": PublishedClaimBase.__doc__},
        module=__name__,
        frozen=True,
        kw_only=True,
    )
