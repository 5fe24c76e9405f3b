"""Bases of the desk's admins: rows that come from elsewhere, and rows of which every save leaves a Draft."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from cases.documents.build import Item
from cases.dossiers import drafts
from sources.generics import FormSet, ModelAdmin, ModelForm


def without_shortcuts(field: Any) -> Any:
    """Beside a chosen row: look at it or add another, but do not change or delete it in passing."""
    if field is not None and hasattr(field.widget, "can_delete_related"):
        field.widget.can_delete_related = field.widget.can_change_related = False
    return field


class NothingAdded(ModelAdmin):
    """Rows that come from elsewhere."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class DraftingAdmin(ModelAdmin):
    """Base of the desk's admins. Nothing is deleted in bulk, and what a save touched is noted once, at its end."""

    actions = None

    def items_of(self, obj: Any) -> Iterable[Item]:
        """Return the subjects and sources whose dossiers hold `obj`."""
        raise NotImplementedError

    def change_context(self, request: HttpRequest, obj: Any) -> dict[str, object]:
        """Return what the change page of a row shows beside its form."""
        return {}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, object],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        if obj is not None:
            context |= self.change_context(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return without_shortcuts(super().formfield_for_dbfield(db_field, request, **kwargs))

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Iterable[FormSet], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.note(request, self.items_of(form.instance))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        others = [item for item in self.items_of(obj) if item.pk != obj.pk]
        super().delete_model(request, obj)
        self.note(request, others)

    def note(self, request: HttpRequest, items: Iterable[Item]) -> None:
        if isinstance(request.user, User):
            for item in items:
                drafts.note(item, by=request.user)
