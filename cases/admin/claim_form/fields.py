"""Fields of the claim form that take what people write: numbers and dates in words, subjects by their names."""

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cases.claim_kinds.penalty import months_in
from cases.models import Subject
from sources.dates import MONTH_NUMBERS, PartialDate, dates_in
from sources.number_words import in_words
from sources.numbers import CANONICAL, display, numbers_in

DAY = re.compile(r"(\d{1,2})(?:\s*\([^()]*\))?\s+([a-z]+)\s+(\d{4})", re.IGNORECASE | re.ASCII)
# Two namesakes are told apart by their slugs where no list is at hand
MAX_NAMESAKES_SHOWN = 5


class NumberField(forms.CharField):
    """A number as people write it (2,5 miliar; Rp684.500.000,00; 5 tahun 6 bulan), read as a canonical decimal."""

    def __init__(self, *, of_months: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"max_length": 120})
        self.of_months = of_months

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        if not text or (CANONICAL.fullmatch(text) and "." not in text):
            return text
        terms = months_in(text) if self.of_months else []
        found = [terms] if terms else [number.readings for number in numbers_in(text)]
        if len(found) != 1 or not found[0]:
            raise ValidationError(
                _("“%s” is not one number. Write it like 2500000000, 2.500.000.000 or 2,5 miliar.") % text
            )
        return str(found[0][0])

    def read_back(self, value: str) -> str:
        """Return the number with its separators and in words: a zero too many is seen there."""
        language = (get_language() or "id")[:2]
        return " · ".join(filter(None, (display(value, language), in_words(value, language))))


class DateField(forms.CharField):
    """A date as people write it (14 Maret 2031, March 2031, 2031-03-14), read as a partial date."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"max_length": 60})

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        return str(read_date(text)) if text else ""

    def read_back(self, value: str) -> str:
        return PartialDate(value).display()


def read_date(text: str) -> PartialDate:
    """Return the date that a text tells of, as exactly as it does. Raises ValidationError."""
    problem = ValidationError(_("“%s” is not one date. Write it like 14 Maret 2031, Maret 2031 or 2031.") % text)
    day = DAY.search(text)
    if day and (month := MONTH_NUMBERS.get(day[2].casefold())):
        try:
            return PartialDate.parse(f"{day[3]}-{month:02}-{int(day[1]):02}")
        except ValueError:
            raise problem from None
    found = dates_in(text)
    if found is None or found[0] != found[1]:
        raise problem
    return found[0]


class WhoInput(forms.TextInput):
    """A box for a name, and a hidden one for the id of whom the curator chose. Drawn by `read_who.html`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, str]:
        return str(data.get(name, ""))[:40], str(data.get(f"{name}_name", "")).strip()[:200]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_name" not in data


class WhoField(forms.Field):
    """A subject that was chosen, or is the only one that is called so. Of two namesakes none is ever guessed."""

    widget = WhoInput

    def __init__(self, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kinds = list(kinds)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return any(data or ()) and tuple(data) != tuple(initial or ())

    def clean(self, value: tuple[str, str]) -> Subject | None:
        key, name = value
        subjects = Subject.objects.filter(kind__in=self.kinds)
        if key:
            pk = parsed_uuid(key)
            chosen = subjects.filter(pk=pk).first() if pk else None
            if chosen is None:
                raise ValidationError(_("It is not there any more. Choose again."))
            return chosen.specific
        if not name:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        called = Q(title_id__iexact=name) | Q(title_en__iexact=name) | Q(aliases__name__iexact=name) | Q(slug=name)
        found = list(subjects.filter(called).distinct()[: MAX_NAMESAKES_SHOWN + 1])
        if len(found) == 1:
            return found[0].specific
        raise ValidationError(_namesakes(name, found) if found else _nobody(name), code="nobody" if not found else None)


def parsed_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _nobody(name: str) -> str:
    return _("Nobody here is called “%s”. Choose from the list, or say of what kind it is to add it.") % name


def _namesakes(name: str, found: Sequence[Subject]) -> str:
    slugs = ", ".join(subject.slug for subject in found[:MAX_NAMESAKES_SHOWN])
    return _("Several are called “%(name)s”: %(slugs)s. Choose one from the list, or write that name instead.") % {
        "name": name,
        "slugs": slugs,
    }


# Why a field is empty, where a reader will ask
GAPS = [
    ("", gettext_lazy("empty: why?")),
    ("not_in_source", gettext_lazy("the source does not say")),
    ("outside", gettext_lazy("outside our copy")),
    ("differ", gettext_lazy("sources differ")),
]
