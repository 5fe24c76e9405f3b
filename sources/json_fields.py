"""Types of single fields. What they say of words and forms stands in the JSON Schema only: readers stay tolerant."""

from collections.abc import Iterable
from typing import Annotated, TypeVar

from msgspec import Meta, Struct, UnsetType

from .vocabularies import Language, Vocabulary

Value = TypeVar("Value")
MAX_SLUG_CHARS = 120


def or_none(value: Value | UnsetType) -> Value | None:
    """Return the value of an optional key, None where the document does not have the key."""
    return None if isinstance(value, UnsetType) else value


def words(vocabulary: type[Vocabulary], *others: type[Vocabulary], description: str | None = None) -> Meta:
    """Return metadata that names the closed list of a field: one vocabulary, or several as one list."""
    listed = one_of([word for each in (vocabulary, *others) for word in each.values], description)
    return Meta(
        description=description,
        examples=listed.examples,
        extra_json_schema=listed.extra_json_schema,
        extra={"vocabulary": vocabulary},
    )


def one_of(allowed: Iterable[str], description: str | None = None) -> Meta:
    """Return metadata that names the words of a field, each once."""
    known = list(dict.fromkeys(allowed))
    return Meta(description=description, examples=known[:1], extra_json_schema={"enum": known})


def constant(value: str, description: str | None = None) -> Meta:
    """Return metadata of a field that has one value only."""
    return Meta(description=description, extra_json_schema={"const": value})


def pattern(
    regex: str, description: str | None = None, examples: list[str] | None = None, **keywords: str | int
) -> Meta:
    """Return metadata of a text that has a form; `keywords` are others of its JSON Schema."""
    return Meta(description=description, examples=examples, extra_json_schema={**keywords, "pattern": regex})


Id = Annotated[
    str,
    pattern(
        "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", examples=["5d7b9f0e-3c1a-5e88-9a55-0c2f4b1d7e60"], format="uuid"
    ),
]
Slug = Annotated[str, pattern("^[-a-z0-9]+$", examples=["bandung-smart-city"], maxLength=MAX_SLUG_CHARS)]
PagePath = Annotated[
    str,
    pattern("^(/[-a-z0-9]+)+/$", "The address on the site, without host.", ["/collaborations/bandung-smart-city/"]),
]
PartialDateText = Annotated[
    str, pattern(r"^\d{4}(-\d{2}(-\d{2})?)?$", "As far as the source says: an ISO prefix.", ["2022-08", "2022"])
]
Timestamp = Annotated[
    str,
    pattern(
        r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$",
        "UTC, microseconds.",
        ["2026-11-01T05:00:00.000000Z"],
        format="date-time",
    ),
]
DecimalText = Annotated[
    str, pattern(r"^-?(0|[1-9]\d*)(\.\d*[1-9])?$", "A canonical decimal: never a float.", ["1409", "0.5"])
]
Currency = Annotated[str, pattern("^[A-Z]{3}$", "ISO 4217.", ["IDR"])]
Sha256 = Annotated[str, pattern("^[0-9a-f]{64}$", "Of the UTF-8 bytes of the text.")]
Url = Annotated[str, Meta(examples=["https://example.org/"], extra_json_schema={"format": "uri"})]
PropertyName = Annotated[
    str, pattern(r"^([a-z_]+\.)?[a-z_]+$", "A property or a part, perhaps of a detail.", ["transfer.kind", "payer"])
]
NonEmpty = Annotated[str, Meta(extra_json_schema={"minLength": 1})]
LanguageCode = Annotated[str, words(Language)]
License = Annotated[str, constant("CC-BY-4.0", "Of this record, never of a source: that is its `licence`.")]


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
