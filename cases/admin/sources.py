"""Sources, copies and excerpts at the desk: the forms of `sources.admin`, with history and publication."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

import sources.admin
from cases.documents.build import Item
from cases.dossiers.drafts import items_citing
from cases.models import Claim
from sources.models import Capture, Excerpt, Source

from .base import DraftingAdmin
from .forms import DeskForm
from .item import ItemAdmin
from .state import StateFilter


class SourceForm(DeskForm):
    fields_of_constraints = {"source_has_one_title": "title_given_id", "source_kind_is_known": "source_kind"}

    def clean_known_through(self) -> QuerySet[Source]:
        """No chain of tellers may lead back to the work itself: nobody would hold a copy of anything."""
        tellers: QuerySet[Source] = self.cleaned_data["known_through"]
        seen: set[UUID] = set()
        ahead = {teller.pk for teller in tellers}
        while ahead:
            if self.instance.pk in ahead:
                raise ValidationError(_("A work is not known through itself."))
            seen |= ahead
            ahead = set(Source.objects.filter(tells_of__in=ahead).values_list("pk", flat=True)) - seen
        return tellers


@admin.register(Source)
class DeskSourceAdmin(ItemAdmin, sources.admin.SourceAdmin):
    form = SourceForm
    list_display = ["display_title", "source_kind", "published", "slug", "state"]
    list_filter = [StateFilter, "source_kind"]
    change_form_template = "admin/desk/source_change_form.html"


@admin.register(Capture)
class DeskCaptureAdmin(DraftingAdmin, sources.admin.CaptureAdmin):
    def items_of(self, obj: Capture) -> Iterable[Item]:
        yield obj.source


@admin.register(Excerpt)
class DeskExcerptAdmin(DraftingAdmin, sources.admin.ExcerptAdmin):
    change_form_template = "admin/desk/excerpt_change_form.html"

    def items_of(self, obj: Excerpt) -> Iterable[Item]:
        return items_citing(obj)

    def is_cited(self, excerpt: Excerpt) -> bool:
        return any(items_citing(excerpt))

    def change_context(self, request: HttpRequest, obj: Excerpt) -> dict[str, object]:
        return {"claims": Claim.objects.filter(citations__excerpt=obj).select_related("subject")}
