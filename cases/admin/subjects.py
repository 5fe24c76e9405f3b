"""The five kinds of subjects: what they are called, where they stand, and what is claimed of them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.documents.build import Item
from cases.models import Actor, Case, Collaboration, Place, Revision, Subject, System

from .base import FoundByName
from .forms import WithTopics
from .inlines import AliasInline, IdentifierInline, UnknownInline
from .item import ItemAdmin
from .reasons import change_url
from .state import StateFilter, state_of, with_state


class SubjectForm(WithTopics):
    fields_of_constraints = {"subject_slug_once": "slug", "place_code_once": "code", "subject_has_titles": "title_en"}


class PlaceForm(SubjectForm):
    def clean_parent(self) -> Place | None:
        parent: Place | None = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise ValidationError(_("A place does not lie in itself."))
            above = above.parent
        return parent


class OneKindAdmin(ItemAdmin):
    """Everything that the five kinds share."""

    form = SubjectForm
    own_fields: tuple[str, ...] = ()
    list_display = ["__str__", "slug", "state"]
    list_filter = [StateFilter]
    search_fields = ["title_id", "title_en", "slug", "aliases__name"]
    ordering = ["title_id"]
    autocomplete_fields = ["places"]
    inlines = [AliasInline, IdentifierInline, UnknownInline]
    change_form_template = "admin/desk/subject_change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return [
            (None, {"fields": ["title_id", "title_en", "slug", *self.own_fields]}),
            (gettext_lazy("Where, and about what"), {"fields": ["places", "topics"]}),
        ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["title_id"]}

    def change_context(self, request: HttpRequest, subject: Item) -> dict[str, object]:
        context = super().change_context(request, subject)
        if isinstance(subject, Subject):
            context["claims"] = subject.claims.prefetch_related("unknowns").order_by("position", "key")
            context["conflicts"] = subject.conflicts.select_related("claim")
            context["responses"] = subject.responses.select_related("who")
        return context


@admin.register(Case)
class CaseAdmin(OneKindAdmin):
    """Something that went wrong, or is said to have."""


@admin.register(Collaboration)
class CollaborationAdmin(OneKindAdmin):
    """A public body working with partners."""


@admin.register(Actor)
class ActorAdmin(OneKindAdmin):
    own_fields = ("actor_kind",)
    list_display = ["__str__", "actor_kind", "slug", "state"]
    list_filter = [StateFilter, "actor_kind"]


@admin.register(System)
class SystemAdmin(OneKindAdmin):
    own_fields = ("system_kind",)
    list_display = ["__str__", "system_kind", "slug", "state"]
    list_filter = [StateFilter, "system_kind"]


@admin.register(Place)
class PlaceAdmin(OneKindAdmin):
    form = PlaceForm
    own_fields = ("place_kind", "parent", "code", "iso")
    list_display = ["__str__", "place_kind", "code", "slug", "state"]
    list_filter = [StateFilter, "place_kind"]
    autocomplete_fields = ["places", "parent"]


@admin.register(Subject)
class SubjectAdmin(FoundByName):
    """All kinds in one list, to search and to choose from. They are edited as what they are."""

    actions = None
    list_display = ["__str__", "kind", "slug", "state"]
    list_filter = [StateFilter, "kind"]
    search_fields = ["title_id", "title_en", "slug", "aliases__name"]
    ordering = ["title_id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subject]:
        return with_state(super().get_queryset(request), "subject")

    @admin.display(description=gettext_lazy("state"))
    def state(self, subject: Subject) -> str:
        return state_of(subject)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        subject = self.get_object(request, object_id)
        if subject is None or not self.has_view_permission(request, subject):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(change_url(subject))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Subject | None = None) -> bool:
        """Allow what the admin of its kind allows: a subject goes with its kind's own row."""
        return (
            obj is not None
            and not Revision.objects.filter(object_id=obj.pk).exists()
            and request.user.has_perm(f"cases.delete_{obj.kind}")
        )
