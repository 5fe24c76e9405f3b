"""Figures: a number about the matter or a place."""

from collections.abc import Iterator
from typing import Annotated

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from cases.vocabularies import Part
from sources.json_fields import DecimalText, LanguageMap, Text, words
from sources.numbers import DecimalTextField, display
from sources.vocabularies import Vocabulary

from .base import Detail, DetailDocument, DetailedKind, NumberReason
from .money import number_reason_column


class FigureNature(Vocabulary):
    COUNTED = "counted", "counted", _("counted")
    ESTIMATED = "estimated", "estimated", _("estimated")
    PROJECTED = "projected", "projected", _("projected")
    PLANNED = "planned", "planned", pgettext_lazy("figure", "planned")


class Bound(Vocabulary):
    EXACT = "exact", "the number itself", _("exactly")
    ABOUT = "about", "near the number", _("about")
    AT_LEAST = "at_least", "the number or more", _("at least")
    AT_MOST = "at_most", "the number or less", _("at most")
    RANGE = "range", "between two numbers", _("range")


class Figure(Detail):
    """A number about the matter or a place. Its period is the start and end of its claim."""

    indicator_id = models.CharField(_("indicator (Indonesian)"), max_length=200)
    indicator_en = models.CharField(_("indicator (English)"), max_length=200)
    value = DecimalTextField(_("value"))
    value_to = DecimalTextField(_("to"), help_text=_("The upper end of a range."))
    unit_id = models.CharField(_("unit (Indonesian)"), max_length=60)
    unit_en = models.CharField(_("unit (English)"), max_length=60)
    base_id = models.CharField(_("base (Indonesian)"), max_length=200, blank=True, help_text=_("Percent of what."))
    base_en = models.CharField(_("base (English)"), max_length=200, blank=True)
    nature = models.CharField(_("nature"), max_length=20, blank=True, choices=FigureNature)
    bound = models.CharField(_("bound"), max_length=10, choices=Bound, default=Bound.EXACT)
    as_stated = models.CharField(_("as stated"), max_length=200)
    number_reason = number_reason_column()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.CheckConstraint(
                condition=Q(number_reason__in=["", *NumberReason.values]),
                name="figure_number_reason_is_known",
                violation_error_message=_("This is not a reason for a number that we know."),
            ),
            models.CheckConstraint(
                condition=(Q(bound=Bound.RANGE) & ~Q(value_to="")) | (~Q(bound=Bound.RANGE) & Q(value_to="")),
                name="figure_range_has_two_ends",
                violation_error_message=_("A range has two ends; any other figure has one value."),
            ),
            models.CheckConstraint(
                condition=Q(bound__in=Bound.values) & (Q(nature="") | Q(nature__in=FigureNature.values)),
                name="figure_words_are_known",
                violation_error_message=_("This is not a nature or bound that we know."),
            ),
        ]


class FigureDetail(DetailDocument, frozen=True, kw_only=True):
    """A number, with what was counted and of what."""

    indicator: Text
    value: DecimalText | None
    value_to: DecimalText | None
    unit: LanguageMap | None
    base: LanguageMap | None
    nature: Annotated[str, words(FigureNature)] | None
    bound: Annotated[str, words(Bound)]
    as_stated: str
    number_reason: Annotated[str, words(NumberReason)] | None = None

    def questions(self, parts: set[str]) -> Iterator[str]:
        if not self.value:
            yield "value"

    def summary(self, language: str) -> str:
        """Return the number with its unit and what was counted."""
        unit = self.unit.choose(language) if self.unit else ""
        number = " – ".join(display(end, language) for end in (self.value, self.value_to) if end)
        if number and self.bound in (Bound.ABOUT, Bound.AT_LEAST, Bound.AT_MOST):
            with override(language):
                number = f"{Bound(self.bound).label} {number}"
        return f"{self.indicator.choose(language)}: {number} {unit}".rstrip(": ")


FIGURE = DetailedKind(
    name="figure",
    rank=50,
    meaning="a number about the matter or a place",
    label=_("figure"),
    title=_("Figures"),
    model=Figure,
    document=FigureDetail,
    form_title=_("numbers of a figure"),
    parts=(Part.MEASURER, Part.NAMED),
    map_labels={"indicator": _("indicator"), "unit": pgettext_lazy("number", "unit"), "base": _("base")},
    disputable=("value",),
    column_of_constraint={
        "figure_number_reason_is_known": "number_reason",
        "figure_range_has_two_ends": "value_to",
        "figure_words_are_known": "bound",
    },
    is_dated=True,
    omitted_first=("indicator", "base"),
    null_in_codes=True,
)
