"""The record as readers query it: every version of every document, with the seq since and until it stood.

Pure functions of the documents in the ledger, without a foreign key into the working copy: `manage.py replay` rebuilds
all of it. `until_seq` is null for the current version. See cases.publication.projection for what fills each column.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from .fields import KeyField


class VersionedQuerySet(models.QuerySet[Any]):
    def current(self) -> Self:
        return self.filter(until_seq__isnull=True)

    def as_of(self, seq: int | None) -> Self:
        """Return the rows that were current after revision `seq`; None means now."""
        if seq is None:
            return self.current()
        return self.filter(Q(until_seq__isnull=True) | Q(until_seq__gt=seq), since_seq__lte=seq)


class Versioned(models.Model):
    since_seq = models.PositiveBigIntegerField()
    until_seq = models.PositiveBigIntegerField(null=True)

    objects = VersionedQuerySet.as_manager()

    class Meta:
        abstract = True


class Record(Versioned):
    """One version of one document. Its bytes are the RevisionBody of `since_seq`."""

    object_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    subkind = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    slug = KeyField(max_length=120)
    title_id = models.CharField(max_length=502)  # the title of a work, and two brackets when we gave it
    title_en = models.CharField(max_length=502)
    folded = models.TextField(help_text="Titles, aliases and authors, folded, for the plain filter.")
    sort_key = KeyField(max_length=500, help_text="The folded title.")
    start_key = KeyField(max_length=10)
    end_key = KeyField(max_length=10)
    card = models.TextField(help_text="JSON for lists, at most 1.5 kB.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_id"], condition=Q(until_seq__isnull=True), name="record_one_current_version"
            ),
            models.UniqueConstraint(
                fields=["kind", "slug"], condition=Q(until_seq__isnull=True), name="record_one_current_slug"
            ),
            models.UniqueConstraint(fields=["since_seq"], name="record_one_per_revision"),
        ]
        indexes = [
            models.Index(fields=["kind", "sort_key", "object_id"], name="record_list"),
            models.Index(fields=["object_id", "since_seq"], name="record_history"),
            models.Index(fields=["kind", "slug"], name="record_slug"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug} v{self.version}"


class RecordClaim(Versioned):
    """One claim of one version of a document."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="claims")
    object_id = models.UUIDField(help_text="The claim.")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    aspect = models.CharField(max_length=30)
    standing = models.CharField(max_length=20)
    is_of_money = models.BooleanField(default=False, help_text="Whether ranges of amounts compare it, or say that not.")
    currency = models.CharField(max_length=3)
    amount_hundredths = models.BigIntegerField(null=True)
    months_hundredths = models.BigIntegerField(null=True, help_text="The term of a penalty.")
    start_key = KeyField(max_length=10)
    end_key = KeyField(max_length=10)
    folded = models.TextField()
    sort_key = KeyField(max_length=500, help_text="Folded title of the subject, then the position of the claim.")
    card = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_id"],
                condition=Q(until_seq__isnull=True),
                name="recordclaim_one_current_version",
            )
        ]
        indexes = [
            models.Index(fields=["sort_key", "object_id"], name="recordclaim_list"),
            models.Index(fields=["object_id", "since_seq"], name="recordclaim_history"),
            models.Index(fields=["amount_hundredths"], name="recordclaim_amount"),
        ]

    def __str__(self) -> str:
        return str(self.object_id)


class RecordExcerpt(Versioned):
    """One excerpt as one version of a document holds it. The same excerpt may stand in several documents."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="excerpts")
    object_id = models.UUIDField(help_text="The excerpt.")
    source_id = models.UUIDField()
    folded = models.TextField()
    sort_key = KeyField(max_length=500, help_text="Slug of the source, then the offset.")
    card = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "object_id"], name="recordexcerpt_list"),
            models.Index(fields=["object_id", "since_seq"], name="recordexcerpt_history"),
            models.Index(fields=["source_id"], name="recordexcerpt_source"),
        ]

    def __str__(self) -> str:
        return str(self.object_id)


class RecordLink(Versioned):
    """What a version of a document points to: a subject, source, topic or excerpt, and as what.

    Claims also point to the families of what disagrees about them (part `conflict`), to what is said to be unknown
    (part `unknown`, by name), and to the word for what moved or which step was taken (`transfer:bribe`,
    `stage:verdict`, `penalty:fine`, `contract:award`; every side's word where sides differ). What disagrees or is
    unknown of the whole document stands without a claim.
    """

    record = models.ForeignKey(Record, models.CASCADE, related_name="links")
    claim_id = models.UUIDField(null=True, help_text="The claim in which it stands; null for the document itself.")
    part = models.CharField(max_length=20)
    target = models.CharField(max_length=60, help_text="An id, or the code of a topic.")

    class Meta:
        indexes = [
            models.Index(fields=["target", "part"], name="recordlink_target"),
            models.Index(fields=["claim_id", "part"], name="recordlink_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.target}"
