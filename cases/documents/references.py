"""How a document names other subjects and sources, and texts in two languages."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from cases.vocabularies import ActorKind, PlaceKind, SubjectKind, SystemKind
from sources.vocabularies import SourceKind

from .fields import AnyKind, Id, Language, NonEmpty, PagePath, PartialDateText, Slug, Url, constant, words

TITLE_GIVEN = Meta(description="The title is ours: the source has none, and it is shown in brackets.")
ActorKindText = Annotated[str, words(ActorKind)]
SystemKindText = Annotated[str, words(SystemKind)]
PlaceKindText = Annotated[str, words(PlaceKind)]
SourceKindText = Annotated[str, words(SourceKind)]


class LanguageMap(Struct, frozen=True, kw_only=True):
    """In Indonesian and English; one of them may be empty."""

    id: str
    en: str

    def choose(self, language: str) -> str:
        """Return the text in a language (`id` or `en`), or in the other one where that is empty."""
        return (self.en or self.id) if language == "en" else (self.id or self.en)

    def items(self) -> tuple[tuple[str, str], ...]:
        """Return (language, text) pairs in the order of canonical JSON: English first."""
        return ("en", self.en), ("id", self.id)


Text = Annotated[
    LanguageMap,
    Meta(
        description="The same in Indonesian and English.",
        extra_json_schema={"properties": {"id": {"minLength": 1}, "en": {"minLength": 1}}},
    ),
]


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
    title: NonEmpty
    title_given: Annotated[bool, TITLE_GIVEN]


class SourceRef(SourceName, frozen=True, kw_only=True):
    """A source, with what it takes to cite it."""

    source_kind: SourceKindText
    authors: tuple[NonEmpty, ...]
    institution: NonEmpty | None
    publisher: NonEmpty | None
    published: PartialDateText | None
    language: Language
    url: Url | None
    extent: Annotated[LanguageMap | None, Meta(description="How much of the work we hold.")]
    known_through: Annotated[tuple[SourceName, ...], Meta(description="We hold no copy: these works tell of it.")]
