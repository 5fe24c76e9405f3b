"""Form fields of the query: each accepts one written form, refuses the rest, and says in OpenAPI what it takes."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.http.query_parameters import BadParameter, check_choice, check_names
from cases.publication.projection import fold
from cases.record.lookup import DAY as A_DAY
from cases.record.lookup import last_seq, seq_as_of
from cases.record.names import subject_of, targets
from sources.dates import PartialDate
from sources.numbers import CANONICAL, hundredths

BIGGEST = 2**53 - 1
"""The largest number that every reader of JSON knows exactly."""
NAME = {"type": "string", "pattern": "^[-0-9A-Za-z]+$", "maxLength": 120}
"""How a slug or an id is written."""
TEXT = {"type": "string", "pattern": r"\S"}
MONTH, DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
CLOCK = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"


def refused(sentence: str, nearest: str | None = None) -> ValidationError:
    """Why a value is not understood. The sentence quotes what was asked, so it is never itself a format."""
    return ValidationError("%(sentence)s", params={"sentence": sentence, "nearest": nearest})


class AskedField(forms.Field):
    """A parameter that may be left out. `many`: it may be given several times, and any of its values will do."""

    many = False
    steady = True
    """Whether a text always means the same, whatever is published and however late it is."""
    written: dict[str, Any] = TEXT

    def __init__(self, **kwargs: Any) -> None:
        kwargs["required"] = False
        super().__init__(**kwargs)
        if self.many:
            self.widget = forms.MultipleHiddenInput()

    def to_python(self, value: Any) -> Any:
        if not value:
            return [] if self.many else self.initial
        try:
            return [self.read(one) for one in value] if self.many else self.read(value)
        except ValueError as error:
            raise refused(str(error)) from error

    def read(self, text: str) -> Any:
        """The value of the text. Raises ValueError or ValidationError with a sentence."""
        return text

    @property
    def openapi(self) -> dict[str, Any]:
        own = self.written if self.initial is None else self.written | {"default": self.initial}
        described = {"description": str(self.help_text)}
        return ({"type": "array", "items": own} if self.many else own) | described


class CursorField(AskedField):
    """A place in a list, which only the list can read (cases.api.pagination)."""

    steady = False
    written = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,3000}$"}


class ChoiceField(AskedField):
    """One word of a closed list."""

    def __init__(self, *, words: Any, **kwargs: Any) -> None:
        self.words = [str(word) for word in words]
        self.written = {"type": "string", "enum": self.words}
        super().__init__(**kwargs)

    def read(self, text: str) -> str:
        try:
            return check_choice("it", text, self.words)
        except BadParameter as bad:
            known = f" It takes {', '.join(self.words)}." if len(self.words) < 30 else ""
            raise refused(f"“{text[:60]}” is not known.{known}", bad.nearest) from bad


class ChoicesField(ChoiceField):
    many = True


class FlagField(ChoiceField):
    """`true` or `false`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(words=("true", "false"), **kwargs)
        self.written = {"type": "boolean"}

    def read(self, text: str) -> bool:  # type: ignore[override]
        return super().read(text) == "true"


class WholeField(AskedField):
    """A whole number in plain digits."""

    def __init__(self, *, minimum: int = 0, maximum: int = BIGGEST, **kwargs: Any) -> None:
        self.minimum, self.maximum = minimum, maximum
        self.written = {"type": "integer", "minimum": minimum, "maximum": maximum}
        super().__init__(**kwargs)

    def read(self, text: str) -> int:
        number = int(text) if re.fullmatch(r"[0-9]{1,16}", text) else -1
        if not self.minimum <= number <= self.maximum:
            upper = f" to {self.maximum}" if self.maximum != BIGGEST else " or more"
            raise ValueError(f"“{text[:60]}” is not a whole number of {self.minimum}{upper}.")
        return number


class WordsField(AskedField):
    """Words to look for, as they are: folded, without accents and punctuation."""

    written = TEXT | {"maxLength": 200}

    def read(self, text: str) -> str:
        if len(text) > 200:
            raise ValueError(f"It has {len(text)} characters; at most 200 are looked for.")
        if not (folded := fold(text)):
            raise ValueError(f"“{text[:60]}” has no letter and no digit.")
        return folded


class DayField(AskedField):
    """A date as far as it is known."""

    written = {"type": "string", "pattern": f"^[0-9]{{4}}(-{MONTH}(-{DAY})?)?$", "examples": ["2022-08"]}

    def read(self, text: str) -> PartialDate:
        return PartialDate.parse(text[:60])


class AsOfField(AskedField):
    """A day (its end in Asia/Jakarta) or a time, as the seq that was the last one then."""

    steady = False
    written = {
        "type": "string",
        "pattern": f"^[0-9]{{4}}-{MONTH}-{DAY}({CLOCK})?$",
        "examples": ["2026-11-01", "2026-11-01T12:00:00Z"],
    }

    def read(self, text: str) -> int:
        return seq_as_of(text[:60])


