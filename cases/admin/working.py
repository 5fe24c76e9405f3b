"""What readers sent, and the ledger: both to be read, and only the state of a submission to be set."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cases.models import Revision, Submission
from cases.publication.canonical import Document, loads


class NothingAdded(admin.ModelAdmin):
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Submission)
class SubmissionAdmin(NothingAdded):
    list_display = ["at", "kind", "path", "state"]
    list_display_links = ["at", "path"]
    list_filter = ["state", "kind"]
    fields = ["state", "kind", "path", "statement", "source_url", "contact", "at", "reference"]
    readonly_fields = ["kind", "path", "statement", "source_url", "contact", "at", "reference"]


@admin.register(Revision)
class RevisionAdmin(NothingAdded):
    """The ledger as readers get it. Nothing here can be changed, by anyone."""

    list_display = ["seq", "recorded_at", "action", "kind", "title", "version", "reason"]
    list_filter = ["action", "kind"]
    list_per_page = 50
    fields = ["seq", "recorded_at", "action", "kind", "title", "version", "reason", "commitment", "cause", "page"]
    readonly_fields = ["title", "reason", "page"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("body")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def document(self, revision: Revision) -> Document:
        body = getattr(revision, "body", None)
        return loads(body.document) if body else {}

    @admin.display(description=_("title"))
    def title(self, revision: Revision) -> str:
        title = self.document(revision).get("title") or "–"
        return title["id"] if isinstance(title, dict) else title

    @admin.display(description=_("public reason"))
    def reason(self, revision: Revision) -> str:
        return (self.document(revision).get("version") or {}).get("reason") or "–"

    @admin.display(description=_("page"))
    def page(self, revision: Revision) -> str:
        path = self.document(revision).get("path")
        return format_html('<a href="{0}">{0}</a>', path) if path else "–"
