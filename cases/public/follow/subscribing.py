"""A subscription's life: asked for, confirmed, ended. Nothing tells anybody but the mailbox that there is one."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cases.models import Subscription, SubscriptionToken
from cases.public.language_urls import page_language
from cases.record.as_of import last_seq

from .mail import message
from .target import Target

# Mails that ask one address for a confirmation, whoever asks: nobody's mailbox is filled from here
MAX_ASKED_IN_A_DAY = 3


def ask(address: str, target: Target) -> None:
    """Store an address and mail it a link that confirms. Raises what the mail server raises; then nothing is kept.

    An address that follows this already gets the same mail: whoever asked learns nothing.
    """
    since = timezone.now() - timedelta(days=1)
    asked = SubscriptionToken.objects.filter(subscription__address=address, confirms=True, at__gt=since)
    if asked.count() >= MAX_ASKED_IN_A_DAY:
        return
    with transaction.atomic():
        given = {"language": page_language(), "last_seq": last_seq()}
        subscription, _new = Subscription.objects.get_or_create(address=address, path=target.path, defaults=given)
        Subscription.objects.filter(pk=subscription.pk).update(asked_at=timezone.now())
        token = new_token(subscription, confirms=True)
        message(subscription, token, "confirm_mail", {"target": target, "days": Subscription.UNCONFIRMED_DAYS}).send()


def new_token(subscription: Subscription, *, confirms: bool) -> str:
    """Return a new secret for the links of one mail; only its hash is stored."""
    token = secrets.token_urlsafe(32)
    SubscriptionToken.objects.create(subscription=subscription, sha256=_hash(token), confirms=confirms)
    return token


def subscription_of(token: str, *, confirms: bool = False) -> Subscription | None:
    """Return what a link is of; with `confirms` only for a link that was mailed to confirm."""
    found = Subscription.objects.filter(tokens__sha256=_hash(token))
    return (found.filter(tokens__confirms=True) if confirms else found).first()


def confirm(subscription: Subscription) -> None:
    """Begin to follow from now on. Confirming again changes nothing."""
    waiting = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    waiting.update(confirmed_at=timezone.now(), last_seq=last_seq())


def erase_unconfirmed() -> int:
    """Erase the addresses that nobody confirmed in time, and return how many there were."""
    limit = timezone.now() - timedelta(days=Subscription.UNCONFIRMED_DAYS)
    rows = Subscription.objects.filter(confirmed_at=None, asked_at__lt=limit)
    count = rows.count()
    rows.delete()
    return count


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
