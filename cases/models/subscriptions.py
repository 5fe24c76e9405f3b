"""Who is told by e-mail of changes. Written by `cases.public.follow` alone; nothing of it is public or at the desk."""

from django.conf import settings
from django.db import models


class Subscription(models.Model):
    """One address that follows one page of the record, or one search. Deleted when it ends.

    Nobody else's record says that it exists: an address that was not confirmed is deleted after some days.
    """

    UNCONFIRMED_DAYS = 7

    address = models.EmailField(max_length=254)
    path = models.CharField(max_length=1000, help_text="Of the page or search, without host and language.")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    last_seq = models.PositiveBigIntegerField(help_text="Of the record: what came after it was not mailed yet.")
    mailed_on = models.DateField(null=True, help_text="The day of the last digest: one a day at most.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "path"], name="subscription_once")]

    def __str__(self) -> str:
        return f"subscription {self.pk}"  # never the address: this may stand in a log


class SubscriptionToken(models.Model):
    """The secret in the links of one mail, hashed. Every mail has its own, and each goes with the subscription."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="tokens")
    sha256 = models.CharField(max_length=64, unique=True)
    confirms = models.BooleanField(help_text="Whether its mail asked for the confirmation. Every one can end it.")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"token {self.pk}"
