"""Who is tied to whom, by what the published statements say: read from the links of the record, never inferred.

A statement in which several stand is one tie with several members, never a tie of each with each.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.documents.build import FOLDERS
from cases.documents.canonical import Document
from cases.models import Record, RecordClaim, RecordLink
from cases.vocabularies import Part, Tie

from .listing import Capacity, capacities, documents_of, in_full, with_speakers
from .subject_page import CHARGED_PARTS

CLAIMS = 300
"""Statements that one network is made of at most; it says so when there are more."""
UNTYING = (Part.NAMED, Part.SPEAKER, Part.MEASURER, *CHARGED_PARTS)
"""To be named, to speak, to measure and to be accused ties nobody to anybody."""
TYING = tuple(part for part in Part.values if part not in UNTYING)
MATTERS = ("collaboration", "system")
"""What somebody may have a role in. Nobody is tied to a case: it would read as an accusation that no source makes."""


@dataclass(frozen=True)
class Member:
    """Someone or something that stands in a tie. `capacities` are empty for the matter itself."""

    id: str
    kind: str
    path: str
    title: dict[str, str]
    capacities: tuple[Capacity, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(capacity.part for capacity in self.capacities)

    def also(self, other: "Member") -> "Member":
        """The same in the same parts, with the words of both."""
        pairs = zip(self.capacities, other.capacities, strict=True)
        both = (Capacity(one.part, tuple(dict.fromkeys(one.stated + two.stated))) for one, two in pairs)
        return replace(self, capacities=tuple(both))


@dataclass
class Bond:
    """One tie: the same members in the same parts, said with the same standing by one or more statements."""

    number: int
    relation: str | None
    standing: str
    members: list[Member]
    claims: list[Document] = field(default_factory=list)


@dataclass(frozen=True)
class Network:
    """The ties in the order of the record. `capped` is how many statements were read, when there are more."""

    bonds: list[Bond]
    capped: int | None

    @property
    def things(self) -> list[Member]:
        """Everyone and everything that is tied, each once, in the order of the ties."""
        found: dict[str, Member] = {}
        for bond in self.bonds:
            for member in bond.members:
                found.setdefault(member.id, member)
        return list(found.values())


def network(seq: int | None, around: str | None = None) -> Network:
    """The ties of the whole record, or those around one subject: where it stands, or what its own document tells."""
    rows = list(
        _claims(seq, around).order_by("sort_key", "object_id").only("object_id", "since_seq", "card")[: CLAIMS + 1]
    )
    documents = documents_of(rows[:CLAIMS])
    cards = {row.object_id: in_full(row, documents[row.since_seq]) for row in rows[:CLAIMS]}
    parts = _parts(cards, seq)
    wanted = {target for each in parts.values() for target in each} | {each["subject"]["id"] for each in cards.values()}
    records = {str(row.object_id): row for row in Record.objects.as_of(seq).filter(object_id__in=wanted).defer("card")}
    bonds: dict[Any, Bond] = {}
    for key, claim in zip(cards, with_speakers(list(cards.values()), seq), strict=True):
        members = _members(claim, parts.get(key, {}), records)
        if len(members) > 1:
            same = (tuple(sorted((m.id, m.parts) for m in members)), claim["standing"], _relation(claim))
            bond = bonds.setdefault(same, Bond(len(bonds) + 1, _relation(claim), claim["standing"], members))
            bond.members = [one.also(two) for one, two in zip(bond.members, members, strict=True)]
            bond.claims.append(claim | {"words": [f"/excerpts/{excerpt}/" for excerpt in claim["excerpts"]]})
    return Network(list(bonds.values()), CLAIMS if len(rows) > CLAIMS else None)


def _claims(seq: int | None, around: str | None) -> QuerySet[Any]:
    """Statements that tie. A plan is not a deed, so plans are left out."""
    own = RecordLink.objects.filter(record=OuterRef("record"), claim_id=OuterRef("object_id"))
    tying = Q(Exists(own.filter(part__in=TYING))) | Q(kind="tie", subkind=Tie.NAMED_WITH)
    rows = RecordClaim.objects.as_of(seq).exclude(kind="plan").filter(tying)
    if around is None:
        return rows
    stands = RecordLink.objects.as_of(seq).filter(target=around)
    tied = Q(object_id__in=stands.filter(part__in=TYING).values("claim_id"))
    named = Q(subkind=Tie.NAMED_WITH, object_id__in=stands.filter(part=Part.NAMED).values("claim_id"))
    told = Q(record__in=Record.objects.as_of(seq).filter(object_id=around).values("pk"))
    return rows.filter(told | tied | named)


def _parts(cards: dict[Any, Document], seq: int | None) -> dict[Any, dict[str, list[str]]]:
    """By claim and target, the parts in which it stands."""
    links = RecordLink.objects.as_of(seq).filter(claim_id__in=list(cards), part__in=[*TYING, Part.NAMED])
    found: dict[Any, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim_id, part, target in links.order_by("part", "target").values_list("claim_id", "part", "target"):
        if part != Part.NAMED or cards[claim_id]["subkind"] == Tie.NAMED_WITH:
            found[claim_id][target].append(part)
    return found


def _members(claim: Document, parts: dict[str, list[str]], records: dict[str, Any]) -> list[Member]:
    """Who stands in it; with the matter itself where the statement is of a role in it. In any other kind of statement
    a part is one in what is told, and what it is told of is no other side of it.
    """
    subject = claim["subject"]
    if subject["kind"] in MATTERS and claim["kind"] == "role" and subject["id"] not in parts:
        parts = {subject["id"]: [], **parts}
    return [_member(records[key], capacities(claim, key, parts[key])) for key in parts if key in records]


def _member(record: Record, capacities: tuple[Capacity, ...]) -> Member:
    title = {"id": record.title_id, "en": record.title_en}
    path = f"/{FOLDERS[record.kind]}/{record.slug}/"
    return Member(str(record.object_id), record.kind, path, title, capacities)


def _relation(claim: Document) -> str | None:
    """What sort of tie it is called; where it is called nothing, the parts say it."""
    return claim["subkind"] if claim["kind"] == "tie" else None
