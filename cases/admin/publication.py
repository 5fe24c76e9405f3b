"""Two people publish: one submits a set, another reads what would change and publishes or returns it."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.models import PublicationRequest

from .deciding import Deciding
from .submitting import Submitting


@admin.register(PublicationRequest)
class PublicationRequestAdmin(Submitting, Deciding):
    list_display = ["reason", "members", "state", "by", "at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["by", "decided_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).prefetch_related("items__subject", "items__source")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("set"))
    def members(self, held: PublicationRequest) -> str:
        return ", ".join(str(row.item) for row in held.items.all())
