"""The form of a report: what it asks, and what it says when something is missing."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http.request import QueryDict, validate_host
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from cases.models import Submission
from cases.public.language_urls import local, without_language


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


if TYPE_CHECKING:
    SubmissionModelForm = forms.ModelForm[Submission]
else:
    SubmissionModelForm = forms.ModelForm


class ReportForm(SubmissionModelForm):
    """A Submission. `website` is hidden from people: what fills it in is a program."""

    use_required_attribute = False  # our own words say what is missing, at the field

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = Submission
        fields = ["kind", "path", "statement", "source_url", "contact"]
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
        }

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
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

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        fields = ("statement", "source_url")
        if not any(given.get(name) for name in fields) and not any(name in self.errors for name in fields):
            self.add_error("statement", _("Say what it is about, or give a source below."))
        return given
