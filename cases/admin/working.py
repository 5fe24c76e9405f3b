"""What readers sent, to be answered; and the ledger, to be read."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cases.documents.canonical import Document
from cases.documents.types import parse_document
from cases.models import Actor, Case, Claim, Collaboration, Place, Revision, Submission, System
from cases.record.lookup import is_uuid
from sources.models import Source

# The working copy behind the first part of a public path
MODELS: dict[str, Any] = {
    "cases": Case,
    "collaborations": Collaboration,
    "actors": Actor,
    "systems": System,
    "places": Place,
    "sources": Source,
    "claims": Claim,
}


class NothingAdded(admin.ModelAdmin):
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SubmissionForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("state") == Submission.State.DECLINED and not given.get("answer"):
            self.add_error("answer", _("Say why it is declined: the sender reads it."))
        return given


@admin.register(Submission)
class SubmissionAdmin(NothingAdded):
    """What readers sent, and what became of it. Their words cannot be changed here."""

    form = SubmissionForm
    list_display = ["at", "kind", "path", "state"]
    list_display_links = ["at", "path"]
    list_filter = ["state", "kind"]
    search_fields = ["=reference", "path"]
    readonly_fields = [
        "kind",
        "about",
        "statement",
        "source_url",
        "contact",
        "at",
        "reference",
        "decided_at",
        "erased_at",
    ]
    fields = ["state", "answer", "note", *readonly_fields]

    @admin.display(description=_("page"))
    def about(self, sent: Submission) -> str:
        return format_html('<a href="{0}">{0}</a>{1}', sent.path, self._at_the_desk(sent.path))

    def _at_the_desk(self, path: str) -> str:
        """Return a link to the working copy of the subject, source or claim, empty where there is none."""
        parts = path.strip("/").split("/")
        if len(parts) < 2:
            return ""
        model, key = MODELS.get(parts[0]), "id" if parts[0] == "claims" else "slug"
        if model is None or (key == "id" and not is_uuid(parts[1])):
            return ""
        row = model.objects.filter(**{key: parts[1]}).first()
        if row is None:
            return ""
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
        return format_html(' · <a href="{}">{}</a>', address, _("Working copy"))

    def save_model(self, request: HttpRequest, obj: Submission, form: Any, change: bool) -> None:
        if obj.state not in Submission.DECIDED:
            obj.decided_at = None
        elif obj.decided_at is None or "state" in form.changed_data:
            obj.decided_at = timezone.now()
        super().save_model(request, obj, form, change)


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
        return parse_document(body.document) if body else {}

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
