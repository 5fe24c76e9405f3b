"""`redact`: erase words that must not be read at all. The only code that deletes from the public record.

What is erased are bodies that readers no longer see: whatever holds the words now is corrected or withdrawn first, in
the same transaction. The place of each erased body in the log stays, with its commitment, and a `redact` revision
names it. Our working history goes with it.
"""

from collections.abc import Iterable, Iterator

import msgspec
from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cases.documents.base import Json
from cases.documents.build import Item
from cases.documents.types import Document, parse_document
from cases.models import Draft, Record, Revision, RevisionBody
from cases.vocabularies import Action, WithdrawalReason
from sources import quotes
from sources.json_fields import LanguageMap

from .acts import Act
from .errors import Blocker, NotPublishableError
from .fault_places import texts_in
from .ledger import last_documents, ledger_lock
from .publish import append_set


def redact(
    words: str,
    *,
    first: Iterable[Act | Item] = (),
    by: User,
    reviewer: User | None,
    reason: LanguageMap,
    reason_code: str,
) -> list[Revision]:
    """Erase every body of the record that holds the words, as whole words in any case. Returns what was appended.

    `first` are the acts that take the words out of what readers see now. Each erased body has a `redact` revision,
    which restates the last document of its subject or source, so that nothing else changes. Raises NotPublishableError.
    """
    with ledger_lock() as ledger:
        if reasons := list(_reasons(words, by, reviewer, reason, reason_code)):
            raise NotPublishableError(reasons)
        acts = list(first)
        written = append_set(ledger, acts, by=by, reviewer=reviewer, reason=reason) if acts else []
        erased = list(revisions_with(words))
        if still_read := list(_still_read(erased)):
            raise NotPublishableError(still_read)
        if not erased:
            raise NotPublishableError([Blocker(_("the words"), "", _("Nothing that is no longer read holds them."))])
        last = last_documents({revision.object_id for revision, _document in erased})
        written += [
            ledger.append(
                last[revision.object_id].unversioned,
                action=Action.REDACT,
                redacts=revision.seq,
                reason_code=reason_code,
                by=by,
                reviewer=reviewer,
                reason=reason,
            )
            for revision, _document in erased
        ]
        _erase([revision.seq for revision, _document in erased], words)
        return written


def _reasons(words: str, by: User, reviewer: User | None, reason: LanguageMap, code: str) -> Iterator[Blocker]:
    if len(words.strip()) < 3:
        yield Blocker(_("the set"), "words", _("Give at least three characters."))
    both = (reason.id, reason.en)
    if not all(text.strip() for text in both) or any(quotes.occurrences(text, words) for text in both):
        yield Blocker(_("the set"), "reason", _("Say why, for readers, without the words themselves."))
    if code not in WithdrawalReason.values:
        yield Blocker(_("the set"), "reason_code", _("A redaction needs a reason from the list."))
    if reviewer is None or reviewer == by:
        yield Blocker(_("the set"), "reviewer", _("A second person must agree to a redaction."))


def revisions_with(words: str) -> Iterator[tuple[Revision, Document]]:
    """Yield every revision whose document holds the words. Linear in the ledger; a redaction is rare."""
    for body in RevisionBody.objects.select_related("revision").order_by("pk").iterator(chunk_size=200):
        if contains(msgspec.json.decode(body.document), words):
            yield body.revision, parse_document(body.document)


def contains(stored: Json, words: str) -> bool:
    """Return whether the words stand in what a reader could read of a stored document, unknown fields included."""
    read = (text for _where, text in texts_in(stored))
    return any(quotes.occurrences(form, words) for text in read for form in (text, text.replace("-", " ")))


def _still_read(erased: Iterable[tuple[Revision, Document]]) -> Iterator[Blocker]:
    message = _("It still holds the words. Correct or withdraw it first, in the same set.")
    for revision, document in erased:
        if not Revision.objects.filter(object_id=revision.object_id, seq__gt=revision.seq).exists():
            yield Blocker(f"{document.kind}/{document.slug}", "", message)


def _erase(seqs: list[int], words: str) -> None:
    Record.objects.filter(since_seq__in=seqs).delete()
    for seq in seqs:  # one by one: the trigger lets go only of what a revision names
        RevisionBody.objects.filter(pk=seq).delete()
    for draft in Draft.objects.iterator(chunk_size=200):
        if quotes.occurrences(draft.dossier, words):
            draft.delete()
