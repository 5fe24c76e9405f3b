"""`redact`: erase words that must not be read at all. The only code that deletes from the public record.

What is erased are bodies that readers no longer see: whatever holds the words now is corrected or withdrawn first, in
the same transaction. The place of each erased body in the log stays, with its commitment, and a `redact` revision
names it. Our working history goes with it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cases.documents.build import Item
from cases.documents.canonical import Document, loads
from cases.models import Draft, Record, Revision, RevisionBody
from cases.vocabularies import Action, WithdrawalReason
from sources import quotes

from .acts import Act
from .checks import Blocker
from .ledger import Ledger, last_documents, ledger_lock
from .publish import NotPublishable, append_set
from .rules import texts


def redact(
    words: str,
    *,
    first: Iterable[Act | Item] = (),
    by: User,
    reviewer: User | None,
    reason: str,
    reason_code: str,
) -> list[Revision]:
    """Erase every body of the record that holds the words, as whole words in any case. Returns what was appended.

    `first` are the acts that take the words out of what readers see now. Each erased body has a `redact` revision,
    which restates how its subject or source stands, so that nothing else changes. Raises NotPublishable.
    """
    with ledger_lock() as ledger:
        if reasons := list(_reasons(words, by, reviewer, reason, reason_code)):
            raise NotPublishable(reasons)
        acts = list(first)
        people: dict[str, Any] = {"by": by, "reviewer": reviewer, "reason": reason}
        written = append_set(ledger, acts, **people) if acts else []
        due = list(holding(words))
        if standing := [document for revision, document in due if _is_last(revision)]:
            raise NotPublishable([_still_read(document) for document in standing])
        if not due:
            raise NotPublishable([Blocker(_("the words"), "", _("Nothing that is no longer read holds them."))])
        return written + _erase(ledger, [revision for revision, _document in due], words, reason_code, people)


def _reasons(words: str, by: User, reviewer: User | None, reason: str, code: str) -> Iterator[Blocker]:
    everything = _("the set")
    if len(words.strip()) < 3:
        yield Blocker(everything, "words", _("Give at least three characters."))
    if not reason.strip() or quotes.occurrences(reason, words):
        yield Blocker(everything, "reason", _("Say why, for readers, without the words themselves."))
    if code not in WithdrawalReason.values:
        yield Blocker(everything, "reason_code", _("A redaction needs a reason from the list."))
    if reviewer is None or reviewer == by:
        yield Blocker(everything, "reviewer", _("A second person must agree to a redaction."))


def holding(words: str) -> Iterator[tuple[Revision, Document]]:
    """Every revision whose document holds the words. Linear in the ledger; a redaction is rare."""
    for body in RevisionBody.objects.select_related("revision").order_by("pk").iterator(chunk_size=200):
        document = loads(body.document)
        if holds(document, words):
            yield body.revision, document


def holds(value: Any, words: str) -> bool:
    spoken = (text for _where, text in texts(value))
    return any(quotes.occurrences(form, words) for text in spoken for form in (text, text.replace("-", " ")))


def _is_last(revision: Revision) -> bool:
    return not Revision.objects.filter(object_id=revision.object_id, seq__gt=revision.seq).exists()


def _still_read(document: Document) -> Blocker:
    message = _("It still holds the words. Correct or withdraw it first, in the same set.")
    return Blocker(f"{document['kind']}/{document['slug']}", "", message)


def _erase(ledger: Ledger, due: list[Revision], words: str, reason_code: str, people: dict[str, Any]) -> list[Revision]:
    last = last_documents({revision.object_id for revision in due})
    written = [
        ledger.append(
            {key: value for key, value in last[revision.object_id].items() if key != "version"},
            action=Action.REDACT,
            redacts=revision.seq,
            reason_code=reason_code,
            **people,
        )
        for revision in due
    ]
    Record.objects.filter(since_seq__in=[revision.seq for revision in due]).delete()
    for revision in due:  # one by one: the trigger lets go only of what a revision names
        RevisionBody.objects.filter(pk=revision.seq).delete()
    for draft in Draft.objects.iterator(chunk_size=200):
        if quotes.occurrences(draft.dossier, words):
            draft.delete()
    return written
