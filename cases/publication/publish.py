"""`publish`: the only code that may change the public record."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cases.documents.build import Item
from cases.models import Revision
from cases.vocabularies import Action
from sources.json_fields import LanguageMap

from .acts import Act
from .checks import blockers
from .errors import Blocker, NotPublishableError
from .ledger import Ledger, ledger_lock
from .permissions import reviewer_blockers
from .plan import PublicationPlan


def publish(
    items: Iterable[Act | Item], *, by: User, reviewer: User | None = None, reason: LanguageMap
) -> list[Revision]:
    """Append the present state of a set to the public record, together or not at all, and return the revisions.

    A bare item is published, or corrected if it is public already; `withdraw` and `reinstate` make the other acts.
    Public documents that embed a changed title are corrected in the same set. Raises NotPublishableError with every
    reason at once.
    """
    with ledger_lock() as ledger:
        return append_set(ledger, items, by=by, reviewer=reviewer, reason=reason)


def append_set(
    ledger: Ledger, items: Iterable[Act | Item], *, by: User, reviewer: User | None, reason: LanguageMap
) -> list[Revision]:
    """Do what `publish` does, for whoever holds the ledger's lock already."""
    plan = PublicationPlan.of(_read_again(items))
    if reasons := [*blockers(plan, reason=reason), *reviewer_blockers(plan, by=by, reviewer=reviewer)]:
        raise NotPublishableError(reasons)
    written = [
        ledger.append(
            plan.documents[act.key],
            action=Action.CORRECT if act.action == Action.PUBLISH and act.key in plan.published else act.action,
            reason_code=act.reason_code,
            into=act.into.pk if act.into else None,
            by=by,
            reviewer=reviewer,
            reason=reason,
        )
        for act in plan.acts
    ]
    for correction in plan.corrections:
        written.append(
            ledger.append(
                correction.document,
                action=Action.CORRECT,
                cause=written[correction.cause].seq,
                by=by,
                reviewer=reviewer,
                reason=reason,
            )
        )
    return written


def _read_again(items: Iterable[Act | Item]) -> list[Act]:
    """Return the acts on rows read inside the lock: what was never saved, or saved over since, does not go out.

    What leaves comes first, for it makes room for what takes over its statements.
    """
    acts = [item if isinstance(item, Act) else Act(item) for item in items]
    rows = {act.key: type(act.item)._base_manager.filter(pk=act.key).first() for act in acts}
    if lost := [act.item for act in acts if rows[act.key] is None]:
        message = _("It is no longer among the working papers.")
        raise NotPublishableError(Blocker(str(item), "", message) for item in lost)
    acts = [replace(act, item=row) for act in acts if (row := rows[act.key])]
    return sorted(acts, key=lambda act: not act.leaves)
