"""Form fields of query parameters: each accepts one written form, refuses the rest, and documents itself in OpenAPI."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.documents.evidence import identifier_key
from cases.http.query_parameters import BadParameterError, check_names
from cases.publication.projection import fold
from cases.record.as_of import DAY_PATTERN, last_seq, seq_as_of
from cases.record.names import nearest_word, subject_id, target_ids
from cases.vocabularies import IdentifierScheme, topics
from sources.dates import PartialDate
from sources.numbers import hundredths

# The largest integer that every reader of JSON knows exactly
MAX_INTEGER = 2**53 - 1
MAX_WORDS_CHARS = 200
# How a slug or an id is written
NAME = {"type": "string", "pattern": "^[-0-9A-Za-z]+$", "maxLength": 120}
TEXT = {"type": "string", "pattern": r"\S"}
MONTH, DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
AMOUNT = re.compile(r"(0|[1-9][0-9]{0,15})(\.[0-9]{1,2})?")
CLOCK = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"


def refusal(sentence: str, nearest: str | None = None) -> ValidationError:
    """Return why a value is not understood. The sentence quotes the value, so it is never itself a format."""
    return ValidationError("%(sentence)s", params={"sentence": sentence, "nearest": nearest})


class FieldOptions(TypedDict, total=False):
    """What django-filter and the forms say of a field."""

    initial: object
    help_text: str
    label: str | None
    required: bool


class QueryField(forms.Field):
    """An optional query parameter. `many`: it may be given several times, and any of its values will do."""

    many = False
    # The JSON Schema of its text
    written: Mapping[str, object] = TEXT

    def __init__(self, **kwargs: Unpack[FieldOptions]) -> None:
        kwargs["required"] = False
        super().__init__(**kwargs)
        if self.many:
            self.widget = forms.MultipleHiddenInput()

    def to_python(self, value: str | list[str] | None) -> object:
        if not value:
            return [] if self.many else self.initial
        try:
            return [self.read(one) for one in value] if isinstance(value, list) else self.read(value)
        except ValueError as error:
            raise refusal(str(error)) from error

    def read(self, text: str) -> object:
        """Return the value of the text. Raises ValueError or ValidationError with a sentence."""
        return text

    @property
    def openapi(self) -> dict[str, object]:
        """Return its schema in OpenAPI."""
        own: dict[str, object] = dict(self.written)
        if self.initial is not None:
            own["default"] = self.initial
        return {"type": "array", "items": own} if self.many else own


class CursorField(QueryField):
    """A position in a list, which only the list can read (cases.http.pagination)."""

    written = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,3000}$"}


class ChoiceField(QueryField):
    """One word of a closed list."""

    def __init__(self, *, words: Iterable[str], **kwargs: Unpack[FieldOptions]) -> None:
        self.words = [str(word) for word in words]
        self.written = {"type": "string", "enum": self.words}
        super().__init__(**kwargs)

    def read(self, text: str) -> object:
        if text in self.words:
            return text
        known = f" It takes {', '.join(self.words)}." if len(self.words) < 30 else ""
        raise refusal(f"“{text[:60]}” is not known.{known}", nearest_word(text, self.words))


class ChoicesField(ChoiceField):
    many = True


class TopicsField(ChoicesField):
    """Codes of topics."""

    def __init__(self, **kwargs: Unpack[FieldOptions]) -> None:
        super().__init__(words=topics(), **kwargs)


class IdentifierField(QueryField):
    """`scheme:value`, as registers write the value; small and capital letters are the same."""

    written = {
        "type": "string",
        "pattern": f"^({'|'.join(IdentifierScheme.values)}):[0-9A-Za-z][0-9A-Za-z ./:_-]{{0,118}}$",
        "examples": ["tender_code:88120431"],
    }

    def read(self, text: str) -> object:
        scheme, _colon, value = text.partition(":")
        if scheme not in IdentifierScheme.values:
            raise refusal(
                f"“{scheme[:60]}” is not a scheme of identifiers.", nearest_word(scheme, IdentifierScheme.values)
            )
        if not value.strip():
            raise ValueError("An identifier is asked for as scheme:value.")
        return identifier_key(scheme, value)


class FlagField(ChoiceField):
    """`true` or `false`."""

    def __init__(self, **kwargs: Unpack[FieldOptions]) -> None:
        super().__init__(words=("true", "false"), **kwargs)
        self.written = {"type": "boolean"}

    def read(self, text: str) -> object:
        return super().read(text) == "true"


class WholeField(QueryField):
    """A whole number in plain digits."""

    def __init__(self, *, minimum: int = 0, maximum: int = MAX_INTEGER, **kwargs: Unpack[FieldOptions]) -> None:
        self.minimum, self.maximum = minimum, maximum
        self.written = {"type": "integer", "minimum": minimum, "maximum": maximum}
        super().__init__(**kwargs)

    def read(self, text: str) -> int:
        number = int(text) if re.fullmatch(r"[0-9]{1,16}", text) else -1
        if not self.minimum <= number <= self.maximum:
            upper = f" to {self.maximum}" if self.maximum != MAX_INTEGER else " or more"
            raise ValueError(f"“{text[:60]}” is not a whole number of {self.minimum}{upper}.")
        return number


class WordsField(QueryField):
    """Words to look for, as they are: folded, without accents and punctuation."""

    written = TEXT | {"maxLength": MAX_WORDS_CHARS}

    def read(self, text: str) -> str:
        if len(text) > MAX_WORDS_CHARS:
            raise ValueError(f"It has {len(text)} characters; at most {MAX_WORDS_CHARS} are looked for.")
        if not (folded := fold(text)):
            raise ValueError(f"“{text[:60]}” has no letter and no digit.")
        return folded


class DayField(QueryField):
    """A date as far as it is known."""

    written = {"type": "string", "pattern": f"^[0-9]{{4}}(-{MONTH}(-{DAY})?)?$", "examples": ["2022-08"]}

    def read(self, text: str) -> PartialDate:
        return PartialDate.parse(text[:60])


class AsOfField(QueryField):
    """A day (its end in Asia/Jakarta) or a time, as the seq that was the last one then."""

    written = {
        "type": "string",
        "pattern": f"^[0-9]{{4}}-{MONTH}-{DAY}({CLOCK})?$",
        "examples": ["2026-11-01", "2026-11-01T12:00:00Z"],
    }

    def read(self, text: str) -> int:
        return seq_as_of(text[:60])


class SinceField(QueryField):
    """A seq; or a time; or a day, from its beginning in Asia/Jakarta. Read as the last seq before."""

    written = {
        "type": "string",
        "pattern": f"^([0-9]{{1,16}}|[0-9]{{4}}-{MONTH}-{DAY}({CLOCK})?)$",
        "examples": ["178", "2026-11-01", "2026-11-01T12:00:00Z"],
    }

    def read(self, text: str) -> int:
        if re.fullmatch(r"[0-9]{1,16}", text):
            if (seq := int(text)) > (last := last_seq()):
                raise refusal(f"{seq} lies ahead: the last revision is {last}.", str(last))
            return seq
        try:
            day = date.fromisoformat(text) if DAY_PATTERN.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None or day > timezone.localdate():
            return seq_as_of(text[:60])  # which refuses a day that is none, or lies ahead
        return seq_as_of(str(day - timedelta(days=1)))


class AmountField(QueryField):
    """An amount of money in plain digits, as hundredths."""

    written = {"type": "string", "pattern": f"^{AMOUNT.pattern}$", "examples": ["2500000000"]}

    def read(self, text: str) -> int:
        if not AMOUNT.fullmatch(text):
            raise ValueError(f"“{text[:60]}” is not an amount like 2500000000 or 64.85.")
        return hundredths(text) or 0


class CurrencyField(QueryField):
    """A code of ISO 4217, or `not_stated`."""

    written = {"type": "string", "pattern": "^([A-Z]{3}|not_stated)$", "examples": ["IDR", "not_stated"]}

    def read(self, text: str) -> str:
        if text == "not_stated":
            return ""
        if not re.fullmatch("[A-Z]{3}", text):
            near = text.upper() if re.fullmatch("[A-Za-z]{3}", text) else "not_stated"
            raise refusal(f"“{text[:60]}” is not a currency like IDR, nor not_stated.", near)
        return text


class NamesField(QueryField):
    """Slugs (or ids) of one kind, as ids. One that nobody bears is refused."""

    many = True
    written = NAME

    def __init__(self, *, kind: str, **kwargs: Unpack[FieldOptions]) -> None:
        self.kind = kind
        super().__init__(**kwargs)

    def to_python(self, value: str | list[str] | None) -> list[str]:
        if not value:
            return []
        found, unknown, near = target_ids(self.kind, value)
        if unknown:
            detail = f"There is no {self.kind} “{unknown[:60]}”."
            raise refusal(detail, near[0] if near else None)
        return found


class SubjectField(QueryField):
    """`cases/slug`, or the id of a subject."""

    written = {
        "type": "string",
        "pattern": "^((cases|collaborations|actors|systems|places)/)?[-0-9A-Za-z]+$",
        "examples": ["cases/cctv-dan-jasa-internet-bandung-smart-city"],
    }

    def read(self, text: str) -> str:
        object_id, near = subject_id(text)
        if object_id is None:
            detail = f"There is no subject “{text[:60]}”; it is named like cases/slug, or by its id."
            if text.strip("/").startswith("sources/"):
                detail = "A source is no subject: “source” takes its slug and finds what cites it."
            raise refusal(detail, near[0] if near else None)
        return object_id


def clean_query(form: forms.BaseForm, known: Mapping[str, forms.Field] | None = None) -> dict[str, Any]:
    """Return the cleaned data of a form, of which `known` are the parameters if it has not all of them.

    Raises BadParameterError for an unknown name or value, or an empty one.
    """
    data: Any = form.data
    known = form.fields if known is None else known
    check_names(data, known, repeatable=[name for name, field in known.items() if getattr(field, "many", False)])
    for name, values in data.lists():
        if not all(value.strip() for value in values):
            raise BadParameterError(name, f"“{name}” is empty. Give it a value, or leave it out.")
    for name, errors in form.errors.as_data().items():
        error = errors[0]
        nearest = (error.params or {}).get("nearest")
        raise BadParameterError(name, f"“{name}”: {error.messages[0]}", nearest)
    return form.cleaned_data
