"""Forms of a set to be published: its members, the public reason, and the answer of the one who reads it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from cases.documents.build import Item
from cases.models import PublicationItem, PublicationRequest, Subject
from cases.publication.acts import Act
from cases.vocabularies import Action, WithdrawalReason
from sources.forms import SeenCharacters, SeenForm
from sources.generics import FormSet
from sources.json_fields import LanguageMap
from sources.models import Source

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

ACTS = [
    (Action.PUBLISH, _("publish, or correct what is public")),
    (Action.WITHDRAW, _("withdraw")),
    (Action.REINSTATE, _("reinstate")),
    (Action.MERGE, _("make part of another")),
]


def name_of(item: Item) -> str:
    """How a form names a subject or source: `case:<id>`."""
    return f"{item.kind}:{item.pk}"


def item_named(name: str) -> Item:
    """Return the item of `kind:id`. Raises LookupError when there is no such subject or source."""
    kind, _colon, key = name.partition(":")
    try:
        return Source.objects.get(pk=key) if kind == "source" else Subject.objects.get(pk=key, kind=kind)
    except (ObjectDoesNotExist, ValidationError):
        raise LookupError(name) from None


def item_field(label: "StrOrPromise", model: type[Model], name: str) -> "forms.ModelChoiceField[Model]":
    """Return an optional field to choose a row, as PublicationItem has it under `name`."""
    widget = AutocompleteSelect(PublicationItem._meta.get_field(name), admin.site)
    return forms.ModelChoiceField(model._default_manager.all(), label=label, required=False, widget=widget)


class MemberForm(forms.Form):
    """One member of the set and what is to happen to it."""

    item = forms.CharField(widget=forms.HiddenInput)
    action = forms.ChoiceField(label=_("act"), choices=ACTS, initial=Action.PUBLISH)
    reason_code = forms.ChoiceField(
        label=_("reason of a withdrawal"), required=False, choices=[("", "---------"), *WithdrawalReason.choices]
    )
    into = item_field(_("becomes part of"), Subject, "into")

    def clean_item(self) -> Item:
        try:
            return item_named(self.cleaned_data["item"])
        except LookupError:
            raise ValidationError(_("There is no such subject or source any more.")) from None

    def act(self) -> Act:
        given = self.cleaned_data
        code = given["reason_code"] if given["action"] == Action.WITHDRAW else ""
        return Act(given["item"], given["action"], code, given["into"] if given["action"] == Action.MERGE else None)

    @property
    def merges(self) -> bool:
        """Whether the row needs a survivor."""
        return str(self["action"].value()) == Action.MERGE

    @property
    def member(self) -> Item | None:
        """What the row is about, for its label, whether or not the row is valid."""
        try:
            return item_named(str(self["item"].value()))
        except LookupError:
            return None


class BaseMembers(FormSet):
    def clean(self) -> None:
        items = [form.cleaned_data["item"].pk for form in self.kept_forms()]
        if len(set(items)) < len(items):
            raise ValidationError(_("The same member stands in the set twice."))

    def kept_forms(self) -> list[MemberForm]:
        return [form for form in self.forms if form.cleaned_data.get("item") and not form.cleaned_data.get("DELETE")]

    def acts(self) -> list[Act]:
        return [form.act() for form in self.kept_forms()]


MemberFormSet: Any = forms.formset_factory(
    MemberForm, formset=BaseMembers, extra=0, can_delete=True, max_num=200, absolute_max=200, validate_max=True
)


def members_of(acts: list[Act]) -> Any:
    """Return the unbound formset of some acts."""
    initial = [
        {"item": name_of(act.item), "action": act.action, "reason_code": act.reason_code, "into": act.into}
        for act in acts
    ]
    return MemberFormSet(initial=initial, prefix="members")


class ReasonForm(SeenForm):
    """The public reason, and one more member to add."""

    subject = item_field(_("Add a subject"), Subject, "subject")
    source = item_field(_("Add a source"), Source, "source")

    class Meta:
        model = PublicationRequest
        fields = ["reason_id", "reason_en"]
        widgets = dict.fromkeys(fields, forms.Textarea(attrs={"rows": 2, "cols": 100}))
        help_texts = {"reason_en": _("The same in English.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:  # said with all other reasons why the set cannot go out
            self.fields[name].required = False

    @property
    def reason(self) -> LanguageMap:
        """Return what stands in the form, valid or not."""
        return LanguageMap(id=str(self["reason_id"].value() or ""), en=str(self["reason_en"].value() or ""))

    def unbound(self) -> "ReasonForm":
        """Return the form anew with the same reason, and nothing more to add."""
        return ReasonForm(initial={"reason_id": self.reason.id, "reason_en": self.reason.en})

    def added_items(self) -> list[Item]:
        return [item for item in (self.cleaned_data.get("subject"), self.cleaned_data.get("source")) if item]


class AnswerForm(SeenCharacters, forms.Form):
    """What the reviewer tells the one who submitted."""

    answer = forms.CharField(
        label=_("Answer to the submitter"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=_("Needed when you return it: what is to be changed?"),
    )
