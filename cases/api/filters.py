"""Filters of lists. To-many filters are Exists() on RecordLink, never joins."""

from collections.abc import Iterable
from typing import Any, Generic, TypedDict, TypeVar, Unpack

from django.db.models import Exists, OuterRef, Q
from django_filters import Filter

from cases.claim_kinds import DETAILED
from cases.models import RecordClaim, RecordLink
from cases.models.record import VersionedQuerySet
from cases.vocabularies import NOT_STATED
from sources.dates import PartialDate

from . import fields

Value = TypeVar("Value")


class FilterOptions(TypedDict, total=False):
    """What a filter is given, or gives to its field."""

    field_name: str
    lookup_expr: str
    words: Iterable[str]
    kind: str
    minimum: int
    maximum: int
    initial: object


class Parameter(Filter, Generic[Value]):  # type: ignore[misc] # django-filter has no types
    """A filter whose field refuses what it does not understand."""

    field_class: type[fields.QueryField] = fields.QueryField

    def __init__(self, help_text: str, **kwargs: Unpack[FilterOptions]) -> None:
        super().__init__(help_text=help_text, **kwargs)

    def filter(self, qs: VersionedQuerySet, value: Value | None) -> VersionedQuerySet:
        return qs if value is None or value == [] else self.narrow(qs, value)

    def narrow(self, qs: VersionedQuerySet, value: Value) -> VersionedQuerySet:
        """Return the rows that match; all of them for a parameter that only says how the list is shown."""
        return qs


class Choice(Parameter[str]):
    field_class = fields.ChoiceField


class Flag(Parameter[bool]):
    field_class = fields.FlagField


class Whole(Parameter[int]):
    field_class = fields.WholeField


class Cursor(Parameter[str]):
    """The position to go on from: the view reads it."""

    field_class = fields.CursorField


class AsOf(Parameter[int]):
    """The only filter that always filters: what stood then or, without a value, what stands now."""

    field_class = fields.AsOfField

    def filter(self, qs: VersionedQuerySet, value: int | None) -> VersionedQuerySet:
        return qs.as_of(value)


class Contains(Parameter[str]):
    field_class = fields.WordsField

    def narrow(self, qs: VersionedQuerySet, value: str) -> VersionedQuerySet:
        return qs.filter(folded__contains=value)


class OneOf(Parameter[list[str]]):
    """Any of the words given, in a column."""

    field_class: type[fields.QueryField] = fields.ChoicesField

    def narrow(self, qs: VersionedQuerySet, value: list[str]) -> VersionedQuerySet:
        return qs.filter(**{f"{self.field_name}__in": value})


class AnyClaim(OneOf):
    """Records with some claim in which the column holds any of the words given."""

    def narrow(self, qs: VersionedQuerySet, value: list[str]) -> VersionedQuerySet:
        claims = RecordClaim.objects.filter(record=OuterRef("pk"), **{f"{self.field_name}__in": value})
        return qs.filter(Exists(claims))


class Below(Parameter[str]):
    """A word of a list that is ordered, weakest first: what is weaker than it, in a column."""

    field_class = fields.ChoiceField

    def __init__(self, help_text: str, **kwargs: Unpack[FilterOptions]) -> None:
        self.words = [str(word) for word in kwargs["words"]]
        super().__init__(help_text, **kwargs)

    def weaker(self, value: str) -> dict[str, list[str]]:
        return {f"{self.field_name}__in": self.words[: self.words.index(value)]}

    def narrow(self, qs: VersionedQuerySet, value: str) -> VersionedQuerySet:
        return qs.filter(**self.weaker(value))


class AnyClaimBelow(Below):
    """Records with some claim that is weaker."""

    def narrow(self, qs: VersionedQuerySet, value: str) -> VersionedQuerySet:
        return qs.filter(Exists(RecordClaim.objects.filter(record=OuterRef("pk"), **self.weaker(value))))


class RangeEnd(Parameter[int]):
    """One end of a range over a column: `lookup_expr` says which."""

    def narrow(self, qs: VersionedQuerySet, value: int) -> VersionedQuerySet:
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": value})


class Since(RangeEnd):
    field_class = fields.SinceField


class AmountBound(RangeEnd):
    """An end of a range of amounts, or of terms: numbers that stand in hundredths."""

    field_class = fields.AmountField


class From(Parameter[PartialDate]):
    """Dated things that had not ended before this date began."""

    field_class = fields.DayField

    def narrow(self, qs: VersionedQuerySet, value: PartialDate) -> VersionedQuerySet:
        return qs.filter(end_key__gte=value.first_day.isoformat())


