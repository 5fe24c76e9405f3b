"""The form that asks for an address: one field, and one that only a program fills in."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class AddressField(forms.EmailField):
    """An address in small letters, its domain as mail servers write it (`xn--…`): one mailbox is one text."""

    def to_python(self, value: str | None) -> str:
        text = super().to_python(value) or ""
        local, at, domain = text.rpartition("@")
        try:
            return (local + at + domain.encode("idna").decode()).lower()
        except UnicodeError as no_domain:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from no_domain


class FollowForm(forms.Form):
    """Where changes are mailed to. `website` is hidden from people: what fills it in is a program."""

    use_required_attribute = False  # our own words say what is missing, at the field

    address = AddressField(
        label=_("Your e-mail address"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is not an e-mail address like nama@contoh.id."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    of = forms.CharField(widget=forms.HiddenInput, max_length=1000)

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        notes = ["address-help"]
        if self.is_bound and "address" in self.errors:
            notes.append("address-error")
            self.fields["address"].widget.attrs["aria-invalid"] = "true"
        self.fields["address"].widget.attrs["aria-describedby"] = " ".join(notes)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field must be empty: it is there to catch programs that fill in everything."))
        return ""
