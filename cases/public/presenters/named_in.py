"""What names a subject: computed from the links of the record, never stored."""

from dataclasses import dataclass
from uuid import UUID

from cases.documents.claims import PublishedClaim
from cases.documents.types import Document
from cases.models import RecordClaim, RecordLink

from .claim_view import ClaimView
from .listing import Capacity, capacities, documents_of
from .replies import Reply, replies

# A page lists no more claims; it says so when there are more
MAX_CLAIMS_NAMING = 200


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
