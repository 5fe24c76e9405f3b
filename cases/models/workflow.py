"""The desk's own papers: drafts, requests to publish, and what readers send us. Never public by themselves."""

import secrets
import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.vocabularies import Action, WithdrawalReason
from sources.intake import files
from sources.json_fields import LanguageMap
from sources.models import Source, http_url

from .subjects import Subject

USER = settings.AUTH_USER_MODEL


class Draft(models.Model):
    """The whole dossier of a subject or source as it stood after one save or import: who changed what, when."""

    class Origin(models.TextChoices):
        SEED = "seed", _("seeded from a file")
        IMPORT = "import", _("imported")
        ADMIN = "admin", _("saved at the desk")

    object_kind = models.CharField(_("kind"), max_length=20)
    object_id = models.UUIDField()
    dossier = models.TextField(_("dossier"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False, help_text="Of the file it was read from.")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        indexes = [models.Index(fields=["object_id", "-id"], name="draft_of_object")]

    def __str__(self) -> str:
        return f"{self.object_kind} {self.at:%Y-%m-%d %H:%M}"


class UnsavedText(models.Model):
    """What somebody typed into a form of the desk and has not saved. Nobody else reads it."""

    MAX_AGE_DAYS = 14
    MAX_CHARS = 200_000

    by = models.ForeignKey(USER, models.CASCADE, related_name="+")
    path = models.CharField(max_length=300, help_text="The address of the form.")
    values = models.TextField(help_text="The posted fields, as JSON.")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "path"], name="unsavedtext_one_of_a_form")]

    def __str__(self) -> str:
        return f"{self.path} {self.at:%Y-%m-%d %H:%M}"


