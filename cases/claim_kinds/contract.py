"""Contracts: a step of a purchase with its value, from the budget ceiling to what was paid back."""

from collections.abc import Iterator
from typing import Annotated

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.vocabularies import Part
from sources.json_fields import Currency, DecimalText, LanguageMap, NonEmpty, words
from sources.numbers import DecimalTextField, display
from sources.vocabularies import Vocabulary

from .base import Detail, DetailDocument, DetailedKind, NumberReason
from .money import currency_column, currency_is_iso, number_as_stated, number_reason_column


class ContractStep(Vocabulary):
    """A step of a purchase, in the terms of Indonesian public procurement."""

    PAGU = "pagu", "pagu anggaran", _("budget ceiling")
    HPS = "hps", "harga perkiraan sendiri (HPS)", _("buyer's own estimate (HPS)")
    OFFER = "offer", "harga penawaran", _("offer")
    CORRECTED_OFFER = "corrected_offer", "harga terkoreksi", _("offer after correction")
    AWARD = "award", "penetapan pemenang", _("award to the winner")
    CONTRACT_VALUE = "contract_value", "nilai kontrak", _("contract value")
    AMENDMENT = "amendment", "adendum", _("amendment of the contract")
    OVERPAYMENT = "overpayment", "kelebihan pembayaran", _("overpayment")
    RETURNED = "returned", "disetor kembali", _("paid back")


# Whom a reader asks for at each step; at any other, for the supplier
ASKED_PART = {"pagu": "buyer", "hps": "buyer", "offer": "bidder", "corrected_offer": "bidder"}


class Contract(Detail):
    """A step of a purchase with its value. An amount without a currency in the source has none here."""

    step = models.CharField(_("step of the purchase"), max_length=20, choices=ContractStep)
    amount = DecimalTextField(_("amount"))
    currency = currency_column()
    in_kind_id = models.CharField(_("goods or services (Indonesian)"), max_length=200, blank=True)
    in_kind_en = models.CharField(_("goods or services (English)"), max_length=200, blank=True)
    quantity = DecimalTextField(_("quantity"))
    unit_id = models.CharField(_("unit (Indonesian)"), max_length=60, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=60, blank=True)
    as_stated = models.CharField(_("as stated"), max_length=200, blank=True)
    number_reason = number_reason_column()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=ContractStep.values) & Q(number_reason__in=["", *NumberReason.values]),
                name="contract_words_are_known",
                violation_error_message=_("This is not a step of a purchase, or reason for a number, that we know."),
            ),
            currency_is_iso("contract"),
            number_as_stated("contract", "amount", "quantity"),
            models.CheckConstraint(
                condition=Q(in_kind_id="", in_kind_en="") | (~Q(in_kind_id="") & ~Q(in_kind_en="")),
                name="contract_in_kind_in_both_languages",
                violation_error_message=_("What is bought is described in both languages."),
            ),
        ]


class ContractDetail(DetailDocument, frozen=True, kw_only=True):
    """A step of a purchase."""

    step: Annotated[str, words(ContractStep)]
    amount: DecimalText | None
    currency: Currency | None
    in_kind: LanguageMap | None
    quantity: DecimalText | None
    unit: LanguageMap | None
    as_stated: NonEmpty | None
    number_reason: Annotated[str, words(NumberReason)] | None

    @property
    def is_of_money(self) -> bool:
        return True

    def questions(self, parts: set[str]) -> Iterator[str]:
        if (part := ASKED_PART.get(self.step, "supplier")) not in parts:
            yield part
        if not self.amount:
            yield "amount"
        elif not self.currency:
            yield "currency"

    def summary(self, language: str) -> str:
        """Return the step with its amount, and how much of what."""
        unit = self.unit or self.in_kind
        given = unit.choose(language) if unit else ""
        with override(language):
            step = str(ContractStep(self.step).label) if self.step in ContractStep.values else self.step
            currency = self.currency or "(" + gettext("currency not stated") + ")"
        amount = f"{display(self.amount, language)} {currency}" if self.amount else ""
        bought = f"{display(self.quantity, language)} {given}".strip() if self.quantity else given
        numbers = ", ".join(filter(None, (amount, bought)))
        return f"{step}: {numbers}" if numbers else step


CONTRACT = DetailedKind(
    name="contract",
    rank=15,
    meaning="a step of a purchase with its value",
    label=_("contract"),
    title=_("Purchases"),
    model=Contract,
    document=ContractDetail,
    form_title=_("numbers of a contract"),
    parts=(Part.BUYER, Part.SUPPLIER, Part.BIDDER),
    map_labels={"in_kind": _("goods or services"), "unit": pgettext_lazy("number", "unit")},
    disputable=("amount", "currency", "quantity"),
    column_of_constraint={
        "contract_words_are_known": "step",
        "contract_currency_is_iso": "currency",
        "contract_number_as_stated": "as_stated",
        "contract_in_kind_in_both_languages": "in_kind_en",
    },
    dates_its_subject=True,
    is_dated=True,
    linked_field="step",
    omitted_first=("in_kind",),
)
