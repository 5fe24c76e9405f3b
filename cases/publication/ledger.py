"""The ledger's lock and its one writer. Every revision passes through `Ledger.append`, inside `ledger_lock`."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec.structs import replace

from cases.documents.base import Version
from cases.documents.schemas import validate_document
from cases.documents.types import Document, encode_document, parse_document
from cases.models import Publication, Revision, RevisionBody
from cases.models.ledger import commitment
from cases.vocabularies import Action
from sources.json_fields import LanguageMap

from . import hooks, projection
from .errors import Blocker, NotPublishableError

Key = TypeVar("Key")
# Any number, the same in every process
ADVISORY_LOCK = 0xCA5EDB


def timestamp(moment: datetime) -> str:
    """Return a time in the form of documents and of the API: UTC, microseconds, `Z`."""
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
        reason: LanguageMap,
        by: User,
        reviewer: User | None,
        reason_code: str = "",
        cause: int | None = None,
        into: UUID | None = None,
        redacts: int | None = None,
    ) -> Revision:
        """Write one revision, its body, who did it, and the record rows that follow from it.

        Raises NotPublishableError when the document breaks the schema of its kind. A redaction restates what the
        ledger holds already: nothing may stand in its way.
        """
        document = self._versioned(document, action, reason, reason_code)
        if redacts is None and (faults := validate_document(document)):
            name, message = f"{document.kind}/{document.slug}", _("Its document breaks the schema of its kind: %s.")
            raise NotPublishableError(Blocker(name, "", message % fault) for fault in faults)
        text = encode_document(document)
        salt = secrets.token_hex(16)
        revision = Revision.objects.create(
            seq=self.seq,
            object_id=document.id,
            kind=document.kind,
            version=document.version.number,
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
        projection.apply(revision, parse_document(text))
        self.seq += 1
        return revision

    def _versioned(self, document: Document, action: str, reason: LanguageMap, reason_code: str) -> Document:
        last = Revision.objects.filter(object_id=document.id).aggregate(last=Max("version"))["last"] or 0
        version = Version(
            number=last + 1,
            recorded_at=timestamp(self.recorded_at),
            action=str(action),
            reason=reason,
            reason_code=str(reason_code) or None,
        )
        return replace(document, version=version)


@contextmanager
def ledger_lock() -> Iterator[Ledger]:
    """Open one transaction that nobody else can write the ledger in. Take it before reading anything.

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
            transaction.on_commit(hooks.run_after_commit, robust=True)


def ledger_revisions() -> Iterator[tuple[Revision, RevisionBody | None]]:
    """Yield every revision in order, with its body unless that is erased."""
    for revision in Revision.objects.select_related("body").order_by("seq").iterator(chunk_size=200):
        yield revision, getattr(revision, "body", None)


def last_revision(object_id: UUID) -> Revision | None:
    """Return the last revision that says whether a thing is public. A redaction leaves it as it was."""
    return Revision.objects.filter(object_id=object_id).exclude(action=Action.REDACT).order_by("-seq").first()


def last_revisions(object_ids: Iterable[UUID]) -> dict[UUID, Revision]:
    """Return the last revision of each, by id; nothing for what was never published."""
    found: dict[UUID, Revision] = {}
    for ids in batched(object_ids):
        acts = Revision.objects.filter(object_id__in=ids).exclude(action=Action.REDACT)
        last = acts.order_by().values("object_id").annotate(last=Max("seq"))
        found |= {revision.object_id: revision for revision in Revision.objects.filter(seq__in=last.values("last"))}
    return found


def survivors_by_merged_id() -> dict[UUID, UUID]:
    """Return by the id of everything that is merged now the id of what it became part of. One query."""
    later = Revision.objects.filter(object_id=OuterRef("object_id"), seq__gt=OuterRef("seq"))
    merges = Revision.objects.filter(action=Action.MERGE).exclude(Exists(later.exclude(action=Action.REDACT)))
    pairs = merges.order_by("seq").values_list("object_id", "into")
    return {merged: survivor for merged, survivor in pairs if survivor}


def current_document(object_id: UUID) -> Document | None:
    """Return the document that readers see now; None when it is not public, or no longer."""
    return current_documents([object_id])[object_id]


def current_documents(object_ids: Iterable[UUID]) -> dict[UUID, Document | None]:
    """Return the documents that readers see now, by the ids asked for; None for what is not public, or no longer."""
    ids = list(object_ids)
    public = {key: document for key, document in last_documents(ids).items() if document.stands}
    return {key: public.get(key) for key in ids}


def last_documents(object_ids: Iterable[UUID]) -> dict[UUID, Document]:
    """Return what the ledger last said of each, public or gone, by id; nothing for what was never published."""
    found: dict[UUID, Document] = {}
    for ids in batched(object_ids):
        bodies = RevisionBody.objects.filter(revision__object_id__in=ids).order_by().values("revision__object_id")
        last = bodies.annotate(last=Max("pk")).values("last")
        for body in RevisionBody.objects.filter(pk__in=last).select_related("revision"):
            found[body.revision.object_id] = parse_document(body.document)
    return found


def batched(ids: Iterable[Key]) -> Iterator[list[Key]]:
    """Yield the ids in lists that fit into one query: SQLite takes no more than some thousand values at once."""
    every = list(ids)
    yield from (every[start : start + 500] for start in range(0, len(every), 500))
