"""What stands beside the claims of a document: excerpts, aliases, conflicts, unknowns, responses."""

from typing import Annotated

from msgspec import Meta, Struct

from cases.vocabularies import (
    AliasKind,
    ConflictFamily,
    ConflictKind,
    IdentifierScheme,
    NotAskedBecause,
    ReplyState,
    UnknownReason,
)
from sources.json_fields import (
    Id,
    LanguageCode,
    LanguageMap,
    NonEmpty,
    PagePath,
    PartialDateText,
    PropertyName,
    Sha256,
    Slug,
    Text,
    words,
)
from sources.quotes import MAX_CONTEXT_CHARS, MAX_EXCERPT_CHARS
from sources.vocabularies import Language, SourceAspect, TranslatedBy

from .claims import STATEMENT, PublishedCitation, supporting
from .references import SubjectRef

Context = Annotated[str, Meta(extra_json_schema={"maxLength": MAX_CONTEXT_CHARS})]


class PublishedTranslation(Struct, frozen=True, kw_only=True):
    """The words of an excerpt in another language, and who put them so."""

    text: NonEmpty
    by: Annotated[str, words(TranslatedBy)]


class PublishedExcerpt(Struct, frozen=True, kw_only=True):
    """Exact words of a capture: text[start:end] == exact, in Unicode code points."""

    id: Id
    path: PagePath
    source: Slug
    text_sha256: Sha256
    exact: Annotated[str, Meta(extra_json_schema={"minLength": 1, "maxLength": MAX_EXCERPT_CHARS})]
    start: Annotated[int, Meta(extra_json_schema={"minimum": 0})]
    end: Annotated[int, Meta(extra_json_schema={"minimum": 1})]
    prefix: Context
    suffix: Context
    language: LanguageCode
    translation: Annotated[
        dict[str, PublishedTranslation],
        Meta(description="By language.", extra_json_schema={"propertyNames": {"enum": Language.values}}),
    ]
    locator: Annotated[LanguageMap | None, Meta(description="Page or section.")]


class PublishedSourceStatement(Struct, frozen=True, kw_only=True):
    """What a work set out to do, how, or how far it reaches. What it found is a claim about what it studied."""

    key: Annotated[Slug, Meta(description="Names the statement within its source.")]
    aspect: Annotated[str, words(SourceAspect)]
    statement: Annotated[LanguageMap, STATEMENT]
    citations: Annotated[tuple[PublishedCitation, ...], Meta(extra_json_schema={"minItems": 1})]

    @property
    def supporting_excerpts(self) -> tuple[str, ...]:
        """Return the ids of the excerpts that support it, in its order."""
        return supporting(self.citations)


class PublishedAlias(Struct, frozen=True, kw_only=True):
    """Another name, with the words in which it stands."""

    name: NonEmpty
    kind: Annotated[str, words(AliasKind)]
    excerpt: Id


class PublishedIdentifier(Struct, frozen=True, kw_only=True):
    """What a register or list calls it, with the words in which that stands."""

    scheme: Annotated[str, words(IdentifierScheme)]
    value: NonEmpty
    excerpt: Id

    @property
    def key(self) -> str:
        """Return how readers ask for it: `scheme:value`, in small letters."""
        return identifier_key(self.scheme, self.value)


def identifier_key(scheme: str, value: str) -> str:
    """Return a scheme and a value as one text by which they are compared."""
    return f"{scheme}:{' '.join(value.casefold().split())}"


class PublishedConflictSide(Struct, frozen=True, kw_only=True):
    """What one side says."""

    value: NonEmpty
    reading: Annotated[LanguageMap | None, Meta(description="What readers see instead of the value.")] = None
    excerpt: Id

    def reads(self, language: str) -> str:
        """Return the reading in a language (`id` or `en`), or the value where that says it all."""
        return self.reading.choose(language) if self.reading else self.value


class PublishedConflict(Struct, frozen=True, kw_only=True):
    """What disagrees, at one field. The field is null in the claim."""

    id: Id
    family: Annotated[str, words(ConflictFamily, description="What readers are told; only the first two are news.")]
    kind: Annotated[str, words(ConflictKind)]
    claim: Id | None
    property: PropertyName
    sides: tuple[PublishedConflictSide, ...]
    explanation: Text


class PublishedUnknown(Struct, frozen=True, kw_only=True):
    """What a reader will ask and the record cannot say."""

    claim: Id | None
    property: PropertyName
    reason: Annotated[str, words(UnknownReason)]
    note: LanguageMap | None
    excerpt: Annotated[Id | None, Meta(description="The words that say so, where the reason rests on words.")]
    searched_on: PartialDateText | None


class PublishedResponse(Struct, frozen=True, kw_only=True):
    """The right of reply: whether somebody was asked, by whom, and what came of it."""

    id: Id
    who: SubjectRef
    state: Annotated[str, words(ReplyState)]
    not_asked_because: Annotated[str, words(NotAskedBecause)] | None
    asked: PartialDateText | None
    deadline: PartialDateText | None
    answered: PartialDateText | None
    denies: bool
    note: Annotated[LanguageMap | None, Meta(description="What the source tells of it, when the source asked.")]
    claims: tuple[Id, ...]
    excerpts: tuple[Id, ...]


def not_asked(who: SubjectRef) -> PublishedResponse:
    """Return the reply of somebody of whom the record holds none: we have not asked. It has no id."""
    empty = dict.fromkeys(("not_asked_because", "asked", "deadline", "answered", "note"))
    return PublishedResponse(
        id="", who=who, state=ReplyState.NOT_ASKED.value, denies=False, claims=(), excerpts=(), **empty
    )
