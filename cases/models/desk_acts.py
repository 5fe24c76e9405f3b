"""What was done at the desk, by whom and when. Append-only by triggers, like the ledger."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DeskAct(models.Model):
    """One act of one account. It names the object by kind and id and holds no words: a redaction leaves it as it is."""

    class Act(models.TextChoices):
        LOGGED_IN = "logged_in", _("logged in")
        SECOND_FACTOR = "second_factor", _("gave a second factor")
        FAILED = "failed", _("wrong password or code")
        LOGGED_OUT = "logged_out", _("logged out")
        ENROLLED = "enrolled", _("set up a second factor")
        RESET = "reset", _("reset the access of an account")
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        WITHDREW = "withdrew", _("withdrew")
        REINSTATED = "reinstated", _("reinstated")
        MERGED = "merged", _("merged")
        DOWNLOADED = "downloaded", _("downloaded")

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        help_text="Empty where nobody is known: a wrong password, a command on the server.",
    )
    act = models.CharField(_("act"), max_length=20, choices=Act)
    object_kind = models.CharField(_("kind"), max_length=40, blank=True)
    object_id = models.CharField(_("id"), max_length=40, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("act at the desk")
        verbose_name_plural = _("acts at the desk")
        indexes = [models.Index(fields=["object_id", "-id"], name="deskact_of_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.object_kind} {self.object_id}"
