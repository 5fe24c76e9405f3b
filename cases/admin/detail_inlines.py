"""The numbers of a claim on its page: one inline for each kind that has some, generated from the registry."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.claim_kinds import DETAILED, DetailedKind, FieldSort
from cases.models import Claim
from sources.generics import ModelForm, StackedInline
from sources.number_words import in_words
from sources.numbers import CANONICAL, DecimalTextField

from .forms import DeskForm, OrderedFormSet

MAX_COLUMNS_OF_ROW = 3


class DetailForm(DeskForm):
    """Says beside each number how it reads in words: a zero too many is seen there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in self.instance._meta.local_fields:
            if isinstance(column, DecimalTextField) and column.name in self.fields:
                field = self[column.name]
                value = str(field.value() or "")
                if CANONICAL.fullmatch(value) and (words := in_words(value, (get_language() or "id")[:2])):
                    field.help_text = " ".join(filter(None, [str(field.help_text), _("Reads: %s.") % words]))


class DetailFormSet(OrderedFormSet):
    """The numbers of a claim, which only a claim of their own kind has."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.can_delete and "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")

    def clean(self) -> None:
        super().clean()
        claim: Claim = self.instance
        kind = next(kind for kind in DETAILED.values() if kind.model is self.model)
        for form in self.forms:
            is_deleted = form.cleaned_data.get("DELETE") if hasattr(form, "cleaned_data") else False
            is_there = form.has_changed() or not form.instance._state.adding
            if is_there and not is_deleted and claim.kind != kind.name:
                raise ValidationError(
                    _("Only a claim of kind “%(kind)s” has these numbers. Empty or remove them, or change the kind.")
                    % {"kind": kind.label}
                )


class DetailInline(StackedInline):
    formset = DetailFormSet
    extra = 1
    max_num = 1


def form_rows(kind: DetailedKind) -> list[tuple[str, ...]]:
    """Return the columns of a kind as rows of a form: both languages of a text side by side, the others together."""
    rows: list[tuple[str, ...]] = [()]
    for field in kind.fields:
        is_map = field.sort == FieldSort.LANGUAGE_MAP
        if is_map or len(rows[-1]) == MAX_COLUMNS_OF_ROW:
            rows.append(())
        rows[-1] += field.columns
        if is_map:
            rows.append(())
    return [row for row in rows if row]


def detail_inline(kind: DetailedKind, *classes: str) -> type[DetailInline]:
    """Return the inline of a kind; `classes` are CSS classes of its fieldset."""
    form = type(f"{kind.model.__name__}Form", (DetailForm,), {"fields_of_constraints": kind.column_of_constraint})
    attributes = {
        "model": kind.model,
        "form": form,
        "verbose_name": kind.form_title,
        "fields": form_rows(kind),
        "classes": classes,
    }
    return type(f"{kind.model.__name__}Inline", (DetailInline,), attributes)


OPEN_INLINES = {name: detail_inline(kind) for name, kind in DETAILED.items()}
COLLAPSED_INLINES = {name: detail_inline(kind, "collapse") for name, kind in DETAILED.items()}
