"""Where somebody stopped reading a copy at the desk, and what they wrote down last."""

from django.conf import settings
from django.db import models

from sources.models import Capture

from .claims import Claim


class ReadingPlace(models.Model):
    """The place of one person in one copy: the desk opens it there again. It holds no words."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    capture = models.ForeignKey(Capture, models.CASCADE, related_name="+")
    page = models.PositiveIntegerField(default=1)
    pages_read = models.JSONField(default=list, blank=True)
    last_claim = models.ForeignKey(
        Claim,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Its subject, speaker and places are proposed for the next one.",
    )
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "capture"], name="readingplace_one_of_a_copy")]

    def __str__(self) -> str:
        return f"{self.capture_id} p. {self.page}"
