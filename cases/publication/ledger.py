"""The ledger's lock and its one writer. Every revision passes through `Ledger.append`, inside `ledger_lock`."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from cases.documents.canonical import Document, dumps, loads
from cases.models import Publication, Revision, RevisionBody
from cases.models.ledger import commitment
from cases.vocabularies import Action

from . import hooks, projection

ADVISORY_LOCK = 0xCA5EDB
"""Any number, the same in every process."""


def timestamp(moment: datetime) -> str:
    """The form of a time in documents and in the API: UTC, microseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass
class Ledger:
    """The open ledger: what the next revision's seq, time and batch are."""

    seq: int
    recorded_at: datetime
    batch: int

    def append(
        self,
        document: Document,
        *,
        action: str,
        reason: str,
        by: User,
        reviewer: User | None,
        reason_code: str = "",
        cause: int | None = None,
        into: Any = None,
        redacts: int | None = None,
    ) -> Revision:
        """Write one revision, its body, who did it, and the record rows that follow from it."""
        written = Revision.objects.filter(object_id=document["id"]).aggregate(last=Max("version"))["last"] or 0
        version: Document = {
            "number": written + 1,
            "recorded_at": timestamp(self.recorded_at),
            "action": action,
            "reason": reason,
            "reason_code": reason_code or None,
        }
        text = dumps(document | {"version": version})
        salt = secrets.token_hex(16)
        revision = Revision.objects.create(
            seq=self.seq,
            object_id=document["id"],
            kind=document["kind"],
            version=version["number"],
            action=action,
            recorded_at=self.recorded_at,
            batch=self.batch,
            commitment=commitment(salt, text),
            into=into,
            cause=cause,
            redacts=redacts,
        )
        RevisionBody.objects.create(revision=revision, salt=salt, document=text)
        Publication.objects.create(revision=revision, by=by, reviewer=reviewer)
        projection.apply(revision, loads(text))
        self.seq += 1
        return revision


@contextmanager
def ledger_lock() -> Iterator[Ledger]:
    """One transaction that nobody else can write the ledger in. Take it before reading anything.

    PostgreSQL: an advisory lock until commit, so that seq has no gaps and commits in order. SQLite: the transaction
    itself is IMMEDIATE (see settings), which is the same. No two sets have the same time, so a set can be told by it.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        last = Revision.objects.order_by("-seq").first()
        seq = last.seq + 1 if last else 1
        now = max(timezone.now(), last.recorded_at + timedelta(microseconds=1)) if last else timezone.now()
        ledger = Ledger(seq=seq, recorded_at=now, batch=seq)
        yield ledger
        if ledger.seq != seq:
            transaction.on_commit(hooks.committed, robust=True)


def last_revision(object_id: Any) -> Revision | None:
    """The last revision that says where a thing stands. A redaction leaves it where it stood."""
    return Revision.objects.filter(object_id=object_id).exclude(action=Action.REDACT).order_by("-seq").first()


def last_revisions(object_ids: Iterable[Any]) -> dict[Any, Revision]:
    """The last revision of each, by id; nothing for what was never published."""
    found: dict[Any, Revision] = {}
    for ids in batched(object_ids):
        acts = Revision.objects.filter(object_id__in=ids).exclude(action=Action.REDACT)
        last = acts.order_by().values("object_id").annotate(last=Max("seq"))
        found |= {revision.object_id: revision for revision in Revision.objects.filter(seq__in=last.values("last"))}
    return found


def current_document(object_id: Any) -> Document | None:
    """The document that readers see now; None when it is not public, or no longer."""
    return current_documents([object_id])[object_id]


def current_documents(object_ids: Iterable[Any]) -> dict[Any, Document | None]:
    """The documents that readers see now, by the ids asked for; None for what is not public, or no longer."""
    ids = list(object_ids)
    standing = {key: document for key, document in last_documents(ids).items() if projection.stands(document)}
    return dict.fromkeys(ids) | standing


def last_documents(object_ids: Iterable[Any]) -> dict[Any, Document]:
    """What the ledger last said of each, standing or not, by id; nothing for what was never published."""
    found: dict[Any, Document] = {}
    for ids in batched(object_ids):
        bodies = RevisionBody.objects.filter(revision__object_id__in=ids).order_by().values("revision__object_id")
        last = bodies.annotate(last=Max("pk")).values("last")
        for body in RevisionBody.objects.filter(pk__in=last).select_related("revision"):
            found[body.revision.object_id] = loads(body.document)
    return found


def batched(ids: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """The ids in lists that fit into one query: SQLite takes no more than some thousand values at once."""
    every = list(ids)
    yield from (every[start : start + size] for start in range(0, len(every), size))
