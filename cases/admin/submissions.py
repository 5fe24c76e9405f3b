"""What readers sent, to be answered."""

import re

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cases.models import Actor, Case, Claim, Collaboration, Place, Subject, Submission, System
from cases.record.lookup import is_uuid
from sources.forms import SeenForm
from sources.generics import ModelForm
from sources.intake import files
from sources.intake.views import as_download
from sources.models import Source

from .base import NothingAdded

# A number as somebody reads it from a note: 1234 5678, 1234-5678
SPOKEN_NUMBER = re.compile(r"\s*(\d{4})[ .-]?(\d{4})\s*")
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
    list_display = ["at", "spoken", "kind", "path", "answer_by", "state"]
    list_display_links = ["at", "path"]
    list_filter = ["state", "kind"]
    search_fields = ["=reference", "=number", "path"]
    readonly_fields = [
        "spoken",
        "kind",
        "about",
        "reply_of",
        "statement",
        "attachment",
        "source_url",
        "contact",
        "at",
        "answer_by",
        "reference",
        "decided_at",
        "erased_at",
    ]
    fields = ["state", "answer", "note", *readonly_fields]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:key>/file/", view, name="cases_submission_file"), *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Submission], search_term: str
    ) -> tuple[QuerySet[Submission], bool]:
        spoken = SPOKEN_NUMBER.fullmatch(search_term)
        return super().get_search_results(request, queryset, "".join(spoken.groups()) if spoken else search_term)

    def file_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        sent = Submission.objects.filter(pk=key).first()
        if not self.has_view_permission(request, sent):
            raise PermissionDenied
        if sent is None or not sent.file or not files.path_of(sent.file).is_file():
            raise Http404
        return as_download(sent.file, sent.file_name)

    @admin.display(description=_("number"), ordering="number")
    def spoken(self, sent: Submission) -> str:
        return sent.spoken_number

    @admin.display(description=_("file"))
    def attachment(self, sent: Submission) -> str:
        if not sent.file:
            return "-"
        address = reverse("admin:cases_submission_file", args=[sent.pk])
        return format_html('<a href="{}">{}</a> ({})', address, sent.file_name, filesizeformat(sent.file_size))

    @admin.display(description=_("reply of"))
    def reply_of(self, sent: Submission) -> str:
        if not sent.who:
            return "-"
        return format_html('<a href="/actors/{0}/">{0}</a>{1}', sent.who, self._at_the_desk(f"/actors/{sent.who}/"))

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
