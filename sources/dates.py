"""Partial dates: `2022`, `2022-08` or `2022-08-14`, as far as a source says.

Stored as the ISO prefix itself, so that a date never becomes more precise than its source.
"""

import calendar
import re
from contextlib import suppress
from datetime import date
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .text_column import TextColumn

PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
MONTHS_IN_WORDS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
MONTHS = {language: names.split() for language, names in MONTHS_IN_WORDS.items()}
YEAR = re.compile(r"\b(?:19|20)\d{2}\b", re.ASCII)
MONTH_NUMBERS = {name.casefold(): number for names in MONTHS.values() for number, name in enumerate(names, 1)}


class PartialDate(str):
    """An ISO date prefix. Sorts by its earliest day; a shorter date stands before a longer one of the same start."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Raises ValueError with a sentence for anything else."""
        match = PATTERN.fullmatch(text)
        if not match:
            raise ValueError(f"“{text}” is not a date like 2022, 2022-08 or 2022-08-14.")
        year, month, day = (int(part) if part else 1 for part in match.groups())
        try:
            date(year, month, day)
        except ValueError:
            raise ValueError(f"“{text}” is not a day of the calendar.") from None
        return cls(text)

    @property
    def first_day(self) -> date:
        year, month, day = [*(int(part) for part in self.split("-")), 1, 1][:3]
        return date(year, month, day)

    @property
    def last_day(self) -> date:
        parts = [int(part) for part in self.split("-")]
        year, month = [*parts, 12][:2]
        return date(year, month, parts[2] if len(parts) == 3 else calendar.monthrange(year, month)[1])

    def display(self, language: str | None = None) -> str:
        """Return the date in words: `14 Agustus 2022`, `August 2022`, `2022`. Language: `id`, `en`, or the active."""
        months = MONTHS[language or (get_language() or "id")[:2]]
        match self.split("-"):
            case [year, month]:
                return f"{months[int(month) - 1]} {year}"
            case [year, month, day]:
                return f"{int(day)} {months[int(month) - 1]} {year}"
        return str(self)


def dates_in(text: str) -> tuple[PartialDate, PartialDate] | None:
    """Return the first and the last date that a date in words tells of, no more exactly than it surely does.

    None when no year is named. `Juni hingga Agustus 2022` is 2022-06 to 2022-08, `akhir tahun 2020` or
    `early 2020` is 2020.
    """
    with suppress(ValueError):
        return (exact := PartialDate.parse(text)), exact
    years = sorted(YEAR.findall(text))
    if not years:
        return None
    words = re.findall(r"[a-z]+", text.casefold())
    months = [MONTH_NUMBERS[word] for word in words if word in MONTH_NUMBERS] if len(years) == 1 else []
    if months:
        return PartialDate(f"{years[0]}-{min(months):02}"), PartialDate(f"{years[0]}-{max(months):02}")
    return PartialDate(years[0]), PartialDate(years[-1])


def validate_partial_date(value: str) -> None:
    try:
        PartialDate.parse(value)
    except ValueError as error:
        raise ValidationError(str(error), code="date") from error


class PartialDateField(TextColumn):
    """A partial date in a column; the empty text means that no date is recorded."""

    description = _("Partial date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": 10, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)
        self.validators.append(validate_partial_date)

    def from_db_value(self, value: str | None, *_: Any) -> PartialDate | str | None:
        return PartialDate(value) if value else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.TextInput(attrs={"placeholder": "2022-08", "size": 10}), **kwargs})
