"""What a set of acts would write: read once, decided on, then written. Nothing in it changes.

A document names other things as *their* public documents do, or as the set is about to publish them.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from msgspec import UNSET
from msgspec.structs import replace

from cases.documents.build import Item, References, build_document, build_merger, build_withdrawal
from cases.documents.references import MergedName
from cases.documents.types import Document, SubjectDocument, ref
from cases.models import Revision

from .acts import Act
from .corrections import Correction, Renaming, corrections_of
from .ledger import last_revisions
from .reading import Reading


@dataclass(frozen=True)
class PublicationPlan:
    """The acts of one publication, what stood before them, and every document that they would write."""

    acts: tuple[Act, ...]
    # By the id of a member: what would be written, without version, and what readers see now
    documents: Mapping[uuid.UUID, Document]
    published: Mapping[uuid.UUID, Document]
    last_revisions: Mapping[uuid.UUID, Revision]
    # How the documents name other things
    references: References
    # By the id of a member: what its document names and that would not be public
    not_public: Mapping[uuid.UUID, tuple[Item, ...]]
    # Ids of what something is merged into and that readers will see
    readable_targets: frozenset[uuid.UUID]
    # Public documents outside the set that follow it
    corrections: tuple[Correction, ...]

    @classmethod
    def of(cls, items: Iterable[Act | Item]) -> Self:
        """Return the plan of some acts; a bare item is published. The number of queries does not grow with the set."""
        acts = tuple(item if isinstance(item, Act) else Act(item) for item in items)
        return cls._of(acts, Reading.of(acts))

    @classmethod
    def completed(cls, items: Iterable[Act | Item]) -> Self:
        """Return the plan of some acts and of publishing what is not public of all that they name, and so on.

        No document changes by it: what is not public is named by its saved row, member or not.
        """
        acts = tuple(item if isinstance(item, Act) else Act(item) for item in items)
        reading, members = Reading.of(acts), {act.key for act in acts}
        missing = (Act(row) for key, row in reading.rows.items() if key not in members)
        return cls._of((*acts, *missing), reading)

    @classmethod
    def _of(cls, acts: tuple[Act, ...], reading: Reading) -> Self:
        going_out = {act.key for act in acts if not act.leaves}
        targets = [act.into for act in acts if act.into]
        named = [item for act in acts if not act.leaves for item in reading.named[act.key]]
        references = reading.references([*named, *targets], going_out)
        survivors = {into.pk for into in targets} | set(reading.undone_merges.values())
        merged_names = reading.survivors.merged_names(going_out | survivors)
        documents = {act.key: _document(act, reading, references, merged_names.get(act.key, ())) for act in acts}
        readable = going_out | (reading.public.keys() - {act.key for act in acts})
        public = reading.public
        return cls(
            acts=acts,
            documents=documents,
            published={act.key: public[act.key] for act in acts if act.key in public},
            last_revisions=last_revisions(act.key for act in acts),
            references=references,
            not_public={act.key: tuple(_not_public(act, readable, reading)) for act in acts if not act.leaves},
            readable_targets=frozenset(into.pk for into in targets if into.pk in readable),
            corrections=corrections_of(
                _renamings(acts, documents, reading, going_out),
                documents,
                _survivors(acts, reading, merged_names),
            ),
        )

    def has_changed(self, act: Act) -> bool:
        """Return whether readers would see something change, or see it for the first time."""
        published = self.published.get(act.key)
        return published is None or published.unversioned != self.documents[act.key]

    @property
    def readable_documents(self) -> tuple[Document, ...]:
        """Return what the set would publish, and what readers see of it now."""
        return (*self.documents.values(), *self.published.values())

    @property
    def needs_review(self) -> bool:
        """Return whether two people must read it: it concerns a case or a person, or what follows it does."""
        following = (each.document for each in self.corrections)
        return any(document.names_person for document in (*self.readable_documents, *following))


def _document(act: Act, reading: Reading, references: References, merged_names: tuple[MergedName, ...]) -> Document:
    """Return the document of an act; of a withdrawal or merge, only what names the thing."""
    if not act.leaves:
        document = build_document(reading.rows[act.key], references)
        is_survivor = merged_names and isinstance(document, SubjectDocument)
        return replace(document, merged_from=merged_names) if is_survivor else document
    last = reading.public.get(act.key) or reading.working_reference(act.item, set())
    if act.into and act.into.pk in references.subjects:
        return build_merger(last, references.subjects[act.into.pk])
    return build_withdrawal(last, act.reason_code)


def _not_public(act: Act, readable: set[uuid.UUID], reading: Reading) -> Iterator[Item]:
    others = {other.pk: other for other in map(reading.survivors.of, reading.named[act.key])}
    yield from (other for key, other in others.items() if key not in readable)


def _renamings(
    acts: tuple[Act, ...], documents: Mapping[uuid.UUID, Document], reading: Reading, going_out: set[uuid.UUID]
) -> dict[str, Renaming]:
    found = {}
    for place, act in enumerate(acts):
        before = reading.public.get(act.key)
        if before is None or (act.leaves and not act.into):
            continue
        after = reading.reference(act.item, going_out) if act.into else ref(documents[act.key])
        if ref(before) != after:
            found[str(act.key)] = Renaming(ref(before), after, place)
    return found


def _survivors(
    acts: tuple[Act, ...], reading: Reading, merged_names: Mapping[uuid.UUID, tuple[MergedName, ...]]
) -> list[Correction]:
    """Return the corrections of survivors outside the set whose `merged_from` changes by a merge or its undoing."""
    found: dict[uuid.UUID, Correction] = {}
    members = {act.key for act in acts}
    for place, act in enumerate(acts):
        key = act.into.pk if act.into else reading.undone_merges.get(act.key)
        document = reading.public.get(key) if key else None
        if key and key not in members | found.keys() and isinstance(document, SubjectDocument):
            new = replace(document.unversioned, merged_from=merged_names.get(key, UNSET))
            found[key] = Correction(new, place)
    return [*found.values()]
