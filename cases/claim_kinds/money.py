"""What the tables of several kinds share: columns of sums of money, and what always holds of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import NumberReason


def currency_column() -> "models.CharField[str, str]":
    """Return the column of a currency, empty where the source states none."""
    return models.CharField(
        _("currency"), max_length=3, blank=True, help_text=_("ISO 4217, only if the source states it.")
    )


def number_reason_column() -> "models.CharField[str, str]":
    """Return the column that says why a number cannot be read in the words quoted."""
    return models.CharField(
        _("reason for the number"),
        max_length=10,
        blank=True,
        choices=NumberReason,
        help_text=_("Only where the words quoted do not show the number."),
    )


def currency_is_iso(kind: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"),
        name=f"{kind}_currency_is_iso",
        violation_error_message=_("A currency is three capital letters, such as IDR."),
    )


def number_as_stated(kind: str, *columns: str) -> models.CheckConstraint:
    """Return the rule that a number in one of two columns stands beside the words of the source."""
    one, other = columns
    return models.CheckConstraint(
        condition=(Q(**{one: ""}) & Q(**{other: ""})) | ~Q(as_stated=""),
        name=f"{kind}_number_as_stated",
        violation_error_message=_("Beside a number stands what the source wrote."),
    )
