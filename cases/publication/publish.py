"""`publish`: the only code that may change the public record."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cases.documents.build import Item, Ref, ref_of
from cases.documents.canonical import Document
from cases.models import Record, RecordLink, Revision
from cases.vocabularies import Action

from .acts import Act, PublishingSet
from .checks import Blocker, blockers
from .ledger import Ledger, current_document, ledger_lock


class NotPublishable(Exception):
    """The set was refused. `reasons` holds every blocker."""

    def __init__(self, reasons: list[Blocker]) -> None:
        super().__init__("\n".join(str(reason) for reason in reasons))
        self.reasons = reasons


def publish(items: Iterable[Act | Item], *, by: User, reviewer: User | None = None, reason: str) -> list[Revision]:
    """Append the present state of a set to the public record, together or not at all.

    A bare item is published, or corrected if it is public already; `withdraw` and `reinstate` make the other acts.
    Public documents that embed a changed title are corrected in the same set. Raises NotPublishable with every reason.
    """
    with ledger_lock() as ledger:
        return append_set(ledger, items, by=by, reviewer=reviewer, reason=reason)


def append_set(
    ledger: Ledger, items: Iterable[Act | Item], *, by: User, reviewer: User | None, reason: str
) -> list[Revision]:
    """What `publish` does, for whoever holds the ledger's lock already."""
    members = PublishingSet(_anew(items))
    if reasons := blockers(members, by=by, reviewer=reviewer, reason=reason):
        raise NotPublishable(reasons)
    people: dict[str, Any] = {"by": by, "reviewer": reviewer, "reason": reason}
    written = [_write(ledger, act, members, people) for act in members.acts]
    return written + _follow(ledger, members, written, people)


def _anew(items: Iterable[Act | Item]) -> list[Act]:
    """The same acts on rows read now, inside the lock: what was never saved, or saved over since, does not go out."""
    acts = [item if isinstance(item, Act) else Act(item) for item in items]
    rows: dict[Any, Any] = {act.item.pk: type(act.item)._base_manager.filter(pk=act.item.pk).first() for act in acts}
    lost = [act.item for act in acts if rows[act.item.pk] is None]
    if lost:
        raise NotPublishable([Blocker(str(item), "", _("It is no longer among the working papers.")) for item in lost])
    anew = [replace(act, item=rows[act.item.pk]) for act in acts]
    return sorted(anew, key=lambda act: not act.leaves)  # what leaves makes room for what takes over its statements


def _write(ledger: Ledger, act: Act, members: PublishingSet, people: dict[str, Any]) -> Revision:
    action = act.action
    if action == Action.PUBLISH and members.published(act.item):
        action = Action.CORRECT
    into = act.into.id if act.into else None
    return ledger.append(members.document(act), action=action, reason_code=act.reason_code, into=into, **people)


def _follow(ledger: Ledger, members: PublishingSet, written: list[Revision], people: dict[str, Any]) -> list[Revision]:
    """Correct every public document outside the set that names something by a title or slug that has changed.

    And every survivor outside the set, of a merge in it or of one that it undoes.
    """
    changed: dict[str, tuple[Ref, Ref, int]] = {}
    for act, revision in zip(members.acts, written, strict=True):
        before = members.published(act.item)
        if before and act.action != Action.WITHDRAW and ref_of(before) != (now := members.ref_after(act)):
            changed[str(act.item.id)] = (ref_of(before), now, revision.seq)
    followed = _survivors(ledger, members, written, people)
    while changed:
        causes, changed = changed, {}
        for record in (
            Record.objects.current()
            .filter(id__in=RecordLink.objects.current().filter(target__in=causes).values("record"))
            .order_by("since_seq")
        ):
            old = current_document(record.object_id)
            if old is None:
                continue
            new = reembed(old, causes)
            if new == old:
                continue
            cause = min(seq for _before, _now, seq in causes.values())
            followed.append(ledger.append(new, action=Action.CORRECT, cause=cause, **people))
            if ref_of(old) != ref_of(new):
                changed[str(record.object_id)] = (ref_of(old), ref_of(new), cause)
    return followed


def _survivors(
    ledger: Ledger, members: PublishingSet, written: list[Revision], people: dict[str, Any]
) -> list[Revision]:
    """Correct the survivors that are not in the set themselves: `merged_from` in them has changed."""
    inside = {act.item.id for act in members.acts}
    causes: dict[Any, int] = {}
    for act, revision in zip(members.acts, written, strict=True):
        survivor = act.into.id if act.into else members.undone(act)
        if survivor and survivor not in inside:
            causes.setdefault(survivor, revision.seq)
    followed = []
    for survivor, cause in causes.items():
        if document := current_document(survivor):
            kept = {key: value for key, value in document.items() if key != "merged_from"}
            new = kept | members.merged_from(survivor)
            followed.append(ledger.append(new, action=Action.CORRECT, cause=cause, **people))
    return followed


def reembed(document: Document, changed: dict[str, tuple[Ref, Ref, int]]) -> Document:
    """The same document with the references to changed things renewed, and nothing else."""
    slugs = {old["slug"]: new["slug"] for old, new, _seq in changed.values() if old["kind"] == "source"}

    def renew(value: Any, key: str, root: bool) -> Any:
        if isinstance(value, dict):
            now = changed[value["id"]][1] if not root and "path" in value and value.get("id") in changed else {}
            return {name: now[name] if name in now else renew(entry, name, False) for name, entry in value.items()}
        if isinstance(value, list):
            return [renew(entry, key, False) for entry in value]
        if isinstance(value, str) and key in ("source", "relayed_by"):
            return slugs.get(value, value)
        return value

    renewed: Document = renew({k: v for k, v in document.items() if k != "version"}, "", True)
    renewed["version"] = document["version"]
    return renewed
