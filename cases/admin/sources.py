"""Sources, copies and excerpts at the desk: the forms of `sources.admin`, with history and publication."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

import sources.admin
from cases.documents.build import Item
from cases.dossiers.drafts import subjects_citing
from cases.models import Claim
from sources.models import Capture, Excerpt, Source

from .drafting import DraftingAdmin
from .forms import DeskForm
from .item import ItemAdmin
from .state import StateFilter


class SourceForm(DeskForm):
    fields_of_constraints = {"source_has_one_title": "title_given", "source_kind_is_known": "source_kind"}

    def clean_known_through(self) -> Any:
        """No chain of tellers may lead back to the work itself: nobody would hold a copy of anything."""
        tellers = self.cleaned_data["known_through"]
        seen, found = set(), {teller.pk for teller in tellers}
        while found:
            if self.instance.pk in found:
                raise ValidationError(_("A work is not known through itself."))
            seen |= found
            found = set(Source.objects.filter(tells_of__in=found).values_list("pk", flat=True)) - seen
        return tellers


@admin.register(Source)
class SourceAdmin(ItemAdmin, sources.admin.SourceAdmin):
    form = SourceForm
    list_display = ["display_title", "source_kind", "published", "slug", "state"]
    list_filter = [StateFilter, "source_kind"]
    change_form_template = "admin/desk/source_change_form.html"


@admin.register(Capture)
class CaptureAdmin(DraftingAdmin, sources.admin.CaptureAdmin):
    def touched(self, obj: Any) -> Iterable[Item]:
        yield obj.source


@admin.register(Excerpt)
class ExcerptAdmin(DraftingAdmin, sources.admin.ExcerptAdmin):
    change_form_template = "admin/desk/excerpt_change_form.html"

    def touched(self, obj: Any) -> Iterable[Item]:
        return subjects_citing(obj)

    def is_cited(self, excerpt: Excerpt) -> bool:
        return any(subjects_citing(excerpt))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None:
            context["claims"] = Claim.objects.filter(citations__excerpt=obj).select_related("subject")
        return super().render_change_form(request, context, *args, **kwargs)
