"""The record rows of a document: a pure function of its bytes and of the seq since which it is read."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from django.db.models import Model

from cases.claim_kinds import DETAILED
from cases.documents.base import DocumentBase
from cases.documents.cards import card, claim_card, compact, excerpt_card
from cases.documents.claims import PublishedClaim
from cases.documents.kinds import PERIOD_KINDS
from cases.documents.types import Document, SourceDocument
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision
from cases.vocabularies import NOT_STATED
from sources.dates import PartialDate, dates_in
from sources.json_fields import or_none
from sources.numbers import hundredths

# End key of what was going on when it was written: nobody says until when
OPEN_END = "9999-12-31"
Rows = dict[type[Model], Sequence[Model]]
KeySpan = tuple[str, str]
Link = tuple[str, str]
DATE_PROPERTIES = ("start", "end", "date")


def apply(revision: Revision, document: Document) -> None:
    """Close the rows of the earlier version and, unless the thing is withdrawn or merged, write those of this one."""
    close(revision)
    if not document.stands:
        return
    own = record_row(revision, document)
    own.save()
    for model, rows in parts_of(own, document).items():
        model._default_manager.bulk_create(rows)


def close(revision: Revision) -> None:
    """Say of the rows of the earlier version that they are read until this revision."""
    for old in Record.objects.current().filter(object_id=revision.object_id):
        for model in (RecordClaim, RecordExcerpt, RecordLink):
            model.objects.filter(record=old, until_seq=None).update(until_seq=revision.seq)
        old.until_seq = revision.seq
        old.save(update_fields=["until_seq"])


def fold(text: str) -> str:
    """Return a text in lower case, without accents and punctuation: for plain filters and for sorting."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", bare).strip()


def record_row(revision: Revision, document: DocumentBase) -> Record:
    """Return the row of a document, not saved."""
    title = document.titles
    names = [title.id, title.en, *document.authors, *(alias.name for alias in document.aliases)]
    start, end = _dates(document)
    return Record(
        object_id=document.id,
        kind=document.kind,
        subkind=document.subkind,
        version=document.version.number,
        slug=document.slug,
        title_id=title.id,
        title_en=title.en,
        folded=" ".join(fold(name) for name in names),
        sort_key=fold(title.id)[:500],
        start_key=start,
        end_key=end,
        card=compact(card(document)),
        since_seq=revision.seq,
        until_seq=None,
    )


def parts_of(record: Record, document: DocumentBase) -> Rows:
    """Return the claims, excerpts and links of a document, not saved."""
    since = {"record": record, "since_seq": record.since_seq, "until_seq": None}
    claims = [
        RecordClaim(**_claim_columns(claim, position, document), **since)
        for position, claim in enumerate(document.claims)
    ]
    excerpts = [
        RecordExcerpt(
            object_id=excerpt.id,
            source_id=document.source(excerpt.source).id,
            folded=fold(excerpt.exact),
            sort_key=f"{excerpt.source}:{excerpt.start:08d}:{excerpt.end:08d}",
            card=compact(excerpt_card(excerpt, document)),
            **since,
        )
        for excerpt in document.excerpts
    ]
    links = [
        RecordLink(claim_id=claim_id, part=part, target=target, **since)
        for claim_id, part, target in sorted(set(_links(document)), key=str)
    ]
    return {RecordClaim: claims, RecordExcerpt: excerpts, RecordLink: links}


def _claim_columns(claim: PublishedClaim, position: int, document: DocumentBase) -> dict[str, str | int | bool | None]:
    numbers, (currency, amount) = claim.detail, claim.money
    start, end = claim_keys(claim, document)
    return {
        "object_id": claim.id,
        "position": position,
        "kind": claim.kind,
        "aspect": claim.aspect or "",
        "standing": claim.standing,
        "is_of_money": bool(numbers and numbers.is_of_money),
        "currency": currency or "",
        "amount_hundredths": hundredths(amount),
        "months_hundredths": hundredths(getattr(numbers, "months", None)),
        "start_key": start,
        "end_key": end,
        "folded": " ".join(fold(text) for _language, text in claim.statement.items()),
        "sort_key": f"{fold(document.titles.id)[:400]}:{position:05d}",
        "card": compact(claim_card(claim, document)),
    }


