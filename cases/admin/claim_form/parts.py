"""The forms that a claim on selected words is made of: its sentence, its numbers, its parties."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import formset_factory, modelform_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.admin.claims import ClaimForm
from cases.admin.forms import DeskForm, Sentence
from cases.claim_kinds import DETAILED, ClaimKind
from cases.models import Actor, Claim, Place
from cases.vocabularies import ActorKind, Part, Standing, SubjectKind
from sources.excerpt_forms import NewExcerptForm
from sources.forms import SeenCharacters
from sources.models import Source
from sources.numbers import DecimalTextField, numbers_in
from sources.quotes import stands_in

from .fields import DateField, NumberField, WhoField, WhoInput

MAX_PARTIES = 20
MEANINGS = {
    Standing.POTENTIAL: gettext_lazy("its speaker hedges"),
    Standing.ALLEGED: gettext_lazy("accuses somebody, undecided"),
    Standing.STATED: gettext_lazy("said flatly, accuses nobody"),
    Standing.DECIDED: gettext_lazy("read in the ruling, regulation or contract itself"),
}
ANY = tuple(SubjectKind.values)


class SentenceForm(DeskForm):
    """What every claim has: its subject, the sentence, how firmly it is said, by whom, when and where."""

    fields_of_constraints = ClaimForm.fields_of_constraints
    one_is_enough = ClaimForm.one_is_enough

    subject = WhoField(
        ANY,
        label=gettext_lazy("It is about"),
        error_messages={"required": gettext_lazy("Say which case, collaboration or actor it is about.")},
    )
    said_by_actor = WhoField([SubjectKind.ACTOR], label=gettext_lazy("Who says it"), required=False)
    start = DateField(label=gettext_lazy("start"), required=False)
    end = DateField(label=gettext_lazy("end"), required=False)
    more_place = WhoField([SubjectKind.PLACE], label=gettext_lazy("place"), required=False)
    locator_id = forms.CharField(label=gettext_lazy("Where in the source"), max_length=200, required=False)
    locator_en = forms.CharField(label=gettext_lazy("Where in the source (English)"), max_length=200, required=False)
    proposed = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(label=gettext_lazy("I have read it; it is right"), required=False)

    seen_on_page = forms.BooleanField(label=NewExcerptForm.base_fields["seen_on_page"].label, required=False)

    class Meta:
        model = Claim
        fields = [
            *("subject", "kind", "aspect", "statement_id", "statement_en", "standing"),
            *("said_by_actor", "said_by_source", "speaker_id", "speaker_en", "places"),
            *("start", "end", "date_as_stated", "ongoing_when_written"),
        ]
        widgets = {
            "kind": forms.HiddenInput(),
            "statement_id": Sentence(),
            "statement_en": Sentence(),
            "standing": forms.RadioSelect(),
            "places": forms.CheckboxSelectMultiple(),
        }

    def __init__(
        self, *args: Any, kind: ClaimKind, sources: Collection[Any], places: Sequence[Place], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        _show_when_empty(fields)
        fields["standing"].error_messages["required"] = _("Say how firmly it is said.")
        fields["said_by_source"].queryset = Source.objects.filter(pk__in=sources)
        fields["said_by_source"].label = _("or the source itself")
        fields["places"].queryset = Place.objects.filter(pk__in=[place.pk for place in places])
        fields["standing"].choices = [(each.value, f"{each.label}: {MEANINGS[each]}") for each in Standing]
        if kind.aspects:
            fields["aspect"].choices = [("", "---------"), *kind.aspects.choices]
            fields["aspect"].required = True
        else:
            del fields["aspect"]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("said_by_actor") or cleaned.get("speaker_id"):
            cleaned["said_by_source"] = None  # whoever is named speaks; the source itself is only the first guess
        self.instance.statement_is_proposed = bool(
            cleaned.get("proposed") and cleaned.get("statement_id") == cleaned["proposed"] and not cleaned["confirmed"]
        )
        return cleaned


def _show_when_empty(fields: Mapping[str, forms.Field]) -> None:
    """Let the style sheet tell empty boxes, beside which stands the question why they are."""
    for field in fields.values():
        if isinstance(field.widget, forms.TextInput) and not isinstance(field.widget, WhoInput):
            field.widget.attrs["placeholder"] = " "


class NumbersForm(DeskForm):
    """The numbers of a kind. What the source wrote for a number is taken from the box where it stands in the quote."""

    quotes: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _show_when_empty(self.fields)
        as_stated = self.fields.get("as_stated")
        self._needs_words = bool(as_stated and as_stated.required)
        if as_stated:
            as_stated.required = False  # it may be filled from the quotation

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean()
        if "as_stated" in self.fields and not cleaned.get("as_stated"):
            numbers = [name for name, field in self.fields.items() if isinstance(field, NumberField)]
            said = (self._words_for(name, str(cleaned.get(name) or "")) for name in numbers)
            cleaned["as_stated"] = next(filter(None, said), "")
            if self._needs_words and not cleaned["as_stated"]:
                self.add_error("as_stated", self.fields["as_stated"].error_messages["required"])
        return cleaned

    def _words_for(self, name: str, value: str) -> str:
        """Return the words of the quotation that state a number: those that were typed, or those that mean the same."""
        typed = str(self[name].value() or "").strip()
        if value and any(stands_in(typed, quote) for quote in self.quotes):
            return typed
        stated = (number for quote in self.quotes for number in numbers_in(quote) if value in number.readings)
        return next((number.text for number in stated), "") if value else ""


def _field_of_column(column: Any, **kwargs: Any) -> Any:
    if isinstance(column, DecimalTextField):
        is_of_months = column.name == "months"
        return NumberField(
            of_months=is_of_months, label=column.verbose_name, help_text=column.help_text, required=False
        )
    return column.formfield(**kwargs)


# The form of the numbers of each kind that has some
NUMBERS_FORMS: Mapping[str, Any] = {
    name: modelform_factory(
        kind.model,
        form=type(
            f"{kind.model.__name__}NumbersForm",
            (NumbersForm,),
            {"fields_of_constraints": kind.column_of_constraint},
        ),
        fields=[column for field in kind.fields for column in field.columns],
        formfield_callback=_field_of_column,
    )
    for name, kind in DETAILED.items()
}


class PartyForm(SeenCharacters, forms.Form):
    """Somebody who stands in the claim: chosen, added with a title and a kind, or only the words of the source."""

    part = forms.ChoiceField(label=gettext_lazy("part"), choices=[("", "---------"), *Part.choices], required=False)
    who = WhoField(ANY, label=gettext_lazy("who"), required=False)
    new = forms.ChoiceField(
        label=gettext_lazy("add as"),
        choices=[("", gettext_lazy("not here yet? add as…")), *ActorKind.choices],
        required=False,
    )
    as_stated = forms.CharField(label=gettext_lazy("in the source's words"), max_length=200, required=False)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name, kind, who = self["who"].value()[1], cleaned.get("new"), cleaned.get("who")
        if name and kind and not who and self.has_error("who", "nobody"):
            del self.errors["who"]
            cleaned["who"] = Actor(title_id=name, title_en=name, actor_kind=kind)
        if self.is_filled and not cleaned.get("part"):
            self.add_error("part", _("Say as what they stand in the claim."))
        if who and cleaned.get("part") != Part.NAMED and who.kind != SubjectKind.ACTOR:
            self.add_error("who", _("Only an actor can stand here; use “named” for other subjects."))
        return cleaned

    @property
    def is_fixed(self) -> bool:
        """Return whether the row was made for one part, which is not chosen any more."""
        return bool(self["part"].value())

    @property
    def part_label(self) -> str:
        return str(dict(Part.choices).get(str(self["part"].value()), ""))

    @property
    def who_label(self) -> str:
        return self.part_label.capitalize() or str(_("Somebody else"))

    @property
    def makes_an_actor(self) -> bool:
        who = self.cleaned_data.get("who")
        return isinstance(who, Actor) and who._state.adding

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("who") or self.cleaned_data.get("as_stated"))


PartyFormSet: Any = formset_factory(PartyForm, extra=0, max_num=MAX_PARTIES, absolute_max=MAX_PARTIES)
