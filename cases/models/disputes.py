"""What disagrees, what is not known, and what those concerned reply. Our own voice lives only in the first two."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.claim_kinds import property_label
from cases.vocabularies import ASKED_BY_US, EVIDENCED, ConflictKind, NotAskedBecause, ReplyState, UnknownReason
from sources.dates import PartialDateField
from sources.derived_ids import DerivedId
from sources.models import Excerpt

from .claims import Claim
from .subjects import Actor, Subject


def validate_property(name: str) -> None:
    """Accept a part or property of the closed lists, perhaps dotted: `transfer.kind`."""
    try:
        property_label(name)
    except KeyError:
        raise ValidationError(_("“%(name)s” is not a property that we know."), params={"name": name}) from None


class Conflict(DerivedId):
    """What disagrees, at one field. The field in dispute is empty in the claim."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="conflicts", verbose_name=_("subject"))
    key = models.SlugField(_("key"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=30, choices=ConflictKind)
    claim = models.ForeignKey(
        Claim, models.CASCADE, null=True, blank=True, related_name="conflicts", verbose_name=_("claim")
    )
    property = models.CharField(
        _("property"),
        max_length=60,
        validators=[validate_property],
        help_text=_("The field in dispute, e.g. transfer.kind."),
    )
    explanation_id = models.CharField(_("explanation (Indonesian)"), max_length=500)
    explanation_en = models.CharField(_("explanation (English)"), max_length=500)

    class Meta:
        ordering = ["subject", "position", "key"]
        verbose_name = _("conflict")
        verbose_name_plural = _("conflicts")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key"],
                name="conflict_key_once",
                violation_error_message=_("This subject has a conflict with this key already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ConflictKind.values),
                name="conflict_kind_is_known",
                violation_error_message=_("This is not a kind of conflict that we know."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.property}: {self.get_kind_display()}"

    def owner_and_name(self) -> tuple[uuid.UUID, str]:
        return self.subject_id, f"conflicts/{self.key}"


class ConflictSide(models.Model):
    """One of the values that disagree, with the words that say it."""

    conflict = models.ForeignKey(Conflict, models.CASCADE, related_name="sides")
    position = models.PositiveSmallIntegerField(default=0)
    value = models.CharField(
        _("value"), max_length=200, help_text=_("As the field would hold it: a date, number or word.")
    )
    reading_id = models.CharField(
        _("how it reads (Indonesian)"),
        max_length=200,
        blank=True,
        help_text=_("What readers see instead of the value: “teks Indonesia: …”."),
    )
    reading_en = models.CharField(_("how it reads (English)"), max_length=200, blank=True)
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="sides", verbose_name=_("excerpt"))

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("side of a conflict")
        verbose_name_plural = _("sides of a conflict")

    def __str__(self) -> str:
        return self.value


class Unknown(models.Model):
    """What a reader will ask and we cannot say, with the reason. Never zero, never left out."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="unknowns", verbose_name=_("subject"))
    claim = models.ForeignKey(
        Claim, models.CASCADE, null=True, blank=True, related_name="unknowns", verbose_name=_("claim")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    property = models.CharField(
        _("property"),
        max_length=60,
        validators=[validate_property],
        help_text=_("A field or part, e.g. payer, currency, date."),
    )
    reason = models.CharField(_("reason"), max_length=30, choices=UnknownReason)
    note_id = models.CharField(
        _("what exactly (Indonesian)"),
        max_length=200,
        blank=True,
        help_text=_("Only when the property alone is unclear."),
    )
    note_en = models.CharField(_("what exactly (English)"), max_length=200, blank=True)
    excerpt = models.ForeignKey(
        Excerpt,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unknowns",
        verbose_name=_("excerpt"),
        help_text=_("The words that say so: that it was refused, that nobody answered, that there is none."),
    )
    searched_on = PartialDateField(_("searched on"), help_text=_("When we looked; where stands in “what exactly”."))

    class Meta:
        ordering = ["subject", "position", "id"]
        verbose_name = _("unknown")
        verbose_name_plural = _("unknowns")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "property"],
                name="unknown_of_claim_once",
                violation_error_message=_("This is noted as unknown already."),
            ),
            models.UniqueConstraint(
                fields=["subject", "property"],
                condition=Q(claim__isnull=True),
                name="unknown_of_subject_once",
                violation_error_message=_("This is noted as unknown already."),
            ),
            models.CheckConstraint(
                condition=Q(reason__in=UnknownReason.values),
                name="unknown_reason_is_known",
                violation_error_message=_("This is not a reason that we know."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=UnknownReason.SEARCHED_NOT_FOUND)
                | (~Q(searched_on="") & ~Q(note_id="") & ~Q(note_en="")),
                name="unknown_search_says_where_and_when",
                violation_error_message=_("Say where we looked, and when."),
            ),
            models.CheckConstraint(
                condition=~Q(reason__in=[reason.value for reason in EVIDENCED]) | Q(excerpt__isnull=False),
                name="unknown_reason_has_its_words",
                violation_error_message=_("This reason needs the words that say so."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.property}: {self.get_reason_display()}"


class Response(DerivedId):
    """The right of reply: who was asked, by us or by the source, and what came back, with the words of it."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="responses", verbose_name=_("subject"))
    key = models.SlugField(_("key"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    who = models.ForeignKey(Actor, models.PROTECT, related_name="replies", verbose_name=_("who"))
    state = models.CharField(_("state of the reply"), max_length=20, choices=ReplyState)
    not_asked_because = models.CharField(
        _("why not asked"), max_length=30, blank=True, choices=NotAskedBecause, help_text=_("Only when not asked.")
    )
    asked = PartialDateField(_("asked"))
    deadline = PartialDateField(_("to be answered by"))
    answered = PartialDateField(_("answered"))
    denies = models.BooleanField(_("denies it"), default=False, help_text=_("The answer denies what the claims say."))
    note_id = models.CharField(
        _("what the source tells of it (Indonesian)"),
        max_length=300,
        blank=True,
        help_text=_("When the source asked: what it says of the answer, in one sentence."),
    )
    note_en = models.CharField(_("what the source tells of it (English)"), max_length=300, blank=True)
    claims = models.ManyToManyField(Claim, related_name="responses", verbose_name=_("claims"), blank=True)
    excerpts = models.ManyToManyField(Excerpt, related_name="responses", verbose_name=_("excerpts"), blank=True)

    class Meta:
        ordering = ["subject", "position", "key"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key"],
                name="response_key_once",
                violation_error_message=_("This subject has a response with this key already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReplyState.values),
                name="response_state_is_known",
                violation_error_message=_("This is not a state of a reply that we know."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in ASKED_BY_US]) | ~Q(asked="") | ~Q(answered=""),
                name="response_is_dated",
                violation_error_message=_("Say when we asked, or when the answer came."),
            ),
            models.CheckConstraint(
                condition=Q(state=ReplyState.ANSWERED) | Q(answered="", denies=False),
                name="response_only_an_answer_is_answered",
                violation_error_message=_("Only an answer has a day, and only an answer can deny."),
            ),
            models.CheckConstraint(
                condition=Q(not_asked_because="")
                | Q(state=ReplyState.NOT_ASKED, not_asked_because__in=NotAskedBecause.values),
                name="response_not_asked_because",
                violation_error_message=_("Only who was not asked has a reason for it, from the list."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReplyState.ASKED_BY_SOURCE) | (~Q(note_id="") & ~Q(note_en="")),
                name="response_source_tells_of_it",
                violation_error_message=_("Say what the source tells of the answer, in both languages."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.get_state_display()}"

    def owner_and_name(self) -> tuple[uuid.UUID, str]:
        return self.subject_id, f"responses/{self.key}"
