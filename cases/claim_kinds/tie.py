"""Ties: actors are linked. One that owns may say how large its share is; any other has no numbers."""

from typing import Annotated

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cases import vocabularies
from cases.vocabularies import Part
from sources.json_fields import DecimalText, NonEmpty, words
from sources.numbers import DecimalTextField, display
from sources.vocabularies import Vocabulary

from .base import Detail, DetailDocument, DetailedKind


class Holding(Vocabulary):
    """Whether somebody owns in their own name or through others."""

    DIRECT = "direct", "in their own name", _("held directly")
    INDIRECT = "indirect", "through others", _("held through others")


class Tie(Detail):
    """The share that an owner has, as far as the source states it."""

    percent = DecimalTextField(_("share in percent"))
    holding = models.CharField(_("how it is held"), max_length=10, blank=True, choices=Holding)
    as_stated = models.CharField(_("as stated"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        constraints = [
            models.CheckConstraint(
                condition=Q(holding__in=["", *Holding.values]),
                name="tie_holding_is_known",
                violation_error_message=_("A share is held directly or through others."),
            ),
            models.CheckConstraint(
                condition=~Q(percent="", holding=""),
                name="tie_share_says_something",
                violation_error_message=_("Say how large the share is, or how it is held."),
            ),
            models.CheckConstraint(
                condition=Q(percent="") | ~Q(as_stated=""),
                name="tie_number_as_stated",
                violation_error_message=_("Beside a number stands what the source wrote."),
            ),
        ]


class TieDetail(DetailDocument, frozen=True, kw_only=True):
    """The share that an owner has."""

    percent: DecimalText | None
    holding: Annotated[str, words(Holding)] | None
    as_stated: NonEmpty | None

    def summary(self, language: str) -> str:
        """Return the share in percent, and how it is held."""
        with override(language):
            held = next((str(word.label) for word in Holding if word.value == self.holding), self.holding)
        return ", ".join(filter(None, (f"{display(self.percent, language)}%" if self.percent else "", held)))


TIE = DetailedKind(
    name="tie",
    rank=30,
    meaning="actors linked",
    label=_("tie"),
    title=_("Ties"),
    aspects=vocabularies.Tie,
    parts=(Part.HOLDER, Part.BODY, Part.OWNER, Part.OWNED, Part.RELATIVE),
    shows_aspect=True,
    dates_its_subject=True,
    model=Tie,
    document=TieDetail,
    form_title=_("share of an owner"),
    needs_numbers=False,
    disputable=("percent",),
    column_of_constraint={
        "tie_holding_is_known": "holding",
        "tie_share_says_something": "percent",
        "tie_number_as_stated": "as_stated",
    },
)
