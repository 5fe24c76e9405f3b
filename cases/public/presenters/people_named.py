"""Who is named in a record: as what, how firmly said, since when, and whether they were asked for a reply."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cases.documents.base import DocumentBase
from cases.documents.claims import ANSWERABLE_PARTS, TRIED_PARTS, PublishedClaim
from cases.documents.references import SubjectRef
from cases.public.labels import word
from cases.vocabularies import Part, Standing

from .listing import Capacity, capacities
from .replies import Reply

# So many capacities are told of somebody; the rest stand at the statements
MAX_CAPACITIES = 2
# Parts that tell little of somebody beside any other, and those that say nothing without what they are of
PLAIN_PARTS = (Part.NAMED, Part.BODY)
PARTS_OF_SOMETHING = {Part.HOLDER: Part.BODY, Part.MEMBER: Part.BODY, Part.UNIT: Part.BODY, Part.OWNER: Part.OWNED}
# Kinds of claims whose beginning says since when somebody is something; any other date is that of an event
LASTING_KINDS = ("role", "tie")
HEDGED = (Standing.POTENTIAL, Standing.ALLEGED)


@dataclass
class NamedAs:
    """As what somebody is named, of what, how firmly, and since when where that is something lasting."""

    capacity: Capacity
    of: list[SubjectRef]
    standing: str
    start: str | None = None

    @property
    def hedge(self) -> str:
        """Return how firmly it is said, where that is less than flatly."""
        return word(self.standing, "standing") if self.standing in HEDGED else ""


@dataclass
class PersonNamed:
    """One whom statements name."""

    who: SubjectRef
    reply: Reply | None
    # The latest step of their proceedings: it takes the place of what any one step called them
    step: str = ""
    told: dict[tuple[str, tuple[str, ...]], NamedAs] = field(default_factory=dict)

    @property
    def capacities(self) -> list[NamedAs]:
        """Return as what they are named: at most so many, and that they are mentioned only where there is no other."""
        told = [each for each in self.told.values() if not (self.step and each.capacity.part in TRIED_PARTS)]
        telling = [each for each in told if each.capacity.part not in PLAIN_PARTS]
        if self.step and not telling:
            return []
        return (telling or told)[:MAX_CAPACITIES]

    def add(self, claim: PublishedClaim) -> None:
        """Take in a claim that names them."""
        parts = dict.fromkeys(party.part for party in claim.parties if party.who and party.who.id == self.who.id)
        for each in capacities(claim, self.who.id, parts):
            other = PARTS_OF_SOMETHING.get(each.part)  # type: ignore[call-overload]
            of = [party.who for party in claim.parties_in(other) if party.who] if other else []
            named = self.told.setdefault((each.label, tuple(who.id for who in of)), NamedAs(each, of, claim.standing))
            # Of whoever may reply the weakest word counts; that others are partners, say, needs one flat statement
            pick = min if each.part in ANSWERABLE_PARTS else max
            named.standing = pick(named.standing, claim.standing, key=_strength)
            if claim.start and claim.kind in LASTING_KINDS and (named.start is None or claim.start < named.start):
                named.start = claim.start


def _strength(standing: str) -> int:
    known: list[str] = Standing.values
    return known.index(standing) if standing in known else len(known)


def people_named(document: DocumentBase, replies: Iterable[Reply], steps: Mapping[str, str]) -> list[PersonNamed]:
    """Return everyone whom statements name: those who may reply first, then by how much is said of them."""
    by_id = {reply.who.id: reply for reply in replies}
    found: dict[str, PersonNamed] = {}
    counts: dict[str, int] = {}
    for claim in document.claims:
        for who in {party.who.id: party.who for party in claim.parties if party.who}.values():
            if who.id != document.id:
                found.setdefault(who.id, PersonNamed(who, by_id.get(who.id), steps.get(who.id, ""))).add(claim)
                counts[who.id] = counts.get(who.id, 0) + 1
    return sorted(found.values(), key=lambda each: (not each.step, each.reply is None, -counts[each.who.id]))
