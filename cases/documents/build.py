"""Build the document of a subject or source: the one form that is stored, served and rendered.

What a document says of *other* things (titles of actors, places, sources) it takes from `references`, so that a title
that is not public yet cannot slip out through somebody else's document.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from django.db.models import Model
from msgspec import UNSET, Struct

from cases.claim_kinds import DETAILED, DetailDocument
from cases.models import Claim, Conflict, Place, Response, Subject, Unknown
from cases.vocabularies import FAMILIES
from sources.dates import PartialDate
from sources.json_fields import LanguageMap
from sources.models import Excerpt, Source, SourceStatement

from .base import UNVERSIONED
from .cited_rows import by_slug, excerpts_of_source, excerpts_of_subject, other_sources, sources_of_subject
from .claims import PublishedCitation, PublishedClaim, PublishedParty, SaidBy
from .evidence import (
    PublishedAlias,
    PublishedConflict,
    PublishedConflictSide,
    PublishedExcerpt,
    PublishedIdentifier,
    PublishedResponse,
    PublishedSourceStatement,
    PublishedTranslation,
    PublishedUnknown,
)
from .kinds import FOLDERS, LICENSE, PERIOD_KINDS, SUBKIND_FIELDS
from .references import Reference, SourceName, SourceRef, SubjectRef
from .types import (
    SUBJECT_TYPES,
    Document,
    Merger,
    MergerTarget,
    Period,
    PublishedCapture,
    SourceDocument,
    StoredSubject,
    Withdrawal,
    WithdrawalGround,
)

Item = Subject | Source
Named = Reference | Document
StructType = TypeVar("StructType", bound=Struct)


@dataclass(frozen=True)
class References:
    """How documents name other subjects and sources, by the ids of these."""

    subjects: Mapping[uuid.UUID, SubjectRef]
    sources: Mapping[uuid.UUID, SourceRef]


def path_of(item: Item) -> str:
    """Return the path of the public page of an item."""
    return f"/{FOLDERS[item.kind]}/{item.slug}/"


def subject_ref(subject: Subject) -> SubjectRef:
    """Return how its working copy names a subject."""
    return _from_row(SubjectRef, subject.specific, path=path_of(subject))


def source_name(source: Source) -> SourceName:
    """Return how its working copy names a source to other sources."""
    return _from_row(SourceName, source, path=path_of(source))


def items_named_by(item: Item) -> Iterator[Item]:
    """Yield what the document of an item will name, some of it more than once. No query after `read_items`."""
    if isinstance(item, Source):
        yield from by_slug(item.known_through.all())
        yield from other_sources(item, excerpts_of_source(item))
        return
    if isinstance(item, Place) and item.parent:
        yield item.parent
    yield from by_slug(item.places.all())
    claims = list(item.claims.all())
    for claim in claims:
        if claim.said_by_actor:
            yield claim.said_by_actor
        yield from (party.who for party in claim.parties.all() if party.who)
        yield from by_slug(claim.places.all())
    yield from sources_of_subject(claims, excerpts_of_subject(item, claims))
    yield from (response.who for response in item.responses.all())


def build_document(item: Item, references: References) -> StoredSubject | SourceDocument:
    """Return the document of an item without its version, which publication adds. No query after `read_items`.

    Raises KeyError when the document names something that is not in `references`.
    """
    if isinstance(item, Source):
        return _build_source(item, references)
    return _build_subject(item.specific, references)


def source_reference(source: Source, name: Callable[[Source], SourceName]) -> SourceRef:
    """Return how its working copy cites a source; `name` says how it names the works through which it is known."""
    captures = list(source.captures.all())
    through = [name(other) for other in by_slug(source.known_through.all())]
    return _from_row(
        SourceRef,
        source,
        path=path_of(source),
        authors=tuple(source.author_list),
        extent=_value(captures[-1], "extent") if captures else None,
        known_through=tuple(msgspec.convert(each, SourceName, from_attributes=True) for each in through),
    )


def build_withdrawal(last: Named, reason_code: str) -> Withdrawal:
    """Return what stays at a withdrawn address: what it was called, and why it is gone. None of its claims."""
    return Withdrawal(**_names(last), withdrawn=WithdrawalGround(reason=reason_code), license=LICENSE)


def build_merger(last: Named, survivor: SubjectRef) -> Merger:
    """Return what stays of a merged subject: what it was called, and what it became part of."""
    return Merger(**_names(last), merged=MergerTarget(into=survivor), license=LICENSE)


def _names(last: Named) -> dict[str, Any]:
    fields = ("kind", "id", "slug", "path", "title", "title_given", *SUBKIND_FIELDS.values())
    return {name: getattr(last, name) for name in fields if hasattr(last, name)}


def _build_source(source: Source, references: References) -> SourceDocument:
    excerpts = excerpts_of_source(source)
    return _from_row(
        SourceDocument,
        source,
        **msgspec.structs.asdict(source_reference(source, lambda other: references.sources[other.pk])),
        captures=tuple(
            _from_row(PublishedCapture, each, captured_at=each.captured_at.isoformat() if each.captured_at else None)
            for each in source.captures.all()
        ),
        about=tuple(
            _from_row(PublishedSourceStatement, statement, citations=_citations(statement))
            for statement in source.statements.all()
        ),
        excerpts=tuple(_excerpt(excerpt) for excerpt in excerpts),
        sources=tuple(references.sources[other.pk] for other in other_sources(source, excerpts)),
        license=LICENSE,
        version=UNVERSIONED,
    )


def _build_subject(subject: Subject, references: References) -> StoredSubject:
    claims, conflicts = list(subject.claims.all()), list(subject.conflicts.all())
    unknowns, excerpts = list(subject.unknowns.all()), excerpts_of_subject(subject, claims)
    parent = subject.parent if isinstance(subject, Place) else None
    return _from_row(
        SUBJECT_TYPES[subject.kind],
        subject,
        path=path_of(subject),
        parent=references.subjects[parent.pk] if parent else None,
        aliases=tuple(_from_row(PublishedAlias, alias) for alias in subject.aliases.all()),
        identifiers=tuple(_from_row(PublishedIdentifier, each) for each in subject.identifiers.all()),
        places=_places(subject, references),
        topics=tuple(subject.topics),
        period=_period(claims),
        lead=tuple(str(c.id) for c in sorted((c for c in claims if c.lead), key=lambda c: c.lead or 0)),
        claims=tuple(_claim(claim, conflicts, unknowns, references) for claim in claims),
        excerpts=tuple(_excerpt(excerpt) for excerpt in excerpts),
        sources=tuple(references.sources[source.pk] for source in sources_of_subject(claims, excerpts)),
        conflicts=tuple(_conflict(conflict) for conflict in conflicts),
        unknowns=tuple(_from_row(PublishedUnknown, unknown) for unknown in unknowns),
        responses=tuple(_response(response, references) for response in subject.responses.all()),
        version=UNVERSIONED,
        license=LICENSE,
    )


def _claim(
    claim: Claim, conflicts: Iterable[Conflict], unknowns: Iterable[Unknown], references: References
) -> PublishedClaim:
    return _from_row(
        PublishedClaim,
        claim,
        path=f"/claims/{claim.id}/",
        said_by=_said_by(claim, references),
        relayed_by=tuple(relay.source.slug for relay in claim.relays.all()),
        parties=tuple(
            _from_row(PublishedParty, party, who=references.subjects[party.who.pk] if party.who else None)
            for party in claim.parties.all()
        ),
        places=_places(claim, references),
        topics=tuple(claim.topics),
        citations=_citations(claim),
        conflicts=tuple(str(conflict.id) for conflict in conflicts if conflict.claim_id == claim.id),
        unknowns=tuple(unknown.property for unknown in unknowns if unknown.claim_id == claim.id),
        **dict.fromkeys(DETAILED, UNSET) | _numbers(claim),
    )


def _citations(row: Claim | SourceStatement) -> tuple[PublishedCitation, ...]:
    return tuple(_from_row(PublishedCitation, citation) for citation in row.citations.all())


def _numbers(claim: Claim) -> dict[str, DetailDocument]:
    """Return the numbers of a claim under the name of its kind; empty when it has none."""
    row, kind = claim.detail, DETAILED.get(str(claim.kind))
    return {kind.name: _from_row(kind.document, row)} if row and kind else {}


def _from_row(part_type: type[StructType], row: Model, **given: object) -> StructType:
    """Return a part of a document: what is not given comes from the column, or pair of columns, of its name."""
    return part_type(
        **{name: given[name] if name in given else _value(row, name) for name in part_type.__struct_fields__}
    )


def _value(row: Model, name: str) -> object:
    """Return a field as a document holds it: None for a text that may be left blank and is, UNSET without a column."""
    if hasattr(row, f"{name}_id") and hasattr(row, f"{name}_en"):
        both = LanguageMap(id=getattr(row, f"{name}_id"), en=getattr(row, f"{name}_en"))
        return both if both.id or both.en else None
    value = getattr(row, name, UNSET)
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, (str, uuid.UUID)):
        return str(value) if value or not getattr(row._meta.get_field(name), "blank", False) else None
    return value


def _said_by(claim: Claim, references: References) -> SaidBy:
    if claim.said_by_actor:
        return SaidBy(actor=references.subjects[claim.said_by_actor.pk])
    if claim.said_by_source:
        return SaidBy(source=claim.said_by_source.slug)
    return SaidBy(speaker=LanguageMap(id=claim.speaker_id, en=claim.speaker_en))


def _places(row: Subject | Claim, references: References) -> tuple[SubjectRef, ...]:
    return tuple(references.subjects[place.pk] for place in by_slug(row.places.all()))


def _excerpt(excerpt: Excerpt) -> PublishedExcerpt:
    return _from_row(
        PublishedExcerpt,
        excerpt,
        path=f"/excerpts/{excerpt.id}/",
        source=excerpt.capture.source.slug,
        text_sha256=excerpt.capture.text_sha256,
        prefix=excerpt.prefix,
        suffix=excerpt.suffix,
        translation={str(t.language): _from_row(PublishedTranslation, t) for t in excerpt.translations.all()},
    )


def _conflict(conflict: Conflict) -> PublishedConflict:
    sides = tuple(_from_row(PublishedConflictSide, side) for side in conflict.sides.all())
    return _from_row(PublishedConflict, conflict, sides=sides, family=FAMILIES[conflict.kind])


def _response(response: Response, references: References) -> PublishedResponse:
    return _from_row(
        PublishedResponse,
        response,
        who=references.subjects[response.who.pk],
        claims=tuple(sorted(str(claim.id) for claim in response.claims.all())),
        excerpts=tuple(sorted(str(excerpt.id) for excerpt in response.excerpts.all())),
    )


def _period(claims: Iterable[Claim]) -> Period:
    dated = [claim for claim in claims if claim.kind in PERIOD_KINDS]
    starts = [PartialDate(claim.start) for claim in dated if claim.start]
    ends = [PartialDate(claim.end) for claim in dated if claim.end]
    first = min(starts, key=lambda day: day.first_day, default="")
    last = max(ends, key=lambda day: day.last_day, default="")
    return Period(start=str(first) or None, end=str(last) or None)