class SinceField(AskedField):
    """A seq; or a time; or a day, from its beginning in Asia/Jakarta. Read as the last seq before."""

    steady = False
    written = {
        "type": "string",
        "pattern": f"^([0-9]{{1,16}}|[0-9]{{4}}-{MONTH}-{DAY}({CLOCK})?)$",
        "examples": ["178", "2026-11-01", "2026-11-01T12:00:00Z"],
    }

    def read(self, text: str) -> int:
        if re.fullmatch(r"[0-9]{1,16}", text):
            if (seq := int(text)) > (last := last_seq()):
                raise refused(f"{seq} lies ahead: the last revision is {last}.", str(last))
            return seq
        try:
            day = date.fromisoformat(text) if A_DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None or day > timezone.localdate():
            return seq_as_of(text[:60])  # which refuses a day that is none, or lies ahead
        return seq_as_of(str(day - timedelta(days=1)))


class AmountField(AskedField):
    """An amount of money in plain digits, as hundredths."""

    written = {"type": "string", "pattern": r"^(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?$", "examples": ["2500000000"]}

    def read(self, text: str) -> int:
        plain = text.rstrip("0").rstrip(".") if re.fullmatch(r"\d{1,16}\.\d{1,2}", text, re.ASCII) else text
        if len(plain) > 19 or not CANONICAL.fullmatch(plain) or plain.startswith("-") or not _cents(plain):
            raise ValueError(f"“{text[:60]}” is not an amount like 2500000000 or 64.85.")
        return hundredths(plain) or 0


class CurrencyField(AskedField):
    """A code of ISO 4217, or `not_stated`."""

    written = {"type": "string", "pattern": "^([A-Z]{3}|not_stated)$", "examples": ["IDR", "not_stated"]}

    def read(self, text: str) -> str:
        if text == "not_stated":
            return ""
        if not re.fullmatch("[A-Z]{3}", text):
            near = text.upper() if re.fullmatch("[A-Za-z]{3}", text) else "not_stated"
            raise refused(f"“{text[:60]}” is not a currency like IDR, nor not_stated.", near)
        return text


class NamesField(AskedField):
    """Slugs (or ids) of one kind, as ids. One that nobody bears is refused."""

    many, steady = True, False
    written = NAME

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:
        if not value:
            return []
        found, unknown, near = targets(self.kind, value)
        if unknown:
            detail = f"There is no {self.kind} “{unknown[:60]}”."
            raise refused(detail, near[0] if near else None)
        return found


class SubjectField(AskedField):
    """`cases/slug`, or the id of a subject."""

    steady = False
    written = {
        "type": "string",
        "pattern": "^((cases|collaborations|actors|systems|places)/)?[-0-9A-Za-z]+$",
        "examples": ["cases/cctv-dan-jasa-internet-bandung-smart-city"],
    }

    def read(self, text: str) -> str:
        object_id, near = subject_of(text)
        if object_id is None:
            detail = f"There is no subject “{text[:60]}”; it is named like cases/slug, or by its id."
            if text.strip("/").startswith("sources/"):
                detail = "A source is no subject: “source” takes its slug and finds what cites it."
            raise refused(detail, near[0] if near else None)
        return object_id


class AskedForm(forms.Form):
    """The parameters of a list. Of its twenty fields only those asked for are made: copying all of them for each
    request would cost more than the query. The others have the value that nothing asks for.
    """

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        asked = {name: field for name, field in type(self).base_fields.items() if name in (data or ())}
        self.base_fields = asked  # type: ignore[misc] # Form.__init__ copies these
        super().__init__(data, **kwargs)

    def clean(self) -> dict[str, Any]:
        known: dict[str, Any] = type(self).base_fields
        return {n: self.cleaned_data.get(n) if n in self.fields else f.to_python(None) for n, f in known.items()}


def asked(form: forms.BaseForm) -> dict[str, Any]:
    """What the form understood. Raises BadParameter for a name or value that it does not know, or that is empty."""
    data: Any = form.data
    known = type(form).base_fields  # type: ignore[attr-defined]
    check_names(data, known, repeatable=[name for name, field in known.items() if getattr(field, "many", False)])
    for name, values in data.lists():
        if not all(value.strip() for value in values):
            raise BadParameter(name, f"“{name}” is empty. Give it a value, or leave it out.")
    for name, errors in form.errors.as_data().items():
        error = errors[0]
        nearest = (error.params or {}).get("nearest")
        raise BadParameter(name, f"“{name}”: {error.messages[0]}", nearest)
    return form.cleaned_data


def _cents(text: str) -> bool:
    whole, _point, fraction = text.partition(".")
    return len(whole) <= 16 and len(fraction) <= 2
