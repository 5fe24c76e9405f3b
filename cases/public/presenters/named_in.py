"""What names a subject, and what rests on a source: computed from the links of the record, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.documents.claims import PublishedClaim
from cases.documents.types import Document
from cases.http.query_parameters import BadParameterError
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink
from cases.record.lookup import is_uuid

from .claim_view import ClaimView
from .listing import Capacity, capacities, documents_of
from .record_cards import ClaimCard, ExcerptCard, RecordCard, read_card, read_record_card
from .replies import Reply, replies

# A page lists no more claims; it says so when there are more
MAX_CLAIMS_NAMING = 200
EXCERPTS_PER_PAGE = 60


@dataclass(frozen=True)
class ExcerptOfSource:
    """An excerpt with the claims that rest on it, and the records that hold it without such a claim."""

    excerpt: ExcerptCard
    claims: list[ClaimCard] = field(default_factory=list)
    holders: list[RecordCard] = field(default_factory=list)


@dataclass(frozen=True)
class ExcerptPage:
    """One page of the excerpts of a source. `next` is the id after which the others follow."""

    excerpts: list[ExcerptOfSource]
    total: int
    next: str | None


@dataclass(frozen=True)
class Matter:
    """A record that names somebody: the claims in which they stand, each with as what; and their replies to it."""

    document: Document
    claims: list[tuple[ClaimView, tuple[Capacity, ...]]]
    replies: list[Reply]


@dataclass(frozen=True)
class NamedIn:
    """The records whose claims name somebody. `capped` is how many claims are shown, when there are more."""

    matters: list[Matter]
    capped: int | None

    @property
    def claims(self) -> list[PublishedClaim]:
        return [view.claim for matter in self.matters for view, _capacities in matter.claims]


def matters_naming(object_id: str, seq: int | None) -> NamedIn:
    """Return the claims of other documents in which a subject stands, and as what; where accused, with the reply."""
    links = RecordLink.objects.as_of(seq).filter(target=object_id, claim_id__isnull=False)
    links = links.exclude(record__object_id=object_id).exclude(part__in=["place", "topic", "excerpt", "source"])
    parts: dict[UUID, list[str]] = {}
    for claim_id, part in links.order_by("part").values_list("claim_id", "part"):
        if claim_id:
            parts.setdefault(claim_id, []).append(part)
    if not parts:
        return NamedIn([], None)
    rows = RecordClaim.objects.as_of(seq).filter(object_id__in=links.values("claim_id"))
    found = list(rows.order_by("sort_key", "object_id")[: MAX_CLAIMS_NAMING + 1])
    shown = found[:MAX_CLAIMS_NAMING]
    documents = documents_of(shown)
    matters: dict[int, Matter] = {}
    for row in shown:
        document = documents[row.since_seq]
        view = ClaimView(document.claim(str(row.object_id)), document)
        matter = matters.setdefault(row.since_seq, Matter(document, [], []))
        matter.claims.append((view, capacities(view.claim, object_id, parts[row.object_id])))
    for matter in matters.values():
        told = {reply.who.id for view, _capacities in matter.claims for reply in view.replies}
        if object_id not in told:  # where it was asked about the whole matter, or about what is not shown
            matter.replies.extend(reply for reply in replies(matter.document) if reply.who.id == object_id)
    return NamedIn(list(matters.values()), MAX_CLAIMS_NAMING if len(found) > len(shown) else None)


def excerpts_of(source_id: str, seq: int | None, after: str = "") -> ExcerptPage:
    """Return the excerpts of a source in its own order, each with the claims that rest on it and what else holds it.

    `after` is the id of an excerpt; those that follow it are given. Raises BadParameterError when the source has none.
    """
    of_source = RecordExcerpt.objects.as_of(seq).filter(source_id=source_id)
    places = of_source.order_by("sort_key", "object_id").values_list("sort_key", "object_id").distinct()
    total = places.count()
    if after:
        place = of_source.filter(object_id=after).first() if is_uuid(after) else None
        if place is None:
            raise BadParameterError("after", _("“%s” is not an excerpt of this source.") % after[:60])
        beyond = Q(sort_key__gt=place.sort_key) | Q(sort_key=place.sort_key, object_id__gt=place.object_id)
        places = places.filter(beyond)
    page = [key for _sort, key in places[: EXCERPTS_PER_PAGE + 1]]
    rows = of_source.filter(object_id__in=page[:EXCERPTS_PER_PAGE]).select_related("record")
    excerpts: dict[str, ExcerptOfSource] = {}
    holders: dict[str, list[Record]] = {}
    for row in rows.order_by("sort_key", "object_id", "since_seq"):
        excerpts.setdefault(str(row.object_id), ExcerptOfSource(read_card(row, ExcerptCard)))
        holders.setdefault(str(row.object_id), []).append(row.record)
    _add_claims(excerpts, {record.pk for records in holders.values() for record in records}, seq)
    for key, excerpt in excerpts.items():
        subjects = {claim.subject.id for claim in excerpt.claims}
        others = [record for record in holders[key] if str(record.object_id) not in subjects]
        excerpt.holders.extend(map(read_record_card, others))
    return ExcerptPage(list(excerpts.values()), total, list(excerpts)[-1] if len(page) > EXCERPTS_PER_PAGE else None)


def _add_claims(excerpts: dict[str, ExcerptOfSource], records: Iterable[int], seq: int | None) -> None:
    """Put the claims of these records with the excerpts that they cite, in the order of their documents."""
    links = RecordLink.objects.as_of(seq).filter(part="excerpt", record__in=records, target__in=list(excerpts))
    pairs = [(target, claim_id) for target, claim_id in links.values_list("target", "claim_id") if claim_id]
    rows = RecordClaim.objects.as_of(seq).filter(object_id__in={claim_id for _target, claim_id in pairs})
    claims = {row.object_id: read_card(row, ClaimCard) for row in rows.order_by("sort_key", "object_id")}
    order = {claim_id: place for place, claim_id in enumerate(claims)}
    for target, claim_id in sorted(pairs, key=lambda pair: order.get(pair[1], 0)):
        if claim_id in claims:
            excerpts[target].claims.append(claims[claim_id])
