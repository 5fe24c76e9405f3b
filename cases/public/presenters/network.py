"""Who is connected with whom, by what the published statements say: read from the links of the record, never inferred.

A statement in which several stand is one tie with several members, never a tie of each with each.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.claim_kinds.plain import PLAN, ROLE
from cases.claim_kinds.tie import TIE
from cases.documents.claims import CHARGED_PARTS, PublishedClaim
from cases.documents.kinds import FOLDERS
from cases.models import Record, RecordClaim, RecordLink
from cases.vocabularies import COURT_PARTS, Part, Tie
from sources.json_fields import LanguageMap

from .claim_view import ClaimView
from .listing import Capacity, capacities, documents_of

# A network is made of no more statements; it says so when there are more
MAX_CLAIMS_TYING = 300
# To be named, to speak, to measure, to be criticised, to be accused and to stand in court ties nobody to anybody
UNTYING = (Part.NAMED, Part.SPEAKER, Part.MEASURER, Part.CRITICISED, *CHARGED_PARTS, *COURT_PARTS)
TYING = tuple(part for part in Part.values if part not in UNTYING)
# What somebody may have a role in. Nobody is tied to a case: it would read as an accusation that no source makes.
MATTERS = ("collaboration", "system")


@dataclass(frozen=True)
class Member:
    """Someone or something that stands in a tie. `capacities` are empty for the matter itself."""

    id: str
    kind: str
    path: str
    title: LanguageMap
    capacities: tuple[Capacity, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(capacity.part for capacity in self.capacities)

    def also(self, other: "Member") -> "Member":
        """Return the same in the same parts, with the words of both."""
        pairs = zip(self.capacities, other.capacities, strict=True)
        both = (replace(one, stated=tuple(dict.fromkeys(one.stated + two.stated))) for one, two in pairs)
        return replace(self, capacities=tuple(both))


@dataclass
class Bond:
    """One tie: the same members in the same parts, said with the same standing by one or more statements."""

    number: int
    relation: str | None
    standing: str
    members: list[Member]
    claims: list[ClaimView] = field(default_factory=list)


@dataclass(frozen=True)
class Network:
    """The ties in the order of the record. `capped` is how many statements were read, when there are more."""

    bonds: list[Bond]
    capped: int | None

    @property
    def things(self) -> list[Member]:
        """Return everyone and everything that is tied, each once, in the order of the ties."""
        found: dict[str, Member] = {}
        for bond in self.bonds:
            for member in bond.members:
                found.setdefault(member.id, member)
        return list(found.values())


def network(seq: int | None, around: str | None = None) -> Network:
    """Return the ties of the whole record, or those around one subject: where it stands, or its own document tells."""
    rows = list(_tying_claims(seq, around).order_by("sort_key", "object_id")[: MAX_CLAIMS_TYING + 1])
    shown = rows[:MAX_CLAIMS_TYING]
    documents = documents_of(shown)
    pairs = [(row.object_id, documents[row.since_seq]) for row in shown]
    views = {key: ClaimView(document.claim(str(key)), document) for key, document in pairs}
    parts = _parts(views, seq)
    wanted = {target for each in parts.values() for target in each} | {view.document.id for view in views.values()}
    records = {str(row.object_id): row for row in Record.objects.as_of(seq).filter(object_id__in=wanted).defer("card")}
    bonds: dict[object, Bond] = {}
    for key, view in views.items():
        claim, members = view.claim, _members(view, parts.get(key, {}), records)
        if len(members) > 1:
            same = (tuple(sorted((m.id, m.parts) for m in members)), claim.standing, _relation(claim))
            bond = bonds.setdefault(same, Bond(len(bonds) + 1, _relation(claim), claim.standing, members))
            bond.members = [one.also(two) for one, two in zip(bond.members, members, strict=True)]
            bond.claims.append(view)
    return Network(list(bonds.values()), MAX_CLAIMS_TYING if len(rows) > len(shown) else None)


def _tying_claims(seq: int | None, around: str | None) -> QuerySet[RecordClaim]:
    """Return the statements that tie. A plan is not a deed, so plans are left out."""
    own = RecordLink.objects.filter(record=OuterRef("record"), claim_id=OuterRef("object_id"))
    tying = Q(Exists(own.filter(part__in=TYING))) | Q(kind=TIE.name, aspect=Tie.NAMED_WITH)
    rows = RecordClaim.objects.as_of(seq).exclude(kind=PLAN.name).filter(tying).only("object_id", "since_seq")
    if around is None:
        return rows
    links = RecordLink.objects.as_of(seq).filter(target=around)
    tied = Q(object_id__in=links.filter(part__in=TYING).values("claim_id"))
    named = Q(aspect=Tie.NAMED_WITH, object_id__in=links.filter(part=Part.NAMED).values("claim_id"))
    own_claims = Q(record__in=Record.objects.as_of(seq).filter(object_id=around).values("pk"))
    return rows.filter(own_claims | tied | named)


def _parts(views: dict[UUID, ClaimView], seq: int | None) -> dict[UUID, dict[str, list[str]]]:
    """Return by claim and target the parts in which it stands."""
    links = RecordLink.objects.as_of(seq).filter(claim_id__in=list(views), part__in=[*TYING, Part.NAMED])
    parts: dict[UUID, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim_id, part, target in links.order_by("part", "target").values_list("claim_id", "part", "target"):
        if claim_id and (part != Part.NAMED or views[claim_id].claim.aspect == Tie.NAMED_WITH):
            parts[claim_id][target].append(part)
    return parts


def _members(view: ClaimView, parts: dict[str, list[str]], records: dict[str, Record]) -> list[Member]:
    """Return who stands in it, and the matter itself where the statement is of a role in it."""
    subject = view.document
    if subject.kind in MATTERS and view.claim.kind == ROLE.name and subject.id not in parts:
        parts = {subject.id: [], **parts}
    return [_member(records[key], capacities(view.claim, key, parts[key])) for key in parts if key in records]


def _member(record: Record, capacities: tuple[Capacity, ...]) -> Member:
    title = LanguageMap(id=record.title_id, en=record.title_en)
    path = f"/{FOLDERS[record.kind]}/{record.slug}/"
    return Member(str(record.object_id), record.kind, path, title, capacities)


def _relation(claim: PublishedClaim) -> str | None:
    """Return what sort of tie it is called; where it is called nothing, the parts say it."""
    return claim.aspect if claim.kind == TIE.name else None
