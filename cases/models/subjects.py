"""What a claim is about. Five kinds that share one table of ids, slugs and titles; save the child, never the base."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.vocabularies import ActorKind, AliasKind, IdentifierScheme, PlaceKind, SubjectKind, SystemKind, topics
from sources.models import Excerpt


def validate_topics(codes: Iterable[object]) -> None:
    """Demand that every code stands in the closed list."""
    if unknown := [str(code) for code in codes if code not in topics()]:
        raise ValidationError(_("Not in the list of topics: %(codes)s."), params={"codes": ", ".join(unknown)})


class Subject(models.Model):
    """The base of the five kinds. It has no free-text summary: nothing is published that is not a claim."""

    KIND: ClassVar[SubjectKind]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=SubjectKind, editable=False)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        help_text=_("Names the matter, never the offence. Fixed at first publication."),
    )
    title_id = models.CharField(
        _("title (Indonesian)"), max_length=200, help_text=_("Names the matter, never the offence.")
    )
    title_en = models.CharField(_("title (English)"), max_length=200)
    places: "models.ManyToManyField[Place, Any]" = models.ManyToManyField(
        "Place", verbose_name=_("places"), blank=True, related_name="subjects_there"
    )
    topics = models.JSONField(_("topics"), default=list, blank=True, validators=[validate_topics])

    class Meta:
        ordering = ["kind", "title_id"]
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="subject_slug_once",
                violation_error_message=_("Another subject of this kind has this slug."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SubjectKind.values),
                name="subject_kind_is_known",
                violation_error_message=_("A subject is a case, collaboration, actor, system or place."),
            ),
            models.CheckConstraint(
                condition=~Q(title_id="") & ~Q(title_en=""),
                name="subject_has_titles",
                violation_error_message=_("A subject has a title in both languages."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if (get_language() or "").startswith("en") else self.title_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.KIND
        super().save(*args, **kwargs)

    @property
    def specific(self) -> "Subject":
        """Return this subject as its own kind."""
        own: Subject = self if type(self) is not Subject else getattr(self, self.kind)
        return own


class Case(Subject):
    """Something that went wrong, or is said to have."""

    KIND = SubjectKind.CASE

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")


class Collaboration(Subject):
    """A public body working with partners. Not a case: nothing wrong is said to have happened."""

    KIND = SubjectKind.COLLABORATION

    class Meta:
        verbose_name = _("collaboration")
        verbose_name_plural = _("collaborations")


class Actor(Subject):
    """A person in a public role, a company, a public body, a group. Private individuals are never actors."""

    KIND = SubjectKind.ACTOR

    actor_kind = models.CharField(_("kind of actor"), max_length=30, choices=ActorKind)

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        constraints = [
            models.CheckConstraint(
                condition=Q(actor_kind__in=ActorKind.values),
                name="actor_kind_is_known",
                violation_error_message=_("This is not a kind of actor that we know."),
            )
        ]


class System(Subject):
    """An application, platform, programme, sensor network, command centre or infrastructure."""

    KIND = SubjectKind.SYSTEM

    system_kind = models.CharField(_("kind of system"), max_length=30, choices=SystemKind)

    class Meta:
        verbose_name = _("system")
        verbose_name_plural = _("systems")
        constraints = [
            models.CheckConstraint(
                condition=Q(system_kind__in=SystemKind.values),
                name="system_kind_is_known",
                violation_error_message=_("This is not a kind of system that we know."),
            )
        ]


class Place(Subject):
    """An administrative area or a neighbourhood, with the codes of the Ministry of Home Affairs where it has one."""

    KIND = SubjectKind.PLACE

    place_kind = models.CharField(_("kind of place"), max_length=30, choices=PlaceKind)
    code = models.CharField(_("Kemendagri code"), max_length=13, blank=True)
    iso = models.CharField(_("ISO 3166 code"), max_length=6, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("lies in")
    )

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=Q(place_kind__in=PlaceKind.values),
                name="place_kind_is_known",
                violation_error_message=_("This is not a kind of place that we know."),
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="place_code_once",
                violation_error_message=_("Another place has this code."),
            ),
        ]


class Alias(models.Model):
    """Another name of a subject, with the words that show it."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="aliases")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=AliasKind)
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="shows_alias", verbose_name=_("excerpt"))

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "name"],
                name="alias_once",
                violation_error_message=_("This subject has this alias already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AliasKind.values),
                name="alias_kind_is_known",
                violation_error_message=_("This is not a kind of alias that we know."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


# How a number of some schemes is written; in the others nothing may look like a NIK, NPWP or passport number
IDENTIFIER_FORMS = {"nib": r"^[0-9]{13}$", "lei": r"^[A-Z0-9]{18}[0-9]{2}$", "wikidata": r"^Q[1-9][0-9]*$"}
NO_SUCH_SCHEME = _("This is no scheme that we keep; NIK, NPWP and passports are never recorded.")
NUMBER_OF_A_PERSON = r"^(([0-9][-. ]?){14,15}[0-9]|[A-Z]{1,2} ?[0-9]{6,7})$"


def _identifier_has_its_form() -> Q:
    """Return the condition that a number has the form of its scheme, and never that of a person's papers."""
    fits = ~Q(scheme__in=list(IDENTIFIER_FORMS)) & ~Q(value__regex=NUMBER_OF_A_PERSON)
    for scheme, form in IDENTIFIER_FORMS.items():
        fits |= Q(scheme=scheme, value__regex=form)
    return fits


class Identifier(models.Model):
    """What a register or list calls a subject, with the words that show it. Never a number of a person's papers."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="identifiers")
    position = models.PositiveSmallIntegerField(default=0)
    scheme = models.CharField(
        _("scheme"), max_length=20, choices=IdentifierScheme, error_messages={"invalid_choice": NO_SUCH_SCHEME}
    )
    value = models.CharField(_("identifier"), max_length=42, help_text=_("As the register writes it."))
    excerpt = models.ForeignKey(Excerpt, models.PROTECT, related_name="shows_identifier", verbose_name=_("excerpt"))

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "scheme", "value"],
                name="identifier_once",
                violation_error_message=_("This subject has this identifier already."),
            ),
            models.CheckConstraint(
                condition=Q(scheme__in=IdentifierScheme.values),
                name="identifier_scheme_is_known",
                violation_error_message=NO_SUCH_SCHEME,
            ),
            models.CheckConstraint(
                condition=_identifier_has_its_form(),
                name="identifier_has_its_form",
                violation_error_message=_(
                    "This is not how such a number is written, or it is a NIK, NPWP or passport number: these are "
                    "never recorded."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
