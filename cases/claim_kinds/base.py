"""What a kind of claim is: its words, its table of numbers, its place in documents, and what its readers will ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise

from sources.json_fields import JsonStruct
from sources.vocabularies import Vocabulary

Label = str | Promise


class Detail(models.Model):
    """The numbers of a claim whose kind needs some: one row beside the claim's, in a table of its own.

    A subclass names its `claim` (a one-to-one primary key whose related_name is the name of the kind). Its columns are
    the fields of the kind: a pair `x_id`, `x_en` is one field `x` in both languages.
    """

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, "claim", "")) if self.pk else str(self._meta.verbose_name)


class DetailDocument(JsonStruct, frozen=True, kw_only=True):
    """The same numbers as a document holds them, under the name of the kind. What is not stated is null."""

    def questions(self, parts: set[str]) -> Iterator[str]:
        """Yield the properties that a reader will ask about and that are empty; `parts` stand in the claim."""
        yield from ()


@dataclass(frozen=True)
class ClaimKind:
    """One kind of claim. `model` and `document` are both there or neither: only some kinds have numbers."""

    name: str
    rank: int
    """Place in the closed list: a claim is of the first kind that fits."""
    meaning: str
    label: Label
    title: Label
    """Heading of a group of such claims."""
    aspects: type[Vocabulary] | None = None
    """The closed list of its second word (role, tie, finding aspect, plan firmness)."""
    model: type[Detail] | None = None
    document: type[DetailDocument] | None = None
    dates_its_subject: bool = False
    """Whether its dates count for the period of its subject. A plan, a figure's period or a finding does not."""
    is_dated: bool = False
    """Whether a reader will ask when it was."""
    must_be_dated: bool = False
    """Whether a claim without a date cannot be saved."""
    # The field whose word readers filter by, a choice (what moved, which step)
    linked_field: str = ""
    # Fields of the numbers that a card leaves out first when it is too long
    omitted_first: tuple[str, ...] = ()
    # Whether confirmation codes hold an empty key for this kind in claims of other kinds, as they did from the first.
    # Never true of a kind that comes later: every code that stands in a dossier would change.
    null_in_codes: bool = False

    @property
    def linked_words(self) -> frozenset[str]:
        """Return the words that the linked field may have."""
        field = self.model._meta.get_field(self.linked_field) if self.model and self.linked_field else None
        return frozenset(str(word) for word, _label in getattr(field, "choices", None) or ())
