"""What readers sent, to be answered."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cases.models import Actor, Case, Claim, Collaboration, Place, Subject, Submission, System
from cases.record.lookup import is_uuid
from sources.forms import SeenForm
from sources.generics import ModelForm
from sources.models import Source

from .base import NothingAdded

# The working copy behind the first part of a public path
REPORTED_MODELS: dict[str, type[Subject] | type[Source] | type[Claim]] = {
    "cases": Case,
    "collaborations": Collaboration,
    "actors": Actor,
    "systems": System,
    "places": Place,
    "sources": Source,
    "claims": Claim,
}


class SubmissionForm(SeenForm):
    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean() or {}
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
        model, key = REPORTED_MODELS.get(parts[0]), "id" if parts[0] == "claims" else "slug"
        if model is None or (key == "id" and not is_uuid(parts[1])):
            return ""
        row = model._default_manager.filter(**{key: parts[1]}).first()
        if row is None:
            return ""
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
        return format_html(' · <a href="{}">{}</a>', address, _("Working copy"))

    def save_model(self, request: HttpRequest, obj: Submission, form: ModelForm, change: bool) -> None:
        if obj.state not in Submission.DECIDED:
            obj.decided_at = None
        elif obj.decided_at is None or "state" in form.changed_data:
            obj.decided_at = timezone.now()
        super().save_model(request, obj, form, change)
