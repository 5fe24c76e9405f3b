"""Claims: one fact of one subject each, with who says it, who stands in it, and the words that carry it."""

import uuid
from functools import reduce
from operator import and_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.claim_kinds import ASPECTS, DETAILED, REGISTRY, ClaimKindName, Detail
from cases.vocabularies import Part, Relation, Standing
from sources.dates import PartialDate, PartialDateField
from sources.derived_ids import DerivedId
from sources.models import Excerpt, Source

from .record import RecordClaim
from .subjects import Actor, Place, Subject, validate_topics

ASPECT_CHOICES = sorted({choice for words in ASPECTS.values() for choice in words.choices})


def _aspect_fits_kind() -> Q:
    """Return the condition that a role, tie, finding or plan has an aspect of its own list; other kinds have none."""
    fits = Q(aspect="") & ~Q(kind__in=list(ASPECTS))
    for kind, words in ASPECTS.items():
        fits |= Q(kind=kind, aspect__in=words.values)
    return fits


def _dated_where_it_must_be() -> Q:
    """Return the condition that a claim of some kinds (a legal stage) has a date."""
    return reduce(and_, [~Q(kind=kind.name) | ~Q(start="") for kind in REGISTRY.values() if kind.must_be_dated])


class Claim(DerivedId):
    """One fact of one subject, said by exactly one speaker, carried by at least one excerpt."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="claims", verbose_name=_("subject"))
    key = models.SlugField(_("key"), max_length=100, help_text=_("A short name, unique within the subject."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    lead = models.PositiveSmallIntegerField(
        _("place in the lead"),
        null=True,
        blank=True,
        help_text=_("1, 2, 3 … when the claim belongs to the summary."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=ClaimKindName,
        help_text=_("The first that fits, from the top of the list."),
    )
    aspect = models.CharField(
        _("aspect"),
        max_length=30,
        blank=True,
        choices=ASPECT_CHOICES,
        help_text=_("Of a role, tie, finding or plan; empty otherwise."),
    )
    standing = models.CharField(
        _("standing"),
        max_length=20,
        choices=Standing,
        help_text=_("One source, two strengths: the weaker stands."),
    )
    statement_id = models.CharField(
        _("statement (Indonesian)"),
        max_length=500,
        blank=True,
        help_text=_("One plain sentence that says no more than its excerpts. The other language may follow later."),
    )
    statement_en = models.CharField(_("statement (English)"), max_length=500, blank=True)
    stale_language = models.CharField(
        _("language to be checked"),
        max_length=2,
        blank=True,
        choices=[("id", _("Indonesian")), ("en", _("English"))],
        help_text=_("Set when only the other language was changed. Empty it once both say the same again."),
    )
    statement_is_proposed = models.BooleanField(
        _("proposed sentence"),
        default=False,
        help_text=_("The software put the statement together, and nobody has changed or confirmed it yet."),
    )
    said_by_actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="says", verbose_name=_("said by (actor)")
    )
    said_by_source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="says", verbose_name=_("said by (source)")
    )
    speaker_id = models.CharField(
        _("said by (described, Indonesian)"),
        max_length=200,
        blank=True,
        help_text=_("A role, for a speaker who has no page: “seorang warga”."),
    )
    speaker_en = models.CharField(_("said by (described, English)"), max_length=200, blank=True)
    places = models.ManyToManyField(Place, verbose_name=_("places"), blank=True, related_name="claims_there")
    topics = models.JSONField(_("topics"), default=list, blank=True, validators=[validate_topics])
    start = PartialDateField(_("start"))
    end = PartialDateField(_("end"))
    date_as_stated = models.CharField(_("date as stated"), max_length=200, blank=True)
    ongoing_when_written = models.BooleanField(_("ongoing when written"), default=False)

    class Meta:
        ordering = ["subject", "position", "key"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key"],
                name="claim_key_once",
                violation_error_message=_("This subject has a claim with this key already."),
            ),
            models.UniqueConstraint(
                fields=["subject", "lead"],
                name="claim_lead_once",
                violation_error_message=_("Another claim stands at this place of the lead."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(REGISTRY)),
                name="claim_kind_is_known",
                violation_error_message=_("This is not a kind of claim that we know."),
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values),
                name="claim_standing_is_known",
                violation_error_message=_("A standing is potential, alleged, stated or decided."),
            ),
            models.CheckConstraint(
                condition=_aspect_fits_kind(),
                name="claim_aspect_fits_kind",
                violation_error_message=_(
                    "A role, tie, finding or plan needs an aspect of its own list; other kinds have none."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(said_by_actor__isnull=False, said_by_source__isnull=True, speaker_id="", speaker_en="")
                    | Q(said_by_actor__isnull=True, said_by_source__isnull=False, speaker_id="", speaker_en="")
                    | (
                        Q(said_by_actor__isnull=True, said_by_source__isnull=True)
                        & ~Q(speaker_id="")
                        & ~Q(speaker_en="")
                    )
                ),
                name="claim_has_one_speaker",
                violation_error_message=_(
                    "Exactly one says it: an actor, a source, or a speaker described in both languages."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(statement_id="") | ~Q(statement_en=""),
                name="claim_has_a_statement",
                violation_error_message=_("A claim is one sentence, in Indonesian or English, best in both."),
            ),
            models.CheckConstraint(
                condition=_dated_where_it_must_be(),
                name="claim_stage_is_dated",
                violation_error_message=_("A legal stage needs its date."),
            ),
        ]

    def __str__(self) -> str:
        is_english = (get_language() or "").startswith("en")
        return (self.statement_en or self.statement_id) if is_english else (self.statement_id or self.statement_en)

    def clean(self) -> None:
        try:
            start, end = PartialDate.parse(self.start), PartialDate.parse(self.end)
        except ValueError:
            return  # one is empty, or its own field says what is wrong
        if start.first_day > end.last_day:
            raise ValidationError({"end": _("It cannot end before it starts.")})

    def owner_and_name(self) -> tuple[uuid.UUID, str]:
        return self.subject_id, self.key

    def is_taken(self, key: uuid.UUID) -> bool:
        """Return whether a claim has this id, or had it in public: what was read there is never another fact."""
        return super().is_taken(key) or RecordClaim.objects.filter(object_id=key).exists()

    @property
    def detail(self) -> Detail | None:
        """Return the row with the numbers of this claim, if its kind has one."""
        return getattr(self, str(self.kind), None) if self.kind in DETAILED else None


class Relay(models.Model):
    """A work between the speaker and us, nearest to the speaker first."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="relays")
    position = models.PositiveSmallIntegerField(default=0)
    source = models.ForeignKey(Source, models.PROTECT, related_name="relays", verbose_name=_("source"))

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("relaying work")
        verbose_name_plural = _("relaying works")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "source"],
                name="relay_once",
                violation_error_message=_("This work relays the claim already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.source)


class Party(models.Model):
    """Who stands in a claim, and as what. Says nothing of any pair."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField(default=0)
    part = models.CharField(_("part"), max_length=20, choices=Part)
    who = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parties",
        verbose_name=_("who"),
        help_text=_("An actor; for “named”, any subject; empty when nobody is named."),
    )
    as_stated = models.CharField(
        _("as stated"),
        max_length=200,
        blank=True,
        help_text=_("The source's own words, e.g. “calon patron”."),
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.CheckConstraint(
                condition=Q(who__isnull=False) | ~Q(as_stated=""),
                name="party_is_somebody",
                violation_error_message=_("A party is an actor or the words that the source uses for it."),
            ),
            models.CheckConstraint(
                condition=Q(part__in=Part.values),
                name="party_part_is_known",
                violation_error_message=_("This is not a part that we know."),
            ),
            models.UniqueConstraint(
                fields=["claim", "part", "who"],
                name="party_once",
                violation_error_message=_("This party stands in the claim already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.who or self.as_stated}"

    def clean(self) -> None:
        if self.who and self.part != Part.NAMED and self.who.kind != "actor":
            raise ValidationError({"who": _("Only an actor can stand here; use “named” for other subjects.")})


class Citation(models.Model):
    """The excerpt that carries a claim, or helps to read it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="citations")
    position = models.PositiveSmallIntegerField(default=0)
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="citations", verbose_name=_("excerpt"))
    relation = models.CharField(_("relation"), max_length=10, choices=Relation, default=Relation.SUPPORTS)
    confirmed = models.CharField(
        _("confirmed for"),
        max_length=12,
        blank=True,
        help_text=_("The code that publication prints when a value changed and its excerpt did not."),
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "excerpt"],
                name="citation_once",
                violation_error_message=_("This excerpt is cited here already."),
            ),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values),
                name="citation_relation_is_known",
                violation_error_message=_("An excerpt supports a claim or is its context."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.excerpt)
