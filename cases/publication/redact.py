"""`redact`: erase words that must not be read at all. The only code that deletes from the public record.

What is erased are bodies that readers no longer see: whatever holds the words now is corrected or withdrawn first, in
the same transaction. The place of each erased body in the log stays, with its commitment, and a `redact` revision
names it. Where the words are the name of a thing that is gone, every body of it is erased and nothing says any more
what it was called: its id answers, its slugs do not. Our working history goes with it.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

import msgspec
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from msgspec.structs import replace

from cases.documents.build import Item
from cases.documents.kinds import FOLDERS
from cases.documents.references import MergedName, SubjectRef
from cases.documents.types import Document, Merger, MergerTarget, SubjectDocument, Tombstone, parse_document
from cases.models import Record, Revision, RevisionBody
from cases.vocabularies import Action, WithdrawalReason
from sources import quotes
from sources.json_fields import LanguageMap

from .acts import Act
from .errors import Blocker, NotPublishableError
from .ledger import current_documents, last_documents, ledger_lock
from .publish import append_set
from .retired_slugs import retire
from .whole_words import contains
from .working_history import erase_working_history

Named = TypeVar("Named", bound=Tombstone | SubjectRef | MergedName)
Version = tuple[Revision, Document]
ERASED = LanguageMap(id="[dihapus]", en="[erased]")
ERASED_WORK = LanguageMap(id="dihapus", en="erased")


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
    which restates the last document of its subject or source, so that nothing else changes; of what the words named,
    only that it is gone. Raises NotPublishableError.
    """
    with ledger_lock() as ledger:
        if reasons := list(_reasons(words, by, reviewer, reason, reason_code)):
            raise NotPublishableError(reasons)
        acts = list(first)
        written = append_set(ledger, acts, by=by, reviewer=reviewer, reason=reason) if acts else []
        append = partial(ledger.append, by=by, reviewer=reviewer, reason=reason)
        erase = partial(append, action=Action.REDACT, reason_code=reason_code)
        found = list(revisions_with(words))
        gone = _gone_by_name(found, words)
        of_the_gone = list(_versions_of(gone))
        for revision, _document in of_the_gone:
            written.append(erase(gone[revision.object_id], redacts=revision.seq))
        cause = written[-1].seq if written else None
        for survivor in _survivors_without_names(gone):
            written.append(append(survivor, action=Action.CORRECT, cause=cause))
        erased = [(revision, document) for revision, document in found if revision.object_id not in gone]
        last = last_documents({revision.object_id for revision, _document in erased})
        last = {key: restated(document, words) for key, document in last.items()}
        if still_read := list(_still_read(last.values(), words)):
            raise NotPublishableError(still_read)
        if not found:
            raise NotPublishableError([Blocker(_("the words"), "", _("Nothing that is no longer read holds them."))])
        written += [erase(last[revision.object_id], redacts=revision.seq) for revision, _document in erased]
        _erase([*of_the_gone, *erased])
        erase_working_history(words, gone.keys())
        return written


def revisions_with(words: str) -> Iterator[Version]:
    """Yield every revision whose document holds the words. Linear in the ledger; a redaction is rare."""
    for body in RevisionBody.objects.select_related("revision").order_by("pk").iterator(chunk_size=200):
        if contains(msgspec.json.decode(body.document), words):
            yield body.revision, parse_document(body.document)


def restated(document: Document, words: str) -> Document:
    """Return a document as a redaction writes it again, without version; a tombstone without the names that must go."""
    document = document.unversioned
    if isinstance(document, Merger) and contains(msgspec.to_builtins(document.merged), words):
        document = replace(document, merged=MergerTarget(into=unnamed(document.merged.into)))
    if isinstance(document, Tombstone) and contains(msgspec.to_builtins(document), words):
        return unnamed(document)
    return document


def unnamed(named: Named) -> Named:
    """Return what names a thing with nothing but its id: its title says that it is erased, its address is by the id."""
    title = {"title": None, "title_given": ERASED_WORK} if named.kind == "source" else {"title": ERASED}
    names = title | {"slug": named.id, "path": f"/{FOLDERS[named.kind]}/{named.id}/"}
    return replace(named, **{name: value for name, value in names.items() if hasattr(named, name)})


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


def _gone_by_name(found: list[Version], words: str) -> dict[uuid.UUID, Document]:
    """Return what stays, without a name, of each thing that is gone and was called by the words."""
    last = last_documents({revision.object_id for revision, _document in found})
    stays = {key: restated(document, words) for key, document in last.items()}
    return {key: document for key, document in stays.items() if document.slug == document.id}


def _versions_of(ids: Iterable[uuid.UUID]) -> Iterator[Version]:
    bodies = RevisionBody.objects.filter(revision__object_id__in=list(ids)).select_related("revision")
    yield from ((body.revision, parse_document(body.document)) for body in bodies.order_by("pk"))


def _survivors_without_names(gone: Mapping[uuid.UUID, Document]) -> Iterator[Document]:
    """Yield the public documents of which these became part, so that they no longer say what it was called."""
    ids = {uuid.UUID(each.merged.into.id) for each in gone.values() if isinstance(each, Merger)}
    for document in current_documents(ids).values():
        if isinstance(document, SubjectDocument) and document.merged_from:
            names = [unnamed(name) if uuid.UUID(name.id) in gone else name for name in document.merged_from]
            yield replace(document.unversioned, merged_from=tuple(names))


def _still_read(documents: Iterable[Document], words: str) -> Iterator[Blocker]:
    message = _("It still holds the words. Correct or withdraw it first, in the same set.")
    for document in documents:
        if document.stands and contains(msgspec.to_builtins(document), words):
            yield Blocker(f"{document.kind}/{document.slug}", "", message)


def _erase(versions: list[Version]) -> None:
    """Delete bodies and the rows made of them, and bar the slugs that nothing in the record shows any more."""
    seqs = [revision.seq for revision, _document in versions]
    Record.objects.filter(since_seq__in=seqs).delete()
    for seq in seqs:  # one by one: the trigger lets go only of what a revision names
        RevisionBody.objects.filter(pk=seq).delete()
    slugs = {(document.kind, document.slug) for _revision, document in versions}
    retire((kind, slug) for kind, slug in slugs if not Record.objects.filter(kind=kind, slug=slug).exists())
