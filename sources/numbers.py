"""Amounts and values: canonical decimal strings. Never floats, never DecimalField (SQLite would round)."""

import re
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .text_column import TextColumn

CANONICAL = re.compile(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", re.ASCII)
# Digits before the point; keeps hundredths inside a 64-bit integer
MAX_DIGITS = 16


def validate_decimal(value: str) -> None:
    """Accept `2500000000` and `64.8`; refuse `2,5 miliar`, `1.50` and `007`, saying what to write."""
    if not CANONICAL.fullmatch(value) or value == "-0":
        raise ValidationError(
            _("“%(value)s” is not a plain number like 2500000000 or 64.8 (the source's own form goes in “as stated”)."),
            code="decimal",
            params={"value": value},
        )
    if len(value.lstrip("-").split(".")[0]) > MAX_DIGITS:
        raise ValidationError(_("Numbers have at most 16 digits before the point."), code="decimal")


def hundredths(value: str | None) -> int | None:
    """Return the value in hundredths, rounded down: an integer column to filter ranges by."""
    if not value:
        return None
    return int(Decimal(value).quantize(Decimal("0.01"), ROUND_FLOOR).scaleb(2))


def display(value: str, language: str | None = None) -> str:
    """Return the number with the separators of the language: `2.500.000.000,5` (id) or `2,500,000,000.5` (en)."""
    whole, _point, fraction = value.partition(".")
    grouped = f"{int(whole):,}"
    if whole.startswith("-0"):
        grouped = "-0"
    if (language or get_language() or "id")[:2] == "id":
        return grouped.replace(",", ".") + (f",{fraction}" if fraction else "")
    return grouped + (f".{fraction}" if fraction else "")


class DecimalTextField(TextColumn):
    """A canonical decimal in a column; the empty text means that no number is recorded."""

    description = _("Canonical decimal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": 40, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)
        self.validators.append(validate_decimal)
