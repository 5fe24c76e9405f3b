"""Whether the words of an excerpt stand so on the page, and who looked. Part of `sources.models`."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .intake.doubts import Doubt
from .intake.media_types import IMAGES, PDF
from .intake.truth import Judgement, judge, load
from .quotes import Span

if TYPE_CHECKING:
    from .models import Capture, Excerpt


class PageCheck(models.Model):
    """What the page's geometry said of an excerpt when it was made, and who compared its words with the page."""

    class State(models.TextChoices):
        TRUE = "true", _("The words follow each other on the page.")
        DOUBTFUL = "doubtful", _("Whether the words follow each other on the page is doubtful.")
        STITCHED = "stitched", _("The words do not follow each other on the page.")

    excerpt = models.OneToOneField("Excerpt", models.CASCADE, related_name="page_check")
    state = models.CharField(_("state"), max_length=10, choices=State)
    # Words of `Doubt`
    doubts = models.JSONField(_("reasons"), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("compared with the page"), null=True, blank=True)

    class Meta:
        verbose_name = _("comparison with the page")
        verbose_name_plural = _("comparisons with the page")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["true", "doubtful", "stitched"]),
                name="page_check_state_is_known",
                violation_error_message=_("Words stand so on their page, do not, or it is doubtful."),
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(at__isnull=False),
                name="page_check_by_somebody_has_a_time",
                violation_error_message=_("Whoever compared the words with the page did so at some time."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.State(self.state).label)

    @property
    def reasons(self) -> list[str]:
        """Return why it is doubtful, as sentences in the language of who reads them."""
        return [str(Doubt(each).label) for each in self.doubts]

    @property
    def waits(self) -> bool:
        """Whether somebody must still compare the words with the page."""
        return self.state == self.State.DOUBTFUL and self.at is None

    def confirm(self, by: User) -> None:
        """Note that somebody compared the words with the page, unless somebody did before."""
        if self.waits:
            self.by, self.at = by, timezone.now()
        self.save()


def judgement_of(capture: "Capture", spans: Sequence[Span]) -> Judgement | None:
    """Return the judgement on words of a copy; None where it has no pages: typed or pasted words, a web page."""
    if not capture.extractor or capture.media_type not in (PDF, *IMAGES):
        return None
    if capture.layout is not None:
        return judge(load(bytes(capture.layout)), *spans)
    return Judgement("doubtful", (str(Doubt.MACHINE.label),), (), (Doubt.MACHINE,))


def check_of(excerpt: "Excerpt") -> PageCheck | None:
    """Return what is known of an excerpt, judged now and not saved if nobody did; None where it has no pages."""
    try:
        return excerpt.page_check
    except ObjectDoesNotExist:
        judgement = judgement_of(excerpt.capture, [(excerpt.start, excerpt.end)])
        return _made(excerpt, judgement) if judgement else None


def keep_judgement(parts: Iterable["Excerpt"], judgement: Judgement | None, by: User | None = None) -> None:
    """Keep the judgement on the parts of new words; `by` is who compared them with the page."""
    if judgement is None:
        return
    for part in parts:
        check = PageCheck.objects.filter(excerpt=part).first() or _made(part, judgement)
        if by is not None:
            check.confirm(by)
        elif check._state.adding:
            check.save()


def _made(excerpt: "Excerpt", judgement: Judgement) -> PageCheck:
    doubts = [str(each.value) for each in judgement.doubts]
    return PageCheck(excerpt=excerpt, state=judgement.state, doubts=doubts)
