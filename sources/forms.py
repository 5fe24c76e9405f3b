"""Forms that read a text exactly as it is, and hide names in it. Nothing typed is lost when they refuse."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import ProhibitNullCharactersValidator as NoNulValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from . import quotes
from .captures import WrongTextError, text_of
from .characters import character_fault, validator
from .generics import InlineFormSet, ModelForm
from .models import Capture, PrivateSpan

MAX_UPLOAD_BYTES = 5 * 1024 * 1024
if TYPE_CHECKING:
    Files = MultiValueDict[str, UploadedFile[bytes]]


class Verbatim(forms.Textarea):
    """A box for words as they stand. Browsers send line ends as CR LF; the words have LF."""

    def value_from_datadict(self, data: Mapping[str, object], files: "Files", name: str) -> object:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


def as_in(text: str, words: str) -> str:
    """Return typed words with the line ends of the text that they were copied from."""
    return words.replace("\n", "\r\n") if "\r\n" in text else words


class OfParent(InlineFormSet):
    """Gives each form the row that it belongs to, which may not be saved yet."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "parent": self.instance}


class SeenCharacters(forms.BaseForm):
    """Asks of every text that every character in it is seen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField):  # instead of Django's own check, which names no character
                field.validators = [each for each in field.validators if not isinstance(each, NoNulValidator)]
                field.validators.append(validator(name, str(field.label or name)))


class SeenForm(SeenCharacters, ModelForm):
    """The rows of a model."""


class ChildForm(SeenForm):
    def __init__(self, *args: Any, parent: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent = parent


class InBothLanguages(SeenForm):
    """Refuses a text that has a field in Indonesian and one in English, and stands in one of them only."""

    # Texts that may wait for the other language, by their name without it
    one_is_enough: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        for text in [name.removesuffix("_id") for name in self.fields if name.endswith("_id")]:
            missing = [name for name in (f"{text}_id", f"{text}_en") if not cleaned.get(name)]
            may_miss = text in self.one_is_enough or f"{text}_en" not in self.fields
            if len(missing) == 1 and missing[0] not in self.errors and not may_miss:
                self.add_error(missing[0], _("Say it in both languages, or in neither."))
        return cleaned


def decoded(upload: "UploadedFile[bytes]") -> str:
    """Return the text of an uploaded file. Raises ValidationError with the file's name and what is wrong with it."""
    name, size = upload.name or "", upload.size or 0
    if size > MAX_UPLOAD_BYTES:
        raise ValidationError(_("“%(name)s” has more than 5 MB."), params={"name": name})
    data = upload.read()
    try:
        text: str = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("“%(name)s” is not UTF-8 text: the byte at %(at)s cannot be read."),
            params={"name": name, "at": error.start},
        ) from error
    if fault := character_fault(text, "text", name):
        raise ValidationError(fault)
    if not text:
        raise ValidationError(_("“%(name)s” is empty."), params={"name": name})
    return text


class SpansForm(InBothLanguages):
    """Hides a name wherever it stands in a copy. The name is read, used and forgotten."""

    private_name = forms.CharField(
        label=_("Name to hide"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text=_("Every place where it stands becomes a private span. The name itself is not kept."),
    )
    private_places: list[quotes.Span] = []

    class Meta:
        model = Capture
        fields: list[str] = []

    def full_text(self) -> str | None:
        try:
            return text_of(self.instance)
        except WrongTextError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if name := cleaned.get("private_name"):
            text = self.full_text()
            self.private_places = quotes.occurrences(text, name) if text else []
            if text is None:
                self.add_error("private_name", _("The text is not at hand: give the offsets below instead."))
            elif not self.private_places:
                self.add_error("private_name", _("This name does not stand in the text."))
        return cleaned


class CaptureForm(SpansForm):
    """A new copy: a file, pasted words, or the fingerprint of a text that is not at hand."""

    text = forms.CharField(
        label=_("Pasted text"), required=False, strip=False, widget=Verbatim(attrs={"rows": 10, "cols": 100})
    )
    upload = forms.FileField(label=_("Text file"), required=False, help_text=_("Plain text in UTF-8, at most 5 MB."))
    keep = forms.BooleanField(
        label=_("Keep the text here"),
        required=False,
        initial=True,
        help_text=_("Without this only its SHA-256 and length are kept, for texts that may not be stored."),
    )

    class Meta:
        model = Capture
        fields = [
            "source",
            "text",
            "text_sha256",
            "text_length",
            "extent_id",
            "extent_en",
            "file_name",
            "media_type",
            "captured_at",
            "archive_url",
        ]

    def clean_upload(self) -> str:
        upload = self.cleaned_data.get("upload")
        self._upload_name = str(upload.name)[:200] if upload else ""
        return decoded(upload) if upload else ""

    def clean(self) -> dict[str, object]:
        cleaned = self.cleaned_data
        uploaded, pasted = cleaned.get("upload"), cleaned.get("text")
        if uploaded and pasted:
            self.add_error("upload", _("Give a file or pasted text, not both."))
        text = self._text = uploaded or pasted or ""
        typed_sha, typed_length = cleaned.get("text_sha256"), cleaned.get("text_length")
        if text:
            cleaned["text_sha256"] = hashlib.sha256(text.encode()).hexdigest()
            cleaned["text_length"] = len(text)
            if typed_sha and typed_sha != cleaned["text_sha256"]:
                self.add_error("text_sha256", _("The text has another SHA-256: %s.") % cleaned["text_sha256"])
            if typed_length and typed_length != len(text):
                self.add_error("text_length", _("The text has %s characters.") % len(text))
        elif not (typed_sha and typed_length) and not self.errors:
            self.add_error("text", _("Give the text, or its SHA-256 and its length when it may not be kept."))
        cleaned["text_length"] = cleaned.get("text_length") or 0
        cleaned["text"] = text if cleaned.get("keep") else ""
        if uploaded and not cleaned.get("file_name"):
            cleaned["file_name"] = self._upload_name
        return super().clean()

    def full_text(self) -> str | None:
        return self._text or None


class PrivateSpanForm(ChildForm):
    """A span given by offsets; it must lie inside the text."""

    class Meta:
        model = PrivateSpan
        fields = ["start", "end"]

    def clean_end(self) -> int:
        end: int = self.cleaned_data["end"]
        length = self.parent.text_length
        if length and end > length:
            raise ValidationError(_("The text has only %s characters.") % length)
        return end
