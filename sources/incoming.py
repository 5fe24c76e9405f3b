"""A file that was brought in and is no capture yet. Part of `sources.models`."""

import uuid
from collections.abc import Iterator

import msgspec
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .intake.extracted import Extracted


class IncomingFile(models.Model):
    """What somebody put on the table: the bytes, how far reading them is, and what was read. Gone once it is kept."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be read")
        EXTRACTING = "extracting", _("being read")
        READY = "ready", _("read: look at it and keep it")
        FAILED = "failed", _("cannot be read")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.CharField(max_length=40, unique=True)
    file_name = models.CharField(_("file name"), max_length=200)
    file_sha256 = models.CharField(max_length=64, db_index=True)
    file_size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("media type"), max_length=100)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    failure = models.TextField(blank=True)
    # All readings, as JSON of `Extracted`
    readings = models.BinaryField(default=b"", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    brought_at = models.DateTimeField(_("brought in"), auto_now_add=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)

    class Meta:
        ordering = ["brought_at", "id"]
        verbose_name = _("file brought in")
        verbose_name_plural = _("files brought in")
        indexes = [models.Index(fields=["state", "brought_at"], name="incoming_by_state")]

    def __str__(self) -> str:
        return self.file_name

    def extracted(self) -> tuple[Extracted, ...]:
        """Return the readings to choose from; none before it is ready."""
        return msgspec.json.decode(self.readings, type=tuple[Extracted, ...]) if self.readings else ()

    def texts(self) -> Iterator[str]:
        """Yield every text that is kept of it: its name, its readings, and what it says of itself."""
        yield self.file_name
        for reading in self.extracted():
            yield from (reading.text, *reading.metadata.values())
