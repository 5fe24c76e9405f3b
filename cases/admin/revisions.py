"""The ledger, to be read."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.documents.types import Document, parse_document
from cases.models import Revision

from .base import NothingAdded


@admin.register(Revision)
class RevisionAdmin(NothingAdded):
    """The ledger as readers get it. Nothing here can be changed, by anyone."""

    list_display = ["seq", "recorded_at", "action", "kind", "title", "version", "reason"]
    list_filter = ["action", "kind"]
    list_per_page = 50
    fields = ["seq", "recorded_at", "action", "kind", "title", "version", "reason", "commitment", "cause", "page"]
    readonly_fields = ["title", "reason", "page"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).select_related("body")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def document(self, revision: Revision) -> Document | None:
        """Return the document that the act wrote; None of one whose text was erased."""
        body = getattr(revision, "body", None)
        return parse_document(body.document) if body else None

    @admin.display(description=_("title"))
    def title(self, revision: Revision) -> str:
        document = self.document(revision)
        return document.titles.choose(get_language() or "") if document else "–"

    @admin.display(description=_("public reason"))
    def reason(self, revision: Revision) -> str:
        document = self.document(revision)
        return document.version.reason.choose(get_language() or "") if document else "–"

    @admin.display(description=_("page"))
    def page(self, revision: Revision) -> str:
        document = self.document(revision)
        return format_html('<a href="{0}">{0}</a>', document.path) if document else "–"
