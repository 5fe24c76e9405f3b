"""The digest: what changed since the last one in what somebody follows. One a day at most, none where nothing did."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation

from cases.models import Revision, Subscription
from cases.public.markup import own
from cases.public.presenters.changes import LEADING_KINDS, changes_of, headline
from cases.public.presenters.told_news import news_since

from .mail import absolute, message
from .subscribing import new_token
from .target import Target, target_of

# Records that one mail tells of; of others it says how many there are
MAX_RECORDS = 10


@dataclass(frozen=True)
class DigestEntry:
    """One record: what came and went in it, then why. `address` is where it is read."""

    headline: str
    sentences: list[str]
    reason: str
    address: str


def due(head: int, today: date) -> QuerySet[Subscription]:
    """Return the confirmed subscriptions that had no digest today, and that revision `head` may be news to."""
    return Subscription.objects.filter(confirmed_at__isnull=False, last_seq__lt=head).exclude(mailed_on=today)


def send_digest(subscription: Subscription, head: int, today: date) -> bool:
    """Send what changed up to `head`, and note in the same transaction that it was sent. Return whether there was any.

    Raises what the mail server raises; then nothing is noted, and the next run sends it.
    """
    with translation.override(subscription.language):
        target = target_of(subscription.path)
        entries, unshown = digest_entries(target, subscription.last_seq, head)
        if not entries:
            return False
        with transaction.atomic():
            unsent = due(head, today).filter(pk=subscription.pk, last_seq=subscription.last_seq)
            if not unsent.update(last_seq=head, mailed_on=today):  # another run was faster
                return False
            token = new_token(subscription, confirms=False)
            context = {"entries": entries, "unshown": unshown, "target": target, "page": absolute(target.path)}
            message(subscription, token, "digest_mail", context).send()
    return True


def digest_entries(target: Target, after: int, until: int) -> tuple[list[DigestEntry], int]:
    """Return what changed, cases first, and how many more records did."""
    latest: dict[object, Revision] = {}
    for revision in target.revisions(after, until):
        latest.setdefault(revision.object_id, revision)
    rows = sorted(latest.values(), key=lambda row: LEADING_KINDS.index(row.kind))
    told = news_since(after, rows[:MAX_RECORDS])
    return [
        DigestEntry(
            headline=headline(change, named=bool(told[change.revision.seq])),
            sentences=told[change.revision.seq],
            reason=own(change.reason),
            address=absolute(change.path or f"/changes/{change.revision.batch}/"),
        )
        for change in changes_of(rows[:MAX_RECORDS])
    ], max(0, len(rows) - MAX_RECORDS)