def claim_keys(claim: PublishedClaim, document: DocumentBase) -> KeySpan:
    """Return the period of a claim; where its dates are in dispute, from the earliest to the latest of any side."""
    own = period_keys(claim.start, claim.end, claim.ongoing_when_written)
    return span([own, *disputed_keys(document, claim.id)])


def disputed_keys(document: DocumentBase, claim_id: str | None) -> list[KeySpan]:
    """Return what each side says of the dates of a claim, or of the subject without one, where it names a year."""
    sides = [
        dates_in(side.value)
        for conflict in document.conflicts
        if conflict.claim == claim_id and conflict.property in DATE_PROPERTIES
        for side in conflict.sides
    ]
    return [period_keys(*dates) for dates in sides if dates]


def span(keys: list[KeySpan]) -> KeySpan:
    """Return the period from the earliest to the latest of several, leaving out those that are not dated."""
    dated = [pair for pair in keys if pair[0]]
    return (min(start for start, _end in dated), max(end for _start, end in dated)) if dated else ("", "")


def period_keys(start: str | None, end: str | None, ongoing: bool = False) -> KeySpan:
    """Return the first and last day as ISO text, empty when nothing is dated; what was going on has an open end."""
    if not start and not end:
        return "", ""
    first = PartialDate(start or end or "").first_day.isoformat()
    if end:
        return first, PartialDate(end).last_day.isoformat()
    return first, OPEN_END if ongoing else PartialDate(start or "").last_day.isoformat()


def _dates(document: DocumentBase) -> KeySpan:
    if isinstance(document, SourceDocument):
        return period_keys(document.published, document.published)
    dated = [claim_keys(claim, document) for claim in document.claims if claim.kind in PERIOD_KINDS]
    return span([*dated, *disputed_keys(document, None)])


def _links(document: DocumentBase) -> Iterator[tuple[str | None, str, str]]:
    """Yield (claim or None, part, target) for everything that the document points to or embeds."""
    yield from ((None, *link) for link in _own_links(document))
    for claim in document.claims:
        yield from ((claim.id, *link) for link in (*_claim_links(claim, document), *_word_links(claim, document)))


def _own_links(document: DocumentBase) -> Iterator[Link]:
    yield from (("place", place.id) for place in document.places)
    yield from (("topic", code) for code in document.topics)
    yield from (("identifier", identifier.key) for identifier in document.identifiers)
    for source in document.sources:
        yield "source", source.id
        yield from (("known_through", other.id) for other in source.known_through)
    yield from (("known_through", other.id) for other in document.known_through)
    if document.parent:
        yield "parent", document.parent.id
    yield from (("response", response.who.id) for response in document.responses)
    yield from (("conflict", conflict.family) for conflict in document.own_conflicts)
    yield from (("unknown", unknown.property) for unknown in document.own_unknowns)


def _claim_links(claim: PublishedClaim, document: DocumentBase) -> Iterator[Link]:
    yield from ((party.part, party.who.id) for party in claim.parties if party.who)
    if actor := or_none(claim.said_by.actor):
        yield "said_by", actor.id
    if slug := or_none(claim.said_by.source):
        yield "said_by", document.source(slug).id
    yield from (("relayed_by", document.source(slug).id) for slug in claim.relayed_by)
    yield from (("place", place.id) for place in claim.places)
    yield from (("topic", code) for code in claim.topics)
    for citation in claim.citations:
        yield "excerpt", citation.excerpt
        yield "source", document.source_of(citation.excerpt).id
    yield from (("conflict", family) for family in document.families_of(claim))
    yield from (("unknown", name) for name in claim.unknowns)


def _word_links(claim: PublishedClaim, document: DocumentBase) -> Iterator[Link]:
    """Yield the word by which readers filter claims of its kind; where that is in dispute, the word of every side."""
    kind, detail = DETAILED.get(claim.kind), claim.detail
    if kind is None or not kind.linked_field or detail is None:
        return
    name = f"{kind.name}.{kind.linked_field}"
    conflicts = [conflict for conflict in document.conflicts_of(claim) if conflict.property == name]
    values = [getattr(detail, kind.linked_field), *(side.value for each in conflicts for side in each.sides)]
    for word in [word for word in values if word in kind.linked_words] or [NOT_STATED]:
        yield kind.name, f"{kind.name}:{word}"  # a topic may have the same code
