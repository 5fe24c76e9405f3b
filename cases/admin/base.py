"""Bases of the desk's admins: rows that come from elsewhere, and rows of which every save leaves a Draft."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, IntegerField, Model, QuerySet, When
from django.http import HttpRequest, HttpResponse

from cases.documents.build import Item
from cases.dossiers import drafts
from cases.models import Subject
from cases.vocabularies import SubjectKind
from sources.generics import FormSet, ModelAdmin, ModelForm

from . import desk_names
from .safe_editing import SafeEditing


def without_shortcuts(field: Any) -> Any:
    """Beside a chosen row: look at it or add another, but do not change or delete it in passing."""
    if field is not None and hasattr(field.widget, "can_delete_related"):
        field.widget.can_delete_related = field.widget.can_change_related = False
    return field


class NothingAdded(SafeEditing):
    """Rows that come from elsewhere."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class FoundByName(ModelAdmin):
    """Rows that fields offer by their names, also misspelt, in part and in another order: the best first."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        match = request.resolver_match
        offers = search_term.strip() and match and match.url_name == "autocomplete"
        kinds = SubjectKind.values if self.model is Subject else [getattr(self.model, "KIND", "source")]
        keys = desk_names.best(search_term, kinds) if offers else None
        if keys is None:
            return super().get_search_results(request, queryset, search_term)
        places = [When(pk=key, then=place) for place, key in enumerate(keys)]
        found = queryset.filter(pk__in=keys)
        return (found.order_by(Case(*places, output_field=IntegerField())) if places else found), False


class DraftingAdmin(SafeEditing):
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
