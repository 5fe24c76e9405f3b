"""What the desk's forms share: topics as boxes, sentences in one line, rows in an order, errors where they belong."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max, Model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.claim_kinds import DETAILED, property_labels
from cases.vocabularies import Part, topics
from sources.forms import InBothLanguages, OfParent
from sources.generics import ModelForm


class Sentence(forms.Textarea):
    """A box for one sentence: line breaks become spaces."""

    def __init__(self, rows: int = 2) -> None:
        super().__init__(attrs={"rows": rows, "cols": 100, "class": "sentence"})

    def value_from_datadict(
        self, data: Mapping[str, object], files: "MultiValueDict[str, UploadedFile[bytes]]", name: str
    ) -> object:
        value = super().value_from_datadict(data, files, name)
        return re.sub(r"\s*[\r\n]+\s*", " ", value) if isinstance(value, str) else value


def topic_choices() -> list[tuple[str, str]]:
    language = (get_language() or "id")[:2]
    return [(topic.code, topic.label.get(language, topic.code)) for topic in topics().values()]


def property_choices() -> list[Any]:
    return [
        ("", "---------"),
        (_("what"), list(property_labels().items())),
        (_("who"), Part.choices),
    ]


def conflict_property_choices() -> list[Any]:
    names = [f"{kind.name}.{field.name}" for kind in DETAILED.values() for field in kind.disputable_fields]
    return [*property_choices(), (_("a field of the numbers"), [(name, name) for name in names])]


class DeskForm(InBothLanguages):
    """Puts the sentence of a broken constraint beside the field that mends it."""

    fields_of_constraints: ClassVar[dict[str, str]] = {}

    def add_error(self, field: str | None, error: Any) -> None:
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            error = ValidationError(self._by_field(error.error_dict))
        super().add_error(field, error)

    def _by_field(self, errors: dict[str, list[ValidationError]]) -> dict[str, list[ValidationError]]:
        placed: dict[str, list[ValidationError]] = {}
        for field, found in errors.items():
            for error in found:
                own = self._field_of(error) if field == NON_FIELD_ERRORS else field
                placed.setdefault(own if own in self.fields else NON_FIELD_ERRORS, []).append(error)
        return placed

    def _field_of(self, error: ValidationError) -> str:
        for constraint in self.instance._meta.constraints:
            if str(constraint.get_violation_error_message()) == str(error.message):
                return self.fields_of_constraints.get(constraint.name, NON_FIELD_ERRORS)
        return NON_FIELD_ERRORS


class WithTopics(DeskForm):
    topics = forms.MultipleChoiceField(
        label=_("Topics"), required=False, choices=topic_choices, widget=forms.CheckboxSelectMultiple
    )

    def clean_topics(self) -> list[str]:
        """Those kept stay in their order; a save that changes nothing must change nothing."""
        chosen = self.cleaned_data["topics"]
        kept = [code for code in self.instance.topics if code in chosen]
        return kept + [code for code in chosen if code not in kept]


class WithProperty(DeskForm):
    """What is unknown, as a word of the closed list; a value that the row has already is kept on offer."""

    property = forms.ChoiceField(label=_("Property"), choices=property_choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["property"]
        if (held := self.instance.property) and not field.valid_value(held):
            field.choices = [*field.choices, (held, held)]


class OrderedFormSet(OfParent):
    """Rows with a position: a new one without a number goes to the end."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = super().get_form_kwargs(index)
        kwargs.pop("parent")
        return kwargs

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():  # the cells of a tabular inline have no labels of their own
            field.widget.attrs.setdefault("aria-label", field.label or "")
        if "position" in form.fields:
            form.fields["position"].required = False
            form.fields["position"].label = _("order")
            form.fields["position"].widget.attrs |= {"class": "order", "min": 0}
            if form.instance._state.adding:
                form.initial["position"] = None

    def save_new(self, form: ModelForm, commit: bool = True) -> Model:
        self._put_last(form)
        return super().save_new(form, commit)

    def save_existing(self, form: ModelForm, obj: Model, commit: bool = True) -> Model:
        self._put_last(form)
        return super().save_existing(form, obj, commit)

    def _put_last(self, form: ModelForm) -> None:
        if "position" not in form.fields or form.cleaned_data.get("position") is not None:
            return
        model: Any = self.model
        rows = model._default_manager.filter(**{self.fk.name: self.instance})
        last = rows.aggregate(last=Max("position"))["last"]
        form.instance.position = max(-1 if last is None else last, self._last) + 1
        self._last = form.instance.position

    # The position of the row that was put last: with commit=False it is not in the database yet
    _last = -1
