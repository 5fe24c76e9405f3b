"""How a document names other subjects and sources, and its topics."""

from collections.abc import Iterator, Mapping
from typing import Annotated, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from cases.vocabularies import ActorKind, PlaceKind, SubjectKind, SystemKind, topics
from sources.json_fields import (
    Id,
    LanguageCode,
    LanguageMap,
    NonEmpty,
    PagePath,
    PartialDateText,
    Slug,
    Text,
    Url,
    constant,
    one_of,
    words,
)
from sources.vocabularies import SourceKind

TITLE_GIVEN = Meta(description="Ours, when the source has no title: it is shown in brackets.")
ActorKindText = Annotated[str, words(ActorKind)]
SystemKindText = Annotated[str, words(SystemKind)]
PlaceKindText = Annotated[str, words(PlaceKind)]
SourceKindText = Annotated[str, words(SourceKind)]
TopicCode = Annotated[str, one_of(topics())]
AnyKind = Annotated[str, one_of([*SubjectKind.values, "source"])]


def titles(title: LanguageMap | str | None, title_given: LanguageMap | UnsetType | None) -> LanguageMap:
    """Return a title in both languages: one that we gave a source stands in brackets."""
    if isinstance(title, LanguageMap):
        return title
    if title:
        return LanguageMap(id=title, en=title)
    given = title_given or LanguageMap(id="", en="")
    return LanguageMap(id=f"[{given.choose('id')}]", en=f"[{given.choose('en')}]")


class SubjectRef(Struct, frozen=True, kw_only=True):
    """How one subject is named in the document of another."""

    id: Id
    kind: Annotated[str, words(SubjectKind)]
    slug: Slug
    path: PagePath
    title: Text
    actor_kind: ActorKindText | UnsetType = UNSET
    system_kind: SystemKindText | UnsetType = UNSET
    place_kind: PlaceKindText | UnsetType = UNSET

    @property
    def subkind(self) -> str:
        """Return what sort of actor, system or place it is; empty for the other kinds."""
        return self.actor_kind or self.system_kind or self.place_kind or ""

    @property
    def is_person(self) -> bool:
        return self.actor_kind == ActorKind.PERSON


class MergedName(Struct, frozen=True, kw_only=True):
    """What became part of this: its old address answers 308."""

    id: Id
    kind: AnyKind
    slug: Slug
    title: Text


class SourceName(Struct, frozen=True, kw_only=True):
    """A source, named."""

    id: Id
    kind: Annotated[str, constant("source")]
    slug: Slug
    path: PagePath
    title: Annotated[NonEmpty | None, Meta(description="Its own, in its own language.")]
    title_given: Annotated[LanguageMap | None, TITLE_GIVEN]

    @property
    def titles(self) -> LanguageMap:
        """Return the title for readers of both languages, in brackets when we gave it."""
        return titles(self.title, self.title_given)

    @property
    def searched_titles(self) -> tuple[tuple[str, str], ...]:
        """Return (language, title): its own in the language of the work, or those that we gave, without brackets."""
        if self.title_given:
            return tuple((language, text) for language, text in self.title_given.items() if text)
        return ((getattr(self, "language", "") or "id", self.title or ""),)


class SourceRef(SourceName, frozen=True, kw_only=True):
    """A source, with what it takes to cite it."""

    source_kind: SourceKindText
    authors: tuple[NonEmpty, ...]
    institution: NonEmpty | None
    publisher: NonEmpty | None
    published: PartialDateText | None
    language: LanguageCode
    url: Url | None
    extent: Annotated[LanguageMap | None, Meta(description="How much of the work we hold.")]
    known_through: Annotated[tuple[SourceName, ...], Meta(description="We hold no copy: these works tell of it.")]


Reference = SubjectRef | SourceRef
DocumentPart = TypeVar("DocumentPart", bound=Struct)
# Fields that name a source by its slug
SLUG_FIELDS = ("source", "relayed_by")


def references_in(value: object) -> Iterator[SubjectRef | SourceName]:
    """Yield every reference that a document, or a part of one, holds at any depth."""
    if isinstance(value, (SubjectRef, SourceName)):
        yield value
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from references_in(getattr(value, name))
    elif isinstance(value, tuple):
        for entry in value:
            yield from references_in(entry)


def renew_references(value: DocumentPart, renewed: Mapping[str, Reference], slugs: Mapping[str, str]) -> DocumentPart:
    """Return a document, or a part of one, with other references and nothing else changed.

    `renewed` holds references by the id that the document names, `slugs` new slugs of sources by the old ones.
    """
    if isinstance(value, (SubjectRef, SourceName)) and value.id in renewed:
        return msgspec.convert(renewed[value.id], type(value), from_attributes=True)

    def renew(name: str, entry: object) -> object:
        if isinstance(entry, Struct):
            return renew_references(entry, renewed, slugs)
        if isinstance(entry, tuple):
            return tuple(renew(name, each) for each in entry)
        return slugs.get(entry, entry) if isinstance(entry, str) and name in SLUG_FIELDS else entry

    return msgspec.structs.replace(
        value, **{name: renew(name, getattr(value, name)) for name in value.__struct_fields__}
    )
