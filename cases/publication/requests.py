"""Publishing takes two people: one submits a set, another publishes or returns it."""

import hashlib
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.documents.build import Item
from cases.documents.types import Document, encode_document, parse_document
from cases.models import DeskAct, PublicationItem, PublicationRequest, Revision
from cases.vocabularies import GONE, Action
from sources.json_fields import LanguageMap
from sources.models import Source

from .acts import Act
from .checks import blockers
from .desk_log import note
from .errors import Blocker, NotPublishableError, RequestRefusedError
from .ledger import last_revision
from .plan import PublicationPlan
from .publish import publish

RequestState = PublicationRequest.State
NOTED_AS = {
    Action.PUBLISH: DeskAct.Act.PUBLISHED,
    Action.WITHDRAW: DeskAct.Act.WITHDREW,
    Action.REINSTATE: DeskAct.Act.REINSTATED,
    Action.MERGE: DeskAct.Act.MERGED,
}


def usual_act(item: Item) -> Act:
    """Return what submitting an item means by itself: publish it, or reinstate it if it was withdrawn."""
    last = last_revision(item.pk)
    is_gone = last is not None and last.action in GONE
    return Act(item, Action.REINSTATE if is_gone else Action.PUBLISH)


def open_request_of(item: Item) -> PublicationRequest | None:
    """Return the open request that the item is in, if any."""
    field = "source" if isinstance(item, Source) else "subject"
    return PublicationRequest.objects.filter(state=RequestState.OPEN, **{f"items__{field}": item.pk}).first()


@transaction.atomic
def submit(acts: Iterable[Act], *, by: User, reason: LanguageMap) -> PublicationRequest:
    """Put a set before a second person. Raises NotPublishableError with every reason why it could not go out."""
    plan = PublicationPlan.of(acts)
    reasons = blockers(plan, reason=reason)
    for act in plan.acts:
        if open_request_of(act.item):
            reasons.append(Blocker(act.name, "", _("It is waiting in another request already.")))
    if reasons:
        raise NotPublishableError(reasons)
    request = PublicationRequest.objects.create(reason_id=reason.id, reason_en=reason.en, by=by)
    for act in plan.acts:
        field = "source" if isinstance(act.item, Source) else "subject"
        into = act.into.pk if act.into else None
        PublicationItem.objects.create(
            request=request,
            action=act.action,
            withdrawal_reason=act.reason_code,
            into_id=into,
            **{f"{field}_id": act.item.pk},
        )
    note(DeskAct.Act.SUBMITTED, by=by, on=request)
    return request


def acts_of(request: PublicationRequest) -> list[Act]:
    """Return what a request would do, in the order in which it was submitted."""
    rows = request.items.select_related("subject", "source", "into").order_by("pk")
    return [Act(row.item, row.action, row.withdrawal_reason, row.into) for row in rows]


def fingerprint(documents: Iterable[Document]) -> str:
    """Return a hash of the exact documents that a reviewer was shown."""
    texts = sorted(encode_document(document.unversioned) for document in documents)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@transaction.atomic
def accept(request: PublicationRequest, *, reviewer: User, seen: str) -> list[Revision]:
    """Publish what was submitted, if it still is what the reviewer saw, and return the revisions.

    Raises RequestRefusedError when the request is decided already, is the reviewer's own, or has changed since;
    NotPublishableError with every reason otherwise. Nothing is written then.
    """
    row = _locked(request)
    if reviewer.pk == row.by_id:
        raise _refusal(_("Somebody else than the one who submitted it must decide."))
    acts = acts_of(row)
    revisions = publish(acts, by=row.by, reviewer=reviewer, reason=row.reason)
    own = [parse_document(revision.body.document) for revision in revisions if revision.cause is None]
    if fingerprint(own) != seen:
        raise _refusal(_("It was changed after you opened this page. Read it again before you decide."))
    _close(row, RequestState.PUBLISHED, reviewer, "")
    for act in acts:
        note(NOTED_AS[Action(act.action)], by=reviewer, on=act.item)
    return revisions


@transaction.atomic
def send_back(request: PublicationRequest, *, by: User, answer: str) -> None:
    """Return a set with an answer. Its submitter may take it back in the same way."""
    row = _locked(request)
    if not answer.strip():
        raise _refusal(_("Say what is to be changed."))
    _close(row, RequestState.RETURNED, by, answer)
    note(DeskAct.Act.RETURNED, by=by, on=row)


def _locked(request: PublicationRequest) -> PublicationRequest:
    row = PublicationRequest.objects.select_for_update(of=("self",)).select_related("by").get(pk=request.pk)
    if row.state != RequestState.OPEN:
        raise _refusal(_("This request has been decided already."))
    return row


def _refusal(message: str) -> RequestRefusedError:
    return RequestRefusedError([Blocker(_("the set"), "", message)])


def _close(row: PublicationRequest, state: str, by: User, answer: str) -> None:
    row.state, row.decided_by, row.decided_at, row.answer = state, by, timezone.now(), answer
    row.save()
