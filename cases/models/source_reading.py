"""How we read a source: who speaks in which section of it, and who is meant by a name that it uses.

Both are editorial acts. They stand in the dossier of the source, and so in its history; no document holds them.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.vocabularies import NOT_OF_THE_SOURCE, SectionRole
from sources.dates import PartialDateField
from sources.models import Capture, Excerpt, Source

from .subjects import Actor, Subject

MAX_TITLE_CHARS = 200


class SourceSection(models.Model):
    """A stretch of a copy in which one speaks. It runs from its first word to the next section, or to the end."""

    capture = models.ForeignKey(Capture, models.CASCADE, related_name="sections", verbose_name=_("capture"))
    start = models.PositiveIntegerField(_("start"))
    title = models.CharField(
        _("begins with"),
        max_length=MAX_TITLE_CHARS,
        blank=True,
        help_text=_("The words with which it begins, as the text has them: its heading, best."),
    )
    role = models.CharField(_("what it is"), max_length=20, choices=SectionRole)
    said_by_actor = models.ForeignKey(
        Actor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="speaks_in_sections",
        verbose_name=_("who speaks (actor)"),
    )
    said_by_source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="speaks_in_sections",
        verbose_name=_("who speaks (source)"),
    )
    speaker_id = models.CharField(
        _("who speaks (described, Indonesian)"),
        max_length=200,
        blank=True,
        help_text=_("A role, for a speaker who has no page: “seorang warga”."),
    )
    speaker_en = models.CharField(_("who speaks (described, English)"), max_length=200, blank=True)
    stated_on = PartialDateField(
        _("said on"), help_text=_("When it was said, if not when the source appeared: the day of the demand, say.")
    )

    class Meta:
        ordering = ["start"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(
                fields=["capture", "start"],
                name="source_section_start_once",
                violation_error_message=_("Another section begins there already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=SectionRole.values),
                name="source_section_role_is_known",
                violation_error_message=_("This is not a kind of section that we know."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(said_by_actor__isnull=True, speaker_id="", speaker_en="")
                    | Q(said_by_source__isnull=True, speaker_id="", speaker_en="")
                    | (
                        Q(said_by_actor__isnull=True, said_by_source__isnull=True)
                        & ~Q(speaker_id="")
                        & ~Q(speaker_en="")
                    )
                ),
                name="source_section_has_one_speaker",
                violation_error_message=_(
                    "One speaks there, or nobody is set: an actor, a source, or a speaker described in both languages."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(role__in=NOT_OF_THE_SOURCE) | Q(said_by_source__isnull=True),
                name="source_section_beside_is_not_the_source",
                violation_error_message=_("Comments and words beside the text are said by no source."),
            ),
        ]

    def __str__(self) -> str:
        label = str(self.get_role_display())
        return f"{label}: {' '.join(self.title.split())}" if self.title else label


class SourceName(models.Model):
    """Whom a source means by a name, initials or a role: “Terdakwa”, “BW”. We join them, so we say what shows it."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="names", verbose_name=_("source"))
    words = models.CharField(
        _("words of the source"), max_length=200, help_text=_("A name, initials or a role, as this source writes it.")
    )
    who = models.ForeignKey(Subject, models.PROTECT, related_name="names_in_sources", verbose_name=_("who is meant"))
    excerpt = models.ForeignKey(
        Excerpt,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="shows_source_name",
        verbose_name=_("excerpt"),
        help_text=_("Words that say so: of this source, or of another that joins the two names."),
    )
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Without such words: how we know it. For the desk only.")
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("name in a source")
        verbose_name_plural = _("names in a source")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "words"],
                name="source_name_once",
                violation_error_message=_("It is said already who is meant by these words."),
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="source_name_has_words",
                violation_error_message=_("A name in a source is words that stand in it."),
            ),
            models.CheckConstraint(
                condition=Q(excerpt__isnull=False) | ~Q(reason=""),
                name="source_name_is_shown",
                violation_error_message=_(
                    "Who is meant is for the source to say: choose the words that show it, or give a reason."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"“{self.words}” = {self.who}"


def section_at(capture: Capture, offset: int) -> SourceSection | None:
    """Return the section in which an offset of a copy lies; None before the first one."""
    sections = SourceSection.objects.select_related("said_by_actor", "said_by_source")
    return sections.filter(capture=capture, start__lte=offset).order_by("-start").first()


def names_of(source: Source) -> list[SourceName]:
    """Return who is meant by which words of a source."""
    return list(source.names.select_related("who"))
