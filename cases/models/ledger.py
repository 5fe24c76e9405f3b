"""The public record's ledger: revisions in one gapless order, and the bytes of each. Append-only by triggers."""

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.vocabularies import Action


class Revision(models.Model):
    """One published state of one subject or source. Holds no personal data: exactly the fields of the log's leaf."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    object_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=10, choices=Action)
    recorded_at = models.DateTimeField(help_text="Taken inside the ledger's lock; never goes back.")
    batch = models.PositiveBigIntegerField(help_text="The seq of the first revision of the same set.")
    commitment = models.CharField(max_length=64, unique=True, help_text="SHA-256 of salt and document, in hexadecimal.")
    into = models.UUIDField(null=True, help_text="The survivor of a merge.")
    cause = models.PositiveBigIntegerField(null=True, help_text="The seq whose changed title made this one necessary.")
    redacts = models.PositiveBigIntegerField(null=True, help_text="The seq whose body this one erased.")

    class Meta:
        ordering = ["seq"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(fields=["object_id", "version"], name="revision_version_once"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="revision_seq_starts_at_one"),
            models.CheckConstraint(condition=Q(action__in=Action.values), name="revision_action_is_known"),
        ]
        indexes = [
            models.Index(fields=["object_id", "seq"], name="revision_of_object"),
            models.Index(fields=["recorded_at"], name="revision_recorded_at"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.kind} {self.object_id} v{self.version}"


class RevisionBody(models.Model):
    """The salt and the document of a revision. Deleted only when a later `redact` revision names it."""

    revision = models.OneToOneField(Revision, models.PROTECT, primary_key=True, related_name="body")
    salt = models.CharField(max_length=32, help_text="16 random bytes, in hexadecimal.")
    document = models.TextField(help_text="Canonical JSON (RFC 8785).")

    class Meta:
        verbose_name = _("body of a revision")
        verbose_name_plural = _("bodies of revisions")

    def __str__(self) -> str:
        return str(self.revision_id)

    @property
    def commitment(self) -> str:
        return commitment(self.salt, self.document)


class Publication(models.Model):
    """Who published a revision and who reviewed it. Private: it is served nowhere."""

    revision = models.OneToOneField(Revision, models.PROTECT, primary_key=True, related_name="publication")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.revision_id)


class RetiredSlug(models.Model):
    """The mark of a slug that was erased and is never used again, under a key outside the database. Private.

    Nobody who holds the database alone can test a list of names against it (see cases.publication.retired_slugs).
    """

    digest = models.CharField(primary_key=True, max_length=64, help_text="HMAC-SHA-256 of kind and slug.")

    def __str__(self) -> str:
        return self.digest


def commitment(salt: str, document: str) -> str:
    """Return the SHA-256 over the salt's bytes and the document's, in hexadecimal."""
    return hashlib.sha256(bytes.fromhex(salt) + document.encode()).hexdigest()
