"""What a kind of claim is: its words, its table of numbers, its place in documents, and what its readers will ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, get_args, get_type_hints

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from msgspec import Meta, Struct

from sources.dates import PartialDate, PartialDateField
from sources.json_fields import LanguageMap
from sources.numbers import DecimalTextField, display, is_read_in
from sources.text_column import TextColumn
from sources.vocabularies import Vocabulary

Label = str | Promise


class FieldSort(StrEnum):
    """What a field of a detail holds. Every reader of details handles each of these."""

    CHOICE = "choice"
    TEXT = "text"
    DECIMAL = "decimal"
    DATE = "date"
    LANGUAGE_MAP = "language_map"


class NumberReason(Vocabulary):
    """Why a number cannot be read in the words that are quoted for it."""

    COMPUTED = "computed", "we calculate it from what the source says", _("calculated by us")
    IN_WORDS = "in_words", "words or an ordinal that we do not read by machine", _("as we read the words")


@dataclass(frozen=True)
class DetailField:
    """One field of the numbers of a kind, derived from its model and its document."""

    name: str
    sort: FieldSort
    label: Label
    vocabulary: type[Vocabulary] | None = None
    # Whether the model demands a value
    required: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of its columns: `x_id` and `x_en` of a language map, else its own name."""
        return (f"{self.name}_id", f"{self.name}_en") if self.sort == FieldSort.LANGUAGE_MAP else (self.name,)

    def text(self, detail: "DetailDocument", language: str) -> str:
        """Return the value as a reader sees it, empty where none is stated. An unknown word stays as it is."""
        value = getattr(detail, self.name)
        if isinstance(value, LanguageMap):
            return value.choose(language)
        if not value:
            return ""
        if self.vocabulary and value in self.vocabulary.values:
            with override(language):
                return str(self.vocabulary(value).label)
        if self.sort == FieldSort.DATE:
            return PartialDate(value).display(language)
        return display(value, language) if self.sort == FieldSort.DECIMAL else str(value)


class Detail(models.Model):
    """The numbers of a claim whose kind needs some: one row beside the claim's, in a table of its own.

    A subclass has the name of the kind. Its columns are the fields of the kind: a pair `x_id`, `x_en` is one field `x`
    in both languages.
    """

    claim = models.OneToOneField("cases.Claim", models.CASCADE, related_name="%(class)s", primary_key=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.claim) if self.pk else str(self._meta.verbose_name)


class DetailDocument(Struct, frozen=True, kw_only=True):
    """The same numbers as a document holds them, under the name of the kind. What is not stated is null."""

    def questions(self, parts: set[str]) -> Iterator[str]:
        """Yield the properties that a reader will ask about and that are empty; `parts` stand in the claim."""
        yield from ()

    @property
    def is_of_money(self) -> bool:
        """Return whether it states an amount, or a reader will ask for one: what ranges of amounts compare."""
        return False

    def is_read_in(self, name: str, value: str, text: str) -> bool:
        """Return whether a text states the number of a field."""
        return is_read_in(value, text)

    def summary(self, language: str) -> str:
        """Return the numbers on one line of plain text in a language (`id` or `en`)."""
        raise NotImplementedError


@dataclass(frozen=True)
class ClaimKind:
    """One kind of claim. Those with numbers are a DetailedKind."""

    name: str
    # Place in the closed list: a claim is of the first kind that fits
    rank: int
    meaning: str
    label: Label
    # Heading of a group of such claims
    title: Label
    # The closed list of its second word (role, tie, finding aspect, plan firmness)
    aspects: type[Vocabulary] | None = None
    # As what parties stand in such a claim, those whom a reader asks for first
    parts: tuple[str, ...] = ()
    # Whether its dates count for the period of its subject. A plan, a figure's period or a finding does not.
    dates_its_subject: bool = False
    # Whether a reader will ask when it was
    is_dated: bool = False
    # Whether a claim without a date cannot be saved
    must_be_dated: bool = False
    # Whether its dates are of something that is said to have happened. That of a plan or a law is not.
    dates_what_happened: bool = True
    # Whether the page of a subject repeats the second word beside each statement
    shows_aspect: bool = False
    # Headings of the groups into which a page divides its claims by their second word, in their order
    aspect_titles: Mapping[str, Label] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True)
