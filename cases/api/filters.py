"""Filters of lists. To-many filters are Exists() on RecordLink, never joins."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import Filter

from cases.claim_kinds import DETAILED
from cases.models import RecordClaim, RecordLink
from cases.vocabularies import NOT_STATED
from sources.vocabularies import Vocabulary

from . import fields

Rows = QuerySet[Any]


class Parameter(Filter):
    """A filter whose field refuses what it does not understand."""

    field_class: type[fields.QueryField] = fields.QueryField

    def __init__(self, help_text: str, **kwargs: Any) -> None:
        super().__init__(help_text=help_text, **kwargs)

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs if value in (None, "", []) else self.narrow(qs, value)

    def narrow(self, qs: Rows, value: Any) -> Rows:
        """Return the rows that match; all of them for a parameter that only says how the list is shown."""
        return qs


class Choice(Parameter):
    field_class = fields.ChoiceField


class Flag(Parameter):
    field_class = fields.FlagField


class Whole(Parameter):
    field_class = fields.WholeField


class Cursor(Parameter):
    """The position to go on from: the view reads it."""

    field_class = fields.CursorField


class AsOf(Parameter):
    """The only filter that always filters: what stood then or, without a value, what stands now."""

    field_class = fields.AsOfField

    def filter(self, qs: Any, value: int | None) -> Rows:
        rows: Rows = qs.as_of(value)
        return rows


class Contains(Parameter):
    field_class = fields.WordsField

    def narrow(self, qs: Rows, value: str) -> Rows:
        return qs.filter(folded__contains=value)


class OneOf(Parameter):
    """Any of the words given, in a column."""

    field_class: type[fields.QueryField] = fields.ChoicesField

    def narrow(self, qs: Rows, value: list[str]) -> Rows:
        return qs.filter(**{f"{self.field_name}__in": value})


class AnyClaim(OneOf):
    """Records with some claim in which the column holds any of the words given."""

    def narrow(self, qs: Rows, value: list[str]) -> Rows:
        claims = RecordClaim.objects.filter(record=OuterRef("pk"), **{f"{self.field_name}__in": value})
        return qs.filter(Exists(claims))


class Below(Parameter):
    """A word of a list that is ordered, weakest first: what is weaker than it, in a column."""

    field_class = fields.ChoiceField

    def __init__(self, help_text: str, *, words: type[Vocabulary], **kwargs: Any) -> None:
        self.words = words
        super().__init__(help_text, words=words, **kwargs)

    def weaker(self, value: str) -> dict[str, list[str]]:
        return {f"{self.field_name}__in": self.words.values[: self.words.values.index(value)]}

    def narrow(self, qs: Rows, value: str) -> Rows:
        return qs.filter(**self.weaker(value))


class AnyClaimBelow(Below):
    """Records with some claim that is weaker."""

    def narrow(self, qs: Rows, value: str) -> Rows:
        return qs.filter(Exists(RecordClaim.objects.filter(record=OuterRef("pk"), **self.weaker(value))))


class Bound(Parameter):
    """One end of a range over a column: `lookup_expr` says which."""

    def narrow(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": value})


class Since(Bound):
    field_class = fields.SinceField


class AmountBound(Bound):
    field_class = fields.AmountField


class From(Parameter):
    """Dated things that had not ended before this date began."""

    field_class = fields.DayField

    def narrow(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(end_key__gte=value.first_day.isoformat())


class To(Parameter):
    """Dated things that had begun when this date ended."""

    field_class = fields.DayField

    def narrow(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(start_key__lte=value.last_day.isoformat()).exclude(start_key="")


class Currency(Parameter):
    field_class = fields.CurrencyField

    def narrow(self, qs: Rows, value: str) -> Rows:
        return qs.filter(kind="transfer", currency=value)

    def filter(self, qs: Rows, value: str | None) -> Rows:
        return qs if value is None else self.narrow(qs, value)


class Subject(Parameter):
    field_class = fields.SubjectField

    def narrow(self, qs: Rows, value: str) -> Rows:
        return qs.filter(record__object_id=value)


class LinkedTo(Parameter):
    """Rows that point to any of the things named, in any of `parts` (in any at all when there are none)."""

    field_class: type[fields.QueryField] = fields.NamesField

    def __init__(self, help_text: str, *, parts: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.parts = parts
        super().__init__(help_text, **kwargs)

    def narrow(self, qs: Rows, value: list[str]) -> Rows:
        return qs.filter(Exists(in_parts(links_of(qs), self.parts).filter(target__in=value)))


class OfPlace(LinkedTo):
    """Places that name any of the places given, and these places themselves: as the search has it."""

    def narrow(self, qs: Rows, value: list[str]) -> Rows:
        return qs.filter(
            Q(object_id__in=value) | Q(Exists(in_parts(links_of(qs), self.parts).filter(target__in=value)))
        )


class Inherited(LinkedTo):
    """Claims that point to it themselves or, where they name none of its sort, whose subject does."""

    def narrow(self, qs: Rows, value: list[str]) -> Rows:
        own = in_parts(links_of(qs), self.parts)
        subjects = RecordLink.objects.filter(record=OuterRef("record"), claim_id=None)
        inherited = in_parts(subjects, self.parts).filter(target__in=value)
        return qs.filter(Q(Exists(own.filter(target__in=value))) | (~Exists(own) & Exists(inherited)))


class DetailWord(LinkedTo):
    """Claims of one kind (or documents with one) that have any of the words given in a field of their numbers."""

    field_class = fields.ChoicesField

    def __init__(self, help_text: str, *, kind: str, field: str) -> None:
        self.kind = kind
        model = DETAILED[kind].model
        column: Any = model._meta.get_field(field) if model else None
        words = [word for word, _label in column.choices if word] + ([NOT_STATED] if column.blank else [])
        super().__init__(help_text, parts=(kind,), words=words)

    def narrow(self, qs: Rows, value: list[str]) -> Rows:
        return super().narrow(qs, [f"{self.kind}:{word}" for word in value])


class HasLink(Flag):
    """Whether there is any link in `part`."""

    def __init__(self, help_text: str, *, part: str, **kwargs: Any) -> None:
        self.part = part
        super().__init__(help_text, **kwargs)

    def narrow(self, qs: Rows, value: bool) -> Rows:
        there = Exists(links_of(qs).filter(part=self.part))
        return qs.filter(there if value else ~there)


def links_of(rows: Rows) -> Rows:
    """Return the links of each row: of the claim, or of the whole document."""
    if rows.model is RecordClaim:
        return RecordLink.objects.filter(record=OuterRef("record"), claim_id=OuterRef("object_id"))
    return RecordLink.objects.filter(record=OuterRef("pk"))


def in_parts(links: Rows, parts: tuple[str, ...]) -> Rows:
    return links.filter(part__in=parts) if parts else links
