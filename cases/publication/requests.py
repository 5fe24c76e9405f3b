"""Publishing takes two people: one submits a set, another publishes or returns it."""

import hashlib
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.documents.build import Item, kind_of
from cases.documents.canonical import Document, loads
from cases.models import PublicationItem, PublicationRequest, Revision
from cases.vocabularies import GONE, Action
from sources.models import Source

from .acts import Act, PublishingSet
from .checks import Blocker, blockers, content
from .ledger import last_revision
from .publish import NotPublishable, publish

State = PublicationRequest.State


class Refused(Exception):
    """The request cannot be decided like this; the message says why."""


def usual_act(item: Item) -> Act:
    """What submitting an item means when nothing else is said: publish it, or reinstate it if it was withdrawn."""
    last = last_revision(item.id)
    withdrawn = last is not None and last.action in GONE
    return Act(item, Action.REINSTATE if withdrawn else Action.PUBLISH)


def waiting(item: Item) -> PublicationRequest | None:
    """The open request that holds the item, if any."""
    field = "source" if isinstance(item, Source) else "subject"
    return PublicationRequest.objects.filter(state=State.OPEN, **{f"items__{field}": item.pk}).first()


def reasons_against(members: PublishingSet, *, by: User, reason: str) -> list[Blocker]:
    """Why a set cannot be submitted: every blocker but the missing second person, who comes afterwards."""
    return [b for b in blockers(members, by=by, reviewer=None, reason=reason) if b.where != "reviewer"]


@transaction.atomic
def submit(acts: Iterable[Act], *, by: User, reason: str) -> PublicationRequest:
    """Put a set before a second person. Raises NotPublishable with every reason why it could not go out."""
    members = PublishingSet(acts)
    reasons = reasons_against(members, by=by, reason=reason)
    for act in members.acts:
        if waiting(act.item):
            name = f"{kind_of(act.item)}/{act.item.slug}"
            reasons.append(Blocker(name, "", _("It is waiting in another request already.")))
    if reasons:
        raise NotPublishable(reasons)
    request = PublicationRequest.objects.create(reason=reason, by=by)
    for act in members.acts:
        field = "source" if isinstance(act.item, Source) else "subject"
        into = act.into.pk if act.into else None
        PublicationItem.objects.create(
            request=request,
            action=act.action,
            withdrawal_reason=act.reason_code,
            into_id=into,
            **{f"{field}_id": act.item.pk},
        )
    return request


def acts_of(request: PublicationRequest) -> list[Act]:
    rows = request.items.select_related("subject", "source", "into").order_by("pk")
    return [Act(row.item, row.action, row.withdrawal_reason, row.into) for row in rows]


def fingerprint(documents: Iterable[Document]) -> str:
    """Stands for the exact documents that a reviewer was shown."""
    return hashlib.sha256("\n".join(sorted(map(content, documents))).encode()).hexdigest()


@transaction.atomic
def accept(request: PublicationRequest, *, reviewer: User, seen: str) -> list[Revision]:
    """Publish what was submitted, if it still is what the reviewer saw.

    Raises Refused when the request is decided already, is the reviewer's own, or has changed since; NotPublishable
    with every reason otherwise. Nothing is written then.
    """
    held = _open(request)
    if reviewer.pk == held.by_id:
        raise Refused(_("Somebody else than the one who submitted it must decide."))
    revisions = publish(acts_of(held), by=held.by, reviewer=reviewer, reason=held.reason)
    own = [loads(revision.body.document) for revision in revisions if revision.cause is None]
    if fingerprint(own) != seen:
        raise Refused(_("It was changed after you opened this page. Read it again before you decide."))
    _close(held, State.PUBLISHED, reviewer, "")
    return revisions


@transaction.atomic
def send_back(request: PublicationRequest, *, by: User, answer: str) -> None:
    """Return a set with an answer. Its submitter may take it back in the same way."""
    held = _open(request)
    if not answer.strip():
        raise Refused(_("Say what is to be changed."))
    _close(held, State.RETURNED, by, answer)


def _open(request: PublicationRequest) -> PublicationRequest:
    held = PublicationRequest.objects.select_for_update(of=("self",)).select_related("by").get(pk=request.pk)
    if held.state != State.OPEN:
        raise Refused(_("This request has been decided already."))
    return held


def _close(held: PublicationRequest, state: str, by: User, answer: str) -> None:
    held.state, held.decided_by, held.decided_at, held.answer = state, by, timezone.now(), answer
    held.save()
