"""What a plan is made from: the rows of its members, what these name, and what of it readers see now."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from cases.documents.build import Item, References, items_named_by, source_name, source_reference, subject_ref
from cases.documents.prefetch import read_items
from cases.documents.references import MergedName, Reference, SourceName, SourceRef, SubjectRef
from cases.documents.types import Document, ref
from cases.models import Subject
from cases.vocabularies import Action
from sources.models import Source

from .acts import Act
from .ledger import current_documents, last_documents, survivors_by_merged_id

Ids = Mapping[uuid.UUID, uuid.UUID]


@dataclass(frozen=True)
class Survivors:
    """What each merged subject is part of once some acts are done."""

    merged_into: Ids
    rows: Mapping[uuid.UUID, Subject]

    @classmethod
    def after(cls, acts: Iterable[Act], merged_into: Ids) -> Self:
        going_out = {act.key for act in acts if not act.leaves}
        after = {key: into for key, into in merged_into.items() if key not in going_out}
        after |= {act.key: act.into.pk for act in acts if act.into}
        return cls(after, Subject.objects.in_bulk(set(after.values())) if after else {})

    def of(self, item: Item) -> Item:
        """Return what answers for an item: itself, or what it was merged into, over as many merges as there were."""
        key, seen = item.pk, set()
        while key in self.merged_into and key not in seen:  # a circle is refused by the checks
            seen.add(key)
            key = self.merged_into[key]
        return item if key == item.pk else self.rows.get(key, item)

    def merged_names(self, survivors: set[uuid.UUID]) -> dict[uuid.UUID, tuple[MergedName, ...]]:
        """Return by survivor what became part of it, as it was last named; nothing where nothing did."""
        parts = sorted((key, into) for key, into in self.merged_into.items() if into in survivors)
        documents = last_documents(key for key, _into in parts) if parts else {}
        names: dict[uuid.UUID, tuple[MergedName, ...]] = {}
        for key, into in parts:
            if last := documents.get(key):
                name = MergedName(id=last.id, kind=last.kind, slug=last.slug, title=last.titles)
                names[into] = (*names.get(into, ()), name)
        return names


@dataclass(frozen=True)
class Reading:
    """Working copy and public record as far as some acts touch them, read in a bounded number of queries."""

    # Members that go out, what they name that is not public, and what that names in turn
    rows: Mapping[uuid.UUID, Item]
    # What the document of each row names, once each, before survivors take the place of what was merged
    named: Mapping[uuid.UUID, tuple[Item, ...]]
    public: Mapping[uuid.UUID, Document]
    survivors: Survivors
    # By the id of a reinstated subject: what it is part of until then
    undone_merges: Ids

    @classmethod
    def of(cls, acts: tuple[Act, ...]) -> Self:
        merged_into = survivors_by_merged_id()
        survivors = Survivors.after(acts, merged_into)
        undone = {a.key: merged_into[a.key] for a in acts if a.action == Action.REINSTATE and a.key in merged_into}
        rows: dict[uuid.UUID, Item] = {}
        named: dict[uuid.UUID, tuple[Item, ...]] = {}
        targets = {each.pk for act in acts if act.into for each in (act.into, survivors.of(act.into))}
        public = current_documents({act.key for act in acts} | targets | set(undone.values()))
        wanted = [act.item for act in acts if not act.leaves]
        while wanted:
            found = read_items(wanted)
            for item in wanted:
                row = rows[item.pk] = found.get(item.pk, item)
                named[item.pk] = tuple({other.pk: other for other in items_named_by(row)}.values())
            others = {other.pk: other for item in wanted for other in map(survivors.of, named[item.pk])}
            public |= current_documents(others.keys() - public.keys())
            wanted = [other for key, other in others.items() if key not in rows and public[key] is None]
        documents = {key: document for key, document in public.items() if document}
        return cls(rows, named, documents, survivors, undone)

    def references(self, items: Iterable[Item], going_out: set[uuid.UUID]) -> References:
        """Return how documents name these items: as they are about to be published, or as they are public already."""
        subjects: dict[uuid.UUID, SubjectRef] = {}
        sources: dict[uuid.UUID, SourceRef] = {}
        for item in items:
            reference = self.reference(item, going_out)
            if isinstance(reference, SourceRef):
                sources[item.pk] = reference
            else:
                subjects[item.pk] = reference
        return References(subjects, sources)

    def reference(self, item: Item, going_out: set[uuid.UUID]) -> Reference:
        """Return how documents name an item, or what it is part of."""
        item = self.survivors.of(item)
        if item.pk in self.public and item.pk not in going_out:
            return ref(self.public[item.pk])
        return self.working_reference(item, going_out)

    def working_reference(self, item: Item, going_out: set[uuid.UUID]) -> Reference:
        """Return how its working copy names an item."""
        row = self.rows.get(item.pk, item)
        if isinstance(row, Subject):
            return subject_ref(row)
        return source_reference(row, lambda other: self._source_name(other, going_out))

    def _source_name(self, source: Source, going_out: set[uuid.UUID]) -> SourceName:
        public = ref(self.public[source.pk]) if source.pk in self.public and source.pk not in going_out else None
        if isinstance(public, SourceRef):
            return public
        row = self.rows.get(source.pk)
        return source_name(row if isinstance(row, Source) else source)
