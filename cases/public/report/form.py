"""The form of a report: what it asks, and what it says when something is missing."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http.request import QueryDict, validate_host
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Submission
from cases.public.language_urls import local, without_language
from sources.intake.attachments import MAX_MEGABYTES, check_attachment, keep_attachment, remove_attachment
from sources.intake.extracted import IntakeError

from .page_about import page_about

ATTACHMENT_ENDINGS = ".pdf,.docx,.jpg,.jpeg,.png,.txt"


def page_path(text: str) -> str:
    """Return the path, without host and language, of a page of this site. Raises ValueError."""
    text = text.strip()
    parts = urlsplit(text)
    if text.startswith("//") or (parts.netloc and not validate_host(parts.hostname or "", settings.ALLOWED_HOSTS)):
        raise ValueError(text)
    path = without_language(parts.path or "/")
    if path == "/en":
        path = "/"
    if not path.startswith("/") or path.startswith(("/admin/", "/api/v1/", "/report/")):
        raise ValueError(text)
    try:
        resolve(local(path))
    except Resolver404 as nowhere:
        raise ValueError(text) from nowhere
    return path


def answer_day(kind: str) -> date | None:
    """Return the day, in Jakarta, by which we answer what is sent today; None where we have promised none."""
    days = {
        Submission.Kind.RESPONSE: settings.CASEDB_REPLY_DAYS,
        Submission.Kind.MISTAKE: settings.CASEDB_CORRECTION_DAYS,
    }.get(Submission.Kind(kind))
    return None if days is None else timezone.localdate() + timedelta(days)


if TYPE_CHECKING:
    Files = MultiValueDict[str, UploadedFile[bytes]]
    SubmissionModelForm = forms.ModelForm[Submission]
else:
    SubmissionModelForm = forms.ModelForm


class ReportForm(SubmissionModelForm):
    """A Submission. `website` is hidden from people: what fills it in is a program. `who`: by or for whom, by slug."""

    use_required_attribute = False  # our own words say what is missing, at the field

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    file = forms.FileField(
        label=_("A file"),
        required=False,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ATTACHMENT_ENDINGS}),
    )
    field_order = ["kind", "path", "statement", "file", "source_url", "contact", "website", "who"]

    class Meta:
        model = Submission
        fields = ["kind", "path", "statement", "source_url", "contact", "who"]
        labels = {
            "kind": _("What is it?"),
            "path": _("Which page is it about?"),
            "statement": _("What is wrong, or what do you want to say?"),
            "source_url": _("Where can we read it?"),
            "contact": _("How can we reach you?"),
        }
        help_texts = {
            "path": _("Its address. Leave it empty if it is about no page in particular."),
            "statement": _("Up to 5,000 characters. This or a source is needed."),
            "source_url": _("An address that starts with https:// or http://. This or a statement is needed."),
            "contact": _(
                "Only if you want an answer, or want us to be able to ask. Nobody but the curators sees it, "
                "and it is erased with the rest."
            ),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "statement": forms.Textarea(attrs={"rows": 8}),
            "source_url": forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
            "contact": forms.TextInput(attrs={"autocomplete": "email"}),
            "who": forms.HiddenInput,
        }

    def __init__(
        self, data: QueryDict | None = None, files: "Files | None" = None, *, initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.fields["file"].help_text = gettext(
            "Not needed. One PDF, Word file (DOCX), JPEG, PNG or plain text of at most %s MB. Nobody but the curators "
            "sees it, and it is erased with the rest."
        ) % (MAX_MEGABYTES,)
        kind, path = self.fields["kind"], self.fields["path"]
        kind.choices = [  # type: ignore[attr-defined]
            (Submission.Kind.MISTAKE, _("A mistake in the record")),
            (Submission.Kind.RESPONSE, _("A response: I am, or I speak for, someone whom the record names")),
            (Submission.Kind.PRIVACY, _("Something private about a person")),
            (Submission.Kind.TAKE_DOWN, _("Something that must be taken down, by law or by a court’s order")),
        ]
        path.required = False
        for name, field in self.fields.items():
            notes = [f"{name}-help"] if field.help_text else []
            if self.is_bound and name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"
                notes.append(f"{name}-error")
            if notes:
                field.widget.attrs["aria-describedby"] = " ".join(notes)

    def clean_path(self) -> str:
        given = self.cleaned_data["path"]
        try:
            return page_path(given) if given else "/"
        except ValueError as nowhere:
            raise ValidationError(_("This is not the address of a page of this site.")) from nowhere

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field must be empty: it is there to catch programs that fill in everything."))
        return ""

    def clean_file(self) -> "UploadedFile[bytes] | None":
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload is not None:
            try:
                self.file_name = check_attachment(upload)
            except IntakeError as refused:
                allowed = _("We take PDF, Word (DOCX), JPEG, PNG and plain text.")
                raise ValidationError(f"{refused} {allowed}") from refused
        return upload

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        self._clean_who(given)
        fields = ("statement", "source_url")
        if not any(given.get(name) for name in fields) and not any(name in self.errors for name in fields):
            self.add_error("statement", _("Say what it is about, or give a source below."))
        return given

    def _clean_who(self, given: dict[str, object]) -> None:
        """Refuse somebody whom the page does not name; drop who it is of what is no response, or about no page."""
        who, path = str(given.get("who") or ""), str(given.get("path") or "")
        if given.get("kind") != Submission.Kind.RESPONSE or path == "/":
            given["who"] = ""
        elif who and path and who not in page_about(path).people:
            nobody = _("This page names nobody called “%s”. Empty this field to send it about no page in particular.")
            self.add_error("path", nobody % who)

    def file_it(self) -> Submission:
        """Store what was sent, with its number, the day by which we answer, and its file."""
        sent = self.save(commit=False)
        sent.number = Submission.objects.free_number()
        sent.answer_by = answer_day(sent.kind)
        if upload := self.cleaned_data["file"]:
            kept = keep_attachment(upload, self.file_name)
            sent.file, sent.file_name, sent.file_size = kept.file, kept.name, kept.size
        try:
            sent.save()
        except Exception:
            remove_attachment(sent.file)
            raise
        return sent
