"""Penalties: what a ruling or a body imposed, dated by its claim. One claim is one penalty."""

import re
from collections.abc import Iterator
from typing import Annotated

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from cases.vocabularies import Part
from sources.json_fields import Currency, DecimalText, LanguageMap, NonEmpty, words
from sources.numbers import DecimalTextField, display
from sources.vocabularies import Vocabulary

from .base import Detail, DetailDocument, DetailedKind, NumberReason
from .money import currency_column, currency_is_iso, number_as_stated, number_reason_column


class PenaltyKind(Vocabulary):
    """What was imposed. What a body imposes without a court is administrative, money and bans included."""

    PRISON = "prison", "pidana penjara", _("imprisonment")
    FINE = "fine", "pidana denda", _("fine")
    SUBSIDIARY_DETENTION = (
        "subsidiary_detention",
        "kurungan atau penjara pengganti: only if the money is not paid",
        _("detention in place of payment"),
    )
    COMPENSATION = "compensation", "uang pengganti", _("compensation to the state")
    CONFISCATION = "confiscation", "perampasan", _("confiscation")
    DISQUALIFICATION = "disqualification", "pencabutan hak, by a court", _("disqualification")
    ADMINISTRATIVE = "administrative", "sanksi administratif", _("administrative sanction")


IN_MONEY = ("fine", "compensation", "confiscation", "administrative")
IN_MONTHS = ("prison", "subsidiary_detention", "disqualification", "administrative")
_COUNT = r"(\d{1,3})\s*(?:\([^()]*\)\s*)?"
# “5 (lima) tahun dan 6 (enam) bulan”, “18 months”
TERM = re.compile(
    rf"(?<![\d.,]){_COUNT}(?:tahun|years?)\b(?:\s*(?:dan|and|,)?\s*{_COUNT}(?:bulan|months?)\b)?"
    rf"|(?<![\d.,]){_COUNT}(?:bulan|months?)\b",
    re.IGNORECASE,
)


def months_in(text: str) -> list[int]:
    """Return the terms that a text states in years and months, each in months."""
    found = (tuple(int(count or 0) for count in match.groups()) for match in TERM.finditer(text))
    return [years * 12 + and_months + months for years, and_months, months in found]


class Penalty(Detail):
    """What was imposed, on the defendant of the claim, by its authority. What was only demanded is a step."""

    kind = models.CharField(_("kind of penalty"), max_length=20, choices=PenaltyKind)
    amount = DecimalTextField(_("amount"))
    currency = currency_column()
    months = DecimalTextField(_("months"), help_text=_("The whole term: five years and six months are 66."))
    measure_id = models.CharField(_("what is taken or ordered (Indonesian)"), max_length=200, blank=True)
    measure_en = models.CharField(_("what is taken or ordered (English)"), max_length=200, blank=True)
    as_stated = models.CharField(_("as stated"), max_length=200, blank=True)
    number_reason = number_reason_column()

    class Meta:
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PenaltyKind.values) & Q(number_reason__in=["", *NumberReason.values]),
                name="penalty_words_are_known",
                violation_error_message=_("This is not a kind of penalty, or reason for a number, that we know."),
            ),
            currency_is_iso("penalty"),
            number_as_stated("penalty", "amount", "months"),
            models.CheckConstraint(
                condition=Q(amount="", currency="") | Q(kind__in=IN_MONEY),
                name="penalty_money_fits_its_kind",
                violation_error_message=_("A penalty of this kind is no sum of money: it is a claim of its own."),
            ),
            models.CheckConstraint(
                condition=Q(months="") | Q(kind__in=IN_MONTHS),
                name="penalty_term_fits_its_kind",
                violation_error_message=_("A penalty of this kind has no term: it is a claim of its own."),
            ),
            models.CheckConstraint(
                condition=Q(measure_id="", measure_en="") | (~Q(measure_id="") & ~Q(measure_en="")),
                name="penalty_measure_in_both_languages",
                violation_error_message=_("What is taken or ordered is described in both languages."),
            ),
        ]


class PenaltyDetail(DetailDocument, frozen=True, kw_only=True):
    """What was imposed."""

    kind: Annotated[str, words(PenaltyKind)]
    amount: DecimalText | None
    currency: Currency | None
    months: DecimalText | None
    measure: LanguageMap | None
    as_stated: NonEmpty | None
    number_reason: Annotated[str, words(NumberReason)] | None

    @property
    def is_criminal(self) -> bool:
        """Return whether only a court imposes it."""
        return self.kind != PenaltyKind.ADMINISTRATIVE

    @property
    def is_of_money(self) -> bool:
        return not self.months and self.kind in IN_MONEY

    def questions(self, parts: set[str]) -> Iterator[str]:
        if "authority" not in parts:
            yield "authority"
        if not (self.amount or self.months or self.measure):
            yield "amount" if self.kind in IN_MONEY else "months"
        if self.amount and not self.currency:
            yield "currency"

    def is_read_in(self, name: str, value: str, text: str) -> bool:
        """Return whether a text states a number; a term by its years and months, where it has such."""
        if name == "months" and (terms := months_in(text)):
            return value in map(str, terms)
        return super().is_read_in(name, value, text)

    def summary(self, language: str) -> str:
        """Return the kind, and the sum, the term or what is taken or ordered."""
        with override(language):
            known = self.kind in PenaltyKind.values
            said = [str(PenaltyKind(self.kind).label) if known else self.kind]
            if self.amount:
                currency = self.currency or "(" + gettext("currency not stated") + ")"
                said.append(f"{display(self.amount, language)} {currency}")
            if self.months:
                said.append(display(self.months, language) + " " + gettext("months"))
        said += [self.measure.choose(language)] if self.measure else []
        return said[0] + (f": {', '.join(said[1:])}" if said[1:] else "")


PENALTY = DetailedKind(
    name="penalty",
    rank=5,
    meaning="what was imposed",
    label=_("penalty"),
    title=_("Penalties"),
    model=Penalty,
    document=PenaltyDetail,
    form_title=_("numbers of a penalty"),
    parts=(Part.DEFENDANT, Part.AUTHORITY),
    map_labels={"measure": _("what is taken or ordered")},
    disputable=("amount", "currency", "months", "measure"),
    column_of_constraint={
        "penalty_words_are_known": "kind",
        "penalty_currency_is_iso": "currency",
        "penalty_number_as_stated": "as_stated",
        "penalty_money_fits_its_kind": "amount",
        "penalty_term_fits_its_kind": "months",
        "penalty_measure_in_both_languages": "measure_en",
    },
    dates_its_subject=True,
    is_dated=True,
    linked_field="kind",
    omitted_first=("measure",),
)
