"""What a list says of actors beside their names: their office as sources give it, and how many records name them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from cases.claim_kinds.tie import TIE
from cases.models import Record, RecordClaim, RecordLink
from cases.vocabularies import Part, Standing, Tie
from sources.json_fields import LanguageMap

FIRM = (Standing.STATED, Standing.DECIDED)


@dataclass
class ActorUse:
    """How records use an actor. `offices` are those that a source flatly says that they hold or held."""

    records: int
    offices: list[LanguageMap]


def actor_uses(rows: Sequence[Record], seq: int | None) -> dict[str, ActorUse]:
    """Return how records use these actors, by id. Five queries at most, whatever their number."""
    ids = [str(row.object_id) for row in rows]
    links = RecordLink.objects.as_of(seq).order_by()
    naming = links.filter(target__in=ids, claim_id__isnull=False)
    counts = dict(naming.values_list("target").annotate(n=Count("record__object_id", distinct=True)))
    pairs = naming.filter(record__object_id__in=ids).values_list("target", "record__object_id").distinct()
    for key in (target for target, record in pairs if target == str(record)):
        counts[key] -= 1  # its own record
    uses = {key: ActorUse(counts.get(key, 0), []) for key in ids}
    ties = RecordClaim.objects.as_of(seq).filter(kind=TIE.name, aspect=Tie.HOLDS_OFFICE, standing__in=FIRM)
    held = links.filter(claim_id__in=ties.values("object_id"))
    holders = list(held.filter(part=Part.HOLDER, target__in=ids).values_list("claim_id", "target"))
    bodies = dict(
        held.filter(part=Part.BODY, claim_id__in=[claim for claim, _who in holders]).values_list("claim_id", "target")
    )
    titles = (
        Record.objects.as_of(seq)
        .filter(object_id__in=set(bodies.values()))
        .values_list("object_id", "title_id", "title_en")
    )
    offices = {str(key): LanguageMap(id=indonesian, en=english) for key, indonesian, english in titles}
    for claim, who in holders:
        office = offices.get(bodies.get(claim, ""))
        if office and office not in uses[who].offices:
            uses[who].offices.append(office)
    return uses