class PublicationRequest(models.Model):
    """A set that one person submits and another publishes or returns."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for a second person")
        PUBLISHED = "published", _("published")
        RETURNED = "returned", _("returned")

    reason_id = models.CharField(
        _("public reason (Indonesian)"),
        max_length=500,
        help_text=_("Readers see it beside the change. Name no one who has no page."),
    )
    reason_en = models.CharField(_("public reason (English)"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+", editable=False, verbose_name=_("submitted by"))
    at = models.DateTimeField(_("submitted at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        USER, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    answer = models.CharField(_("answer to the submitter"), max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("request to publish")
        verbose_name_plural = _("requests to publish")
        permissions = [("decide_publicationrequest", "Can publish or return what another person submitted")]

    def __str__(self) -> str:
        return self.reason_en if (get_language() or "").startswith("en") else self.reason_id

    @property
    def reason(self) -> LanguageMap:
        return LanguageMap(id=self.reason_id, en=self.reason_en)


class PublicationItem(models.Model):
    """One member of a set, and what is to happen to it."""

    request = models.ForeignKey(PublicationRequest, models.CASCADE, related_name="items")
    subject = models.ForeignKey(Subject, models.CASCADE, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="+")
    action = models.CharField(
        _("act"),
        max_length=10,
        choices=[(a.value, a.label) for a in (Action.PUBLISH, Action.WITHDRAW, Action.REINSTATE, Action.MERGE)],
        default=Action.PUBLISH,
    )
    withdrawal_reason = models.CharField(
        _("reason of the withdrawal"), max_length=30, blank=True, choices=WithdrawalReason
    )
    into = models.ForeignKey(
        Subject, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("becomes part of")
    )

    class Meta:
        verbose_name = _("member of the set")
        verbose_name_plural = _("members of the set")
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__isnull=False) ^ Q(source__isnull=False),
                name="publicationitem_is_one_thing",
                violation_error_message=_("A member of the set is a subject or a source."),
            ),
            models.CheckConstraint(
                condition=Q(action=Action.MERGE, into__isnull=False) | Q(~Q(action=Action.MERGE), into__isnull=True),
                name="publicationitem_merge_has_survivor",
                violation_error_message=_("A merge says what the subject becomes part of, and nothing else does."),
            ),
            models.UniqueConstraint(fields=["request", "subject"], name="publicationitem_subject_once"),
            models.UniqueConstraint(fields=["request", "source"], name="publicationitem_source_once"),
        ]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def item(self) -> Subject | Source:
        if self.subject is not None:
            return self.subject
        if self.source is not None:
            return self.source
        raise ValueError("A member of the set is a subject or a source.")


def random_number() -> str:
    """Return eight digits that can be said by telephone; the first is no zero, which many do not say."""
    return str(10_000_000 + secrets.randbelow(90_000_000))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def free_number(self) -> str:
        """Return a number that no submission has."""
        while self.filter(number=(number := random_number())).exists():
            pass
        return number

    def erase(self, **also: str) -> int:
        """Empty what readers sent, and whatever else is named; their files go once the transaction is through."""
        with transaction.atomic():
            names = list(self.exclude(file="").values_list("file", flat=True))
            emptied = dict.fromkeys(Submission.SENT_TEXTS, "") | {"file": ""} | also
            erased = self.update(**emptied, file_size=0, erased_at=timezone.now())
            for name in names:
                transaction.on_commit(lambda name=name: files.remove(name))  # type: ignore[misc]
        return erased


class Submission(models.Model):
    """What a reader sent. Working material, seen by curators only; its sender may read its state and our answer."""

    class Kind(models.TextChoices):
        MISTAKE = "mistake", _("a mistake")
        RESPONSE = "response", _("a response")
        PRIVACY = "privacy", _("a private matter")
        TAKE_DOWN = "take_down", _("a demand to take something down")

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        READING = "reading", _("being read")
        ACTED = "acted", _("acted on")
        DECLINED = "declined", pgettext_lazy("report", "declined")

    DECIDED = (State.ACTED, State.DECLINED)
    # What its sender wrote, and our note on it: erased together
    SENT_TEXTS = ("statement", "source_url", "contact", "note", "who", "file_name")

    reference = models.UUIDField(_("reference"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    path = models.CharField(_("page"), max_length=300)
    number = models.CharField(
        _("number"), max_length=8, default=random_number, unique=True, editable=False, help_text="To say by telephone."
    )
    who = models.CharField(
        _("reply of"), max_length=120, blank=True, help_text="Slug of the actor by or for whom a response comes."
    )
    statement = models.TextField(_("statement"), max_length=5000, blank=True)
    source_url = models.CharField(_("source"), max_length=500, blank=True, validators=[http_url])
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    file = models.CharField(max_length=40, blank=True, editable=False, help_text="Its private name on disk.")
    file_name = models.CharField(_("file"), max_length=100, blank=True, editable=False)
    file_size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECEIVED)
    answer = models.TextField(
        _("answer to the sender"),
        max_length=1000,
        blank=True,
        help_text=_("Whoever has the reference reads it. Say why, if it is declined. Name no one who has no page."),
    )
    note = models.TextField(_("note"), max_length=2000, blank=True, help_text=_("For the desk only."))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    answer_by = models.DateField(_("we answer by"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    erased_at = models.DateTimeField(_("words erased at"), null=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=r"^[1-9][0-9]{7}$"),
                name="submission_number_can_be_said",
                violation_error_message=_("The number of a submission has eight digits."),
            ),
            models.CheckConstraint(
                condition=Q(who="") | Q(kind="response"),
                name="submission_only_a_response_is_of_somebody",
                violation_error_message=_("Only a response is by or for somebody."),
            ),
            models.CheckConstraint(
                condition=Q(file="", file_name="", file_size=0) | Q(~Q(file=""), ~Q(file_name=""), file_size__gt=0),
                name="submission_file_has_name_and_size",
                violation_error_message=_("A file of a submission has a name and a size."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.path}"

    @property
    def spoken_number(self) -> str:
        """Return the number in two groups, as it is said and read: `1234 5678`."""
        return f"{self.number[:4]} {self.number[4:]}"
