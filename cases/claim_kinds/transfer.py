"""Transfers: value moves. Money, a project, goods or services."""

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


class TransferKind(Vocabulary):
    BRIBE = "bribe", "only where the excerpt says suap or bribe", _("bribe")
    GRATIFICATION = "gratification", "a gift to an official so called, not a tip", _("gratification")
    ILLEGAL_LEVY = "illegal_levy", "pungli", _("illegal levy")
    MONEY_UNSPECIFIED = "money_unspecified", "money, nature not stated", _("money, nature not stated")
    AWARD = "award", "a project given, with or without a value", _("award of a project")
    PAYMENT = "payment", "paid for something", _("payment")
    BUDGET = "budget", "set aside in a budget", _("budget")
    SOCIAL_AID = "social_aid", "bansos", _("social aid")
    CSR = "csr", "corporate social responsibility (TJSL)", _("corporate social responsibility")
    GRANT = "grant", "hibah", _("grant")
    IN_KIND = "in_kind", "goods or services, with quantity and unit", _("goods or services")


class Transfer(Detail):
    """Value that moves. An amount without a currency in the source has none here."""

    kind = models.CharField(
        _("kind"),
        max_length=20,
        blank=True,
        choices=TransferKind,
        help_text=_("Empty when not stated or in dispute."),
    )
    amount = DecimalTextField(_("amount"))
    currency = currency_column()
    in_kind_id = models.CharField(_("in kind (Indonesian)"), max_length=200, blank=True)
    in_kind_en = models.CharField(_("in kind (English)"), max_length=200, blank=True)
    quantity = DecimalTextField(_("quantity"))
    unit_id = models.CharField(_("unit (Indonesian)"), max_length=60, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=60, blank=True)
    as_stated = models.CharField(_("as stated"), max_length=200, blank=True)
    number_reason = number_reason_column()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.CheckConstraint(
                condition=Q(number_reason__in=["", *NumberReason.values]),
                name="transfer_number_reason_is_known",
                violation_error_message=_("This is not a reason for a number that we know."),
            ),
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=TransferKind.values),
                name="transfer_kind_is_known",
                violation_error_message=_("This is not a kind of transfer that we know."),
            ),
            currency_is_iso("transfer"),
            number_as_stated("transfer", "amount", "quantity"),
            models.CheckConstraint(
                condition=Q(in_kind_id="", in_kind_en="") | (~Q(in_kind_id="") & ~Q(in_kind_en="")),
                name="transfer_in_kind_in_both_languages",
                violation_error_message=_("What is given in kind is described in both languages."),
            ),
        ]


class TransferDetail(DetailDocument, frozen=True, kw_only=True):
    """What moved."""

    kind: Annotated[str, words(TransferKind)] | None
    amount: DecimalText | None
    currency: Currency | None
    in_kind: LanguageMap | None
    quantity: DecimalText | None
    unit: LanguageMap | None
    as_stated: NonEmpty | None
    number_reason: Annotated[str, words(NumberReason)] | None = None

    @property
    def is_of_money(self) -> bool:
        return True

    def questions(self, parts: set[str]) -> Iterator[str]:
        yield from (part for part in ("payer", "recipient") if part not in parts)
        if not self.amount and not self.in_kind:
            yield "amount"
        if self.amount and not self.currency:
            yield "currency"
        if not self.kind:
            yield "kind"

    def summary(self, language: str) -> str:
        """Return the amount, or else the quantity and what was given; empty when nothing is stated."""
        if self.amount:
            with override(language):
                currency = self.currency or "(" + gettext("currency not stated") + ")"
            return f"{display(self.amount, language)} {currency}"
        unit = self.unit or self.in_kind
        given = unit.choose(language) if unit else ""
        return f"{display(self.quantity, language)} {given}".strip() if self.quantity else given


TRANSFER = DetailedKind(
    name="transfer",
    rank=20,
    meaning="value moves",
    label=_("transfer"),
    title=_("Money, goods and projects"),
    model=Transfer,
    document=TransferDetail,
    form_title=_("numbers of a transfer"),
    parts=(Part.PAYER, Part.RECIPIENT),
    map_labels={"in_kind": _("what was given"), "unit": pgettext_lazy("number", "unit")},
    disputable=("kind", "amount", "currency", "quantity", "in_kind"),
    column_of_constraint={
        "transfer_number_reason_is_known": "number_reason",
        "transfer_currency_is_iso": "currency",
        "transfer_number_as_stated": "as_stated",
        "transfer_in_kind_in_both_languages": "in_kind_en",
        "transfer_kind_is_known": "kind",
    },
    dates_its_subject=True,
    is_dated=True,
    linked_field="kind",
    omitted_first=("in_kind",),
    null_in_codes=True,
)