class To(Parameter[PartialDate]):
    """Dated things that had begun when this date ended."""

    field_class = fields.DayField

    def narrow(self, qs: VersionedQuerySet, value: PartialDate) -> VersionedQuerySet:
        return qs.filter(start_key__lte=value.last_day.isoformat()).exclude(start_key="")


class CurrencyFilter(Parameter[str]):
    field_class = fields.CurrencyField

    def narrow(self, qs: VersionedQuerySet, value: str) -> VersionedQuerySet:
        return qs.filter(is_of_money=True, currency=value)


class SubjectFilter(Parameter[str]):
    field_class = fields.SubjectField

    def narrow(self, qs: VersionedQuerySet, value: str) -> VersionedQuerySet:
        return qs.filter(record__object_id=value)


class LinkedTo(Parameter[list[str]]):
    """Rows that point to any of the things named, in any of `parts` (in any at all when there are none)."""

    field_class: type[fields.QueryField] = fields.NamesField

    def __init__(self, help_text: str, *, parts: tuple[str, ...] = (), **kwargs: Unpack[FilterOptions]) -> None:
        self.parts = parts
        super().__init__(help_text, **kwargs)

    def narrow(self, qs: VersionedQuerySet, value: list[str]) -> VersionedQuerySet:
        return qs.filter(Exists(in_parts(links_of(qs), self.parts).filter(target__in=value)))


class Identified(Parameter[str]):
    """Documents that bear an identifier."""

    field_class = fields.IdentifierField

    def narrow(self, qs: VersionedQuerySet, value: str) -> VersionedQuerySet:
        return qs.filter(Exists(links_of(qs).filter(part="identifier", target=value)))


class OfPlace(LinkedTo):
    """Places that name any of the places given, and these places themselves: as the search has it."""

    def narrow(self, qs: VersionedQuerySet, value: list[str]) -> VersionedQuerySet:
        return qs.filter(
            Q(object_id__in=value) | Q(Exists(in_parts(links_of(qs), self.parts).filter(target__in=value)))
        )


class Inherited(LinkedTo):
    """Claims that point to it themselves or, where they name none of its sort, whose subject does."""

    def narrow(self, qs: VersionedQuerySet, value: list[str]) -> VersionedQuerySet:
        own = in_parts(links_of(qs), self.parts)
        subjects = RecordLink.objects.filter(record=OuterRef("record"), claim_id=None)
        inherited = in_parts(subjects, self.parts).filter(target__in=value)
        return qs.filter(Q(Exists(own.filter(target__in=value))) | (~Exists(own) & Exists(inherited)))


class DetailWord(LinkedTo):
    """Claims of one kind (or documents with one) that have any of the words given in a field of their numbers."""

    field_class = fields.ChoicesField

    def __init__(self, help_text: str, *, kind: str, field: str) -> None:
        self.kind = kind
        super().__init__(help_text, parts=(kind,), words=field_words(kind, field))

    def narrow(self, qs: VersionedQuerySet, value: list[str]) -> VersionedQuerySet:
        return super().narrow(qs, [f"{self.kind}:{word}" for word in value])


def field_words(kind: str, field: str) -> list[str]:
    """Return the closed list of a field of the numbers of a kind; with NOT_STATED where it may be empty."""
    column: Any = DETAILED[kind].model._meta.get_field(field)
    return [word for word, _label in column.choices if word] + ([NOT_STATED] if column.blank else [])


class HasLink(Flag):
    """Whether there is any link in `part`."""

    def __init__(self, help_text: str, *, part: str, **kwargs: Unpack[FilterOptions]) -> None:
        self.part = part
        super().__init__(help_text, **kwargs)

    def narrow(self, qs: VersionedQuerySet, value: bool) -> VersionedQuerySet:
        there = Exists(links_of(qs).filter(part=self.part))
        return qs.filter(there if value else ~there)


def links_of(rows: VersionedQuerySet) -> VersionedQuerySet:
    """Return the links of each row: of the claim, or of the whole document."""
    if rows.model is RecordClaim:
        return RecordLink.objects.filter(record=OuterRef("record"), claim_id=OuterRef("object_id"))
    return RecordLink.objects.filter(record=OuterRef("pk"))


def in_parts(links: VersionedQuerySet, parts: tuple[str, ...]) -> VersionedQuerySet:
    return links.filter(part__in=parts) if parts else links
