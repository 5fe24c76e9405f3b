"""Which excerpts and sources the document of a working copy holds, each once, in an order that every database gives."""

from collections.abc import Iterable
from typing import TypeVar

from cases.models import Claim, Place, Subject
from sources.models import Excerpt, Source

R = TypeVar("R", Place, Source)


def sources_of_subject(claims: Iterable[Claim], excerpts: Iterable[Excerpt]) -> list[Source]:
    """Return every source that the document of a subject names, once, by slug."""
    found = {excerpt.capture.source for excerpt in excerpts}
    for claim in claims:
        found |= {relay.source for relay in claim.relays.all()}
        if claim.said_by_source:
            found.add(claim.said_by_source)
    return by_slug(found)


def by_slug(rows: Iterable[R]) -> list[R]:
    """Return rows in the order of their slugs, which is the same on every database."""
    return sorted(rows, key=lambda row: row.slug)


def excerpts_of_subject(subject: Subject, claims: Iterable[Claim]) -> list[Excerpt]:
    """Return every excerpt that the document of a subject holds, once, by source and place in it."""
    excerpts = [citation.excerpt for claim in claims for citation in claim.citations.all()]
    excerpts += [side.excerpt for conflict in subject.conflicts.all() for side in conflict.sides.all()]
    excerpts += [excerpt for response in subject.responses.all() for excerpt in response.excerpts.all()]
    excerpts += [alias.excerpt for alias in subject.aliases.all()]
    excerpts += [identifier.excerpt for identifier in subject.identifiers.all()]
    excerpts += [unknown.excerpt for unknown in subject.unknowns.all() if unknown.excerpt]
    return _in_order(excerpts)


def excerpts_of_source(source: Source) -> list[Excerpt]:
    """Return every excerpt that the document of a source holds: what it tells of itself rests on them."""
    return _in_order(
        citation.excerpt for statement in source.statements.all() for citation in statement.citations.all()
    )


def other_sources(source: Source, excerpts: Iterable[Excerpt]) -> list[Source]:
    """Return the works from which the excerpts of a source come, once, by slug, without itself."""
    return by_slug({excerpt.capture.source for excerpt in excerpts} - {source})


def _in_order(excerpts: Iterable[Excerpt]) -> list[Excerpt]:
    by_id = {excerpt.id: excerpt for excerpt in excerpts}
    return sorted(by_id.values(), key=lambda e: (e.capture.source.slug, e.capture.text_sha256, e.start, e.end))
