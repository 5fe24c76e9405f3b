"""Who may publish a set: what concerns a case or a person is read by a second one, who has changed none of it."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cases.documents.build import Item
from cases.models import Draft, Revision
from cases.vocabularies import Action

from .errors import Blocker
from .plan import PublicationPlan


def reviewer_blockers(plan: PublicationPlan, *, by: User, reviewer: User | None) -> Iterator[Blocker]:
    """Yield every reason why these people cannot publish this set."""
    if not plan.needs_review:
        return
    if reviewer is None:
        yield _blocker(_("It concerns a case or a person: a second person must review it."))
    elif reviewer == by:
        yield _blocker(_("The reviewer must be somebody else than the one who submits."))
    else:
        for act in plan.acts:
            if _has_changed(reviewer, act.item):
                yield _blocker(_("The reviewer has changed %s since it was last published.") % act.item)


def _blocker(message: str) -> Blocker:
    return Blocker(_("the set"), "reviewer", message)


def _has_changed(user: User, item: Item) -> bool:
    drafts = Draft.objects.filter(object_id=item.pk, by=user)
    # What only followed another's title published none of the rows
    if last := Revision.objects.filter(object_id=item.pk, cause=None).exclude(action=Action.REDACT).last():
        drafts = drafts.filter(at__gt=last.recorded_at)
    return drafts.exists()
