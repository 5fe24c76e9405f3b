"""Legal stages: a step of a proceeding, dated by its claim."""

from typing import Annotated

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.vocabularies import Part
from sources.json_fields import NonEmpty, words
from sources.vocabularies import Vocabulary

from .base import Detail, DetailDocument, DetailedKind


class StageWord(Vocabulary):
    """A step of a proceeding, in the terms of Indonesian criminal procedure."""

    REPORT = "report", "laporan", pgettext_lazy("stage", "report")
    INQUIRY = "inquiry", "penyelidikan", _("inquiry")
    INVESTIGATION = "investigation", "penyidikan", _("investigation")
    NAMED_SUSPECT = "named_suspect", "penetapan tersangka", _("named suspect")
    DETAINED = "detained", "penahanan", _("detained")
    RELEASED = "released", "dilepas dari tahanan", _("released")
    PRETRIAL = "pretrial", "praperadilan", _("pretrial review")
    TERMINATED = "terminated", "SP3", _("investigation terminated")
    NOT_A_SUSPECT = "not_a_suspect", "dinyatakan bukan tersangka", _("not a suspect")
    CHARGED = "charged", "dakwaan: terdakwa", _("charged")
    SENTENCE_DEMANDED = "sentence_demanded", "tuntutan", _("sentence demanded")
    VERDICT = "verdict", "putusan tingkat pertama", _("verdict")
    APPEAL = "appeal", "putusan banding", _("appeal")
    CASSATION = "cassation", "putusan kasasi", _("cassation")
    REVIEW = "review", "putusan peninjauan kembali", _("review")
    FINAL = "final", "berkekuatan hukum tetap (inkracht)", _("final")


RULINGS = tuple(map(StageWord, ("verdict", "appeal", "cassation", "review", "final", "pretrial")))


class Outcome(Vocabulary):
    CONVICTED = "convicted", "terpidana", _("convicted")
    ACQUITTED = "acquitted", "bebas", _("acquitted")
    DISCHARGED = "discharged", "lepas dari segala tuntutan", _("discharged")
    UPHELD = "upheld", "menguatkan", _("upheld")
    CHANGED = "changed", "mengubah", _("changed")
    ANNULLED = "annulled", "membatalkan", _("annulled")


class Stage(Detail):
    """A step of a proceeding, dated by its claim."""

    stage = models.CharField(_("stage"), max_length=20, choices=StageWord)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True, choices=Outcome)
    charge = models.CharField(_("charge"), max_length=300, blank=True)
    case_number = models.CharField(_("case number"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("legal stage")
        verbose_name_plural = _("legal stages")
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=StageWord.values) & (Q(outcome="") | Q(outcome__in=Outcome.values)),
                name="stage_words_are_known",
                violation_error_message=_("This is not a stage or outcome that we know."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(stage__in=[word.value for word in RULINGS]),
                name="stage_outcome_belongs_to_a_ruling",
                violation_error_message=_("Only a ruling has an outcome."),
            ),
        ]


class StageDetail(DetailDocument, frozen=True, kw_only=True):
    """A step of a proceeding."""

    stage: Annotated[str, words(StageWord)]
    outcome: Annotated[str, words(Outcome)] | None
    charge: NonEmpty | None
    case_number: NonEmpty | None

    def told(self, language: str) -> str:
        """Return the step and its outcome if it has one."""
        fields = {field.name: field.text(self, language) for field in STAGE.fields}
        return ": ".join(filter(None, (fields["stage"], fields["outcome"])))

    def summary(self, language: str) -> str:
        """Return the step, its outcome if it has one, and the charge."""
        return self.told(language) + (f" ({self.charge})" if self.charge else "")


STAGE = DetailedKind(
    name="stage",
    rank=10,
    meaning="a step of a proceeding",
    label=_("legal stage"),
    title=_("Steps of proceedings"),
    model=Stage,
    document=StageDetail,
    form_title=_("step of a proceeding"),
    parts=(Part.DEFENDANT, Part.AUTHORITY),
    column_of_constraint={"stage_outcome_belongs_to_a_ruling": "outcome", "stage_words_are_known": "stage"},
    dates_its_subject=True,
    is_dated=True,
    must_be_dated=True,
    linked_field="stage",
    null_in_codes=True,
)
