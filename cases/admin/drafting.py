"""Every save at the desk leaves one Draft of the subject or source that it touched, and its history shows them."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.forms import BaseModelFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cases.documents.build import Item
from cases.dossiers import drafts
from cases.models import Draft


def without_shortcuts(field: Any) -> Any:
    """Beside a chosen row: look at it or add another, but do not change or delete it in passing."""
    if field is not None and hasattr(field.widget, "can_delete_related"):
        field.widget.can_delete_related = field.widget.can_change_related = False
    return field


class DraftingAdmin(admin.ModelAdmin):
    """Base of the desk's admins. Nothing is deleted in bulk, and what a save touched is noted once, at its end."""

    actions = None

    def touched(self, obj: Any) -> Iterable[Item]:
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

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: Iterable[BaseModelFormSet], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        self.note(request, self.touched(form.instance))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        others = [item for item in self.touched(obj) if item.pk != obj.pk]
        super().delete_model(request, obj)
        self.note(request, others)

    def note(self, request: HttpRequest, items: Iterable[Item]) -> None:
        if isinstance(request.user, User):
            for item in items:
                drafts.note(item, by=request.user)


class HistoryOfDrafts(DraftingAdmin):
    """For subjects and sources themselves: *History* shows who changed what in the dossier."""

    per_page = 20

    def touched(self, obj: Any) -> Iterable[Item]:
        yield obj

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        page = Paginator(Draft.objects.filter(object_id=obj.pk).select_related("by"), self.per_page).get_page(
            request.GET.get("p")
        )
        return TemplateResponse(
            request,
            "admin/desk/drafts.html",
            {
                **self.admin_site.each_context(request),
                "title": _("History: %s") % obj,
                "opts": self.opts,
                "original": obj,
                "page": page,
                "steps": drafts.steps(list(page.object_list)),
            },
        )