class DetailedKind(ClaimKind):
    """A kind of claim with numbers: a model, its form in documents, and what a form and a reader call them."""

    model: type[Detail]
    document: type[DetailDocument]
    # Heading of its numbers in a form
    form_title: Label
    # Labels of its language maps, whose two columns have labels of their own
    map_labels: Mapping[str, Label] = field(default_factory=dict, hash=False)
    # Names of the fields that may be in dispute or unknown
    disputable: tuple[str, ...] = ()
    # The column beside which a form shows the sentence of a broken constraint, by the name of the constraint
    column_of_constraint: Mapping[str, str] = field(default_factory=dict, hash=False)
    # The field whose word readers filter by, a choice (what moved, which step)
    linked_field: str = ""
    # Fields of the numbers that a card leaves out first when it is too long
    omitted_first: tuple[str, ...] = ()
    # Whether a claim of this kind cannot be published without them
    needs_numbers: bool = True
    # Whether confirmation codes hold an empty key for this kind in claims of other kinds, as they did from the first.
    # Never true of a kind that comes later: every code that stands in a dossier would change.
    null_in_codes: bool = False

    @property
    def linked_words(self) -> frozenset[str]:
        """Return the words that the linked field may have."""
        lists = [each.vocabulary for each in self.fields if each.vocabulary and each.name == self.linked_field]
        return frozenset(word for vocabulary in lists for word in vocabulary.values)

    @cached_property
    def fields(self) -> tuple[DetailField, ...]:
        """Return the fields of its numbers in the order of the model. Raises TypeError for a column of another sort."""
        columns = {column.name: column for column in self.model._meta.local_fields if column.name != "claim"}
        hints = get_type_hints(self.document, include_extras=True)
        fields = []
        for name, column in columns.items():
            stem, required = name[:-3], not column.blank
            if name.endswith("_id") and f"{stem}_en" in columns:
                fields.append(DetailField(stem, FieldSort.LANGUAGE_MAP, self.map_labels[stem], required=required))
            elif not (name.endswith("_en") and f"{stem}_id" in columns):
                words = _vocabulary(hints[name])
                fields.append(DetailField(name, _sort(column, words), column.verbose_name, words, required))
        return tuple(fields)

    @property
    def disputable_fields(self) -> tuple[DetailField, ...]:
        """Return the fields that may be in dispute or unknown; a conflict names them as in `transfer.kind`."""
        return tuple(field for field in self.fields if field.name in self.disputable)


def _sort(column: "models.Field[Any, Any]", words: type[Vocabulary] | None) -> FieldSort:
    """Return what a column holds. Raises TypeError for a column that a detail cannot have."""
    for column_type, sort in SORT_OF_COLUMN.items():
        if isinstance(column, column_type):
            if (sort == FieldSort.TEXT and bool(column.choices)) != bool(words):
                raise TypeError(f"{column}: the choices of a column are named in its document too, by `words()`")
            return FieldSort.CHOICE if words else sort
    raise TypeError(f"{column}: a detail has no columns of the type {type(column).__name__}")


# The first type that a column is of says its sort
SORT_OF_COLUMN: Mapping[type[TextColumn], FieldSort] = {
    DecimalTextField: FieldSort.DECIMAL,
    PartialDateField: FieldSort.DATE,
    TextColumn: FieldSort.TEXT,
}


def _vocabulary(hint: object) -> type[Vocabulary] | None:
    """Return the closed list that `words()` names in the annotation of a field."""
    for part in (hint, *get_args(hint)):
        for meta in getattr(part, "__metadata__", ()):
            if isinstance(meta, Meta) and meta.extra:
                vocabulary: type[Vocabulary] = meta.extra["vocabulary"]
                return vocabulary
    return None
