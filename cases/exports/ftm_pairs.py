"""Which claims relate a single pair, and in which schemata of FollowTheMoney that may be told.

A claim with several on a side says nothing of any pair. Kinds of claims that are not named here relate nobody: their
claims are Notes only.
"""

from typing import NamedTuple

from cases.claim_kinds import DETAILED
from cases.claim_kinds.transfer import TransferDetail
from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim
from cases.documents.references import SubjectRef
from cases.vocabularies import Part, Role

ACTOR_SCHEMATA = {
    "person": "Person",
    "company": "Company",
    "state_owned_company": "Company",
    "public_body": "PublicBody",
    "post": "Position",
    "community": "Organization",
    "ngo": "Organization",
    "media": "Organization",
    "university": "Organization",
    "international_body": "Organization",
}
# Of what is no actor. A case and a system are Projects: the one schema that asserts nothing about them.
SCHEMATA = {
    "case": "Project",
    "collaboration": "Project",
    "system": "Project",
    "place": "Address",
    "source": "Document",
}
BODIES = {"Company", "PublicBody", "Organization"}
LEGAL_ENTITIES = BODIES | {"Person"}


def schema_of(kind: str, subkind: str) -> str:
    """Return the schema of a subject or source."""
    if kind == "actor":
        return ACTOR_SCHEMATA.get(subkind, "Organization")
    return SCHEMATA.get(kind, "Project")


# The property of an identifier by its scheme, in schemata of legal entities; every thing has its item of Wikidata
IDENTIFIER_PROPERTIES = {
    "nib": "registrationNumber",
    "ahu": "registrationNumber",
    "lei": "leiCode",
    "org_id": "idNumber",
}


def identifier_property(schema: str, scheme: str) -> str:
    """Return the property in which a schema holds an identifier, empty where it has none."""
    if scheme == "wikidata":
        return "wikidataId"
    return IDENTIFIER_PROPERTIES.get(scheme, "") if schema in LEGAL_ENTITIES else ""


class RelationSchema(NamedTuple):
    """A schema of FollowTheMoney: its two properties, and the schemata of what may stand in them."""

    schema: str
    source: str
    source_schemata: set[str]
    target: str
    target_schemata: set[str]


class TieSides(NamedTuple):
    """The parts of the two sides of a tie, and the schema if FollowTheMoney has one for it."""

    source: Part
    target: Part
    relation: RelationSchema | None = None


OCCUPANCY = RelationSchema("Occupancy", "holder", {"Person"}, "post", {"Position"})
EMPLOYMENT = RelationSchema("Employment", "employee", {"Person"}, "employer", BODIES)
MEMBERSHIP = RelationSchema("Membership", "member", LEGAL_ENTITIES, "organization", BODIES)
OWNERSHIP = RelationSchema("Ownership", "owner", LEGAL_ENTITIES, "asset", {"Company"})
PARTICIPATION = RelationSchema("ProjectParticipant", "participant", LEGAL_ENTITIES, "project", {"Project"})
PAYMENT = RelationSchema("Payment", "payer", LEGAL_ENTITIES, "beneficiary", LEGAL_ENTITIES)
FAMILY = RelationSchema("Family", "person", {"Person"}, "relative", {"Person"})
RELATION_SCHEMATA = (FAMILY, OCCUPANCY, EMPLOYMENT, MEMBERSHIP, OWNERSHIP, PARTICIPATION, PAYMENT)

# Ties of a family that are the same from either side
KINSHIP = ("spouse_of", "sibling_of", "relative_of", "in_law_of")
TIES = {
    "holds_office": TieSides(Part.HOLDER, Part.BODY, OCCUPANCY),
    "works_for": TieSides(Part.MEMBER, Part.BODY, EMPLOYMENT),
    "member_of": TieSides(Part.MEMBER, Part.BODY, MEMBERSHIP),
    "unit_of": TieSides(Part.UNIT, Part.BODY),
    "owns": TieSides(Part.OWNER, Part.OWNED, OWNERSHIP),
    "patron_client": TieSides(Part.PATRON, Part.CLIENT),
    "named_with": TieSides(Part.NAMED, Part.NAMED),
    "parent_of": TieSides(Part.PARENT, Part.CHILD, FAMILY),
    **{word: TieSides(Part.RELATIVE, Part.RELATIVE, FAMILY) for word in KINSHIP},
}
# Of a purchase and of what was imposed FollowTheMoney has no schema that says no more than a single claim does
SIDES_OF_STEPS = {
    "contract": TieSides(Part.BUYER, Part.SUPPLIER),
    "penalty": TieSides(Part.AUTHORITY, Part.DEFENDANT),
}
# The part in which the bearers of a role stand: of the same name, but for one. To be named in an allegation is no role
# that FollowTheMoney could tell.
ROLE_PARTS = {role: role for role in Role.values if role in Part.values} | {"responsible_body": "body"}


class Pair(NamedTuple):
    """Two whom a claim relates, by what, and in which schema if it may be told firmly."""

    source: SubjectRef
    target: SubjectRef | DocumentBase
    relation: RelationSchema | None
    word: str

    @property
    def firm_relation(self) -> RelationSchema | None:
        """Return the schema if both may stand in it."""
        if self.relation is None:
            return None
        source, target = (schema_of(each.kind, each.subkind) for each in (self.source, self.target))
        fits = source in self.relation.source_schemata and target in self.relation.target_schemata
        return self.relation if fits else None


def pairs_of(claim: PublishedClaim, document: DocumentBase) -> list[Pair]:
    """Return the pairs that a claim relates: its one pair of sides, or each bearer of a role with the subject."""
    if claim.kind == "role" and (part := ROLE_PARTS.get(claim.aspect or "")):
        bearers = {who.id: who for who in _actors(claim, part) if who and who.id != document.id}
        return [Pair(who, document, PARTICIPATION, part.replace("_", " ")) for who in bearers.values()]
    if claim.kind == "tie" and (tie := TIES.get(claim.aspect or "")):
        return _single_pair(claim, tie, (claim.aspect or "").replace("_", " "))
    if (detail := claim.detail) and (sides := SIDES_OF_STEPS.get(claim.kind)):
        field = DETAILED[claim.kind].linked_field
        return _single_pair(claim, sides, f"{claim.kind}: {getattr(detail, field)}".replace("_", " "))
    if transfer := claim.detail_of(TransferDetail):
        word = (transfer.kind or "transfer of unstated nature").replace("_", " ")
        return _single_pair(claim, TieSides(Part.PAYER, Part.RECIPIENT, PAYMENT), word)
    return []


def _single_pair(claim: PublishedClaim, sides: TieSides, word: str) -> list[Pair]:
    """Return the pair when one known actor stands on each side."""
    if sides.source == sides.target:
        actors = _actors(claim, sides.source)
    else:
        each_side = _actors(claim, sides.source), _actors(claim, sides.target)
        actors = [who for side in each_side for who in side] if all(len(side) == 1 for side in each_side) else []
    match actors:
        case [SubjectRef() as source, SubjectRef() as target]:
            return [Pair(source, target, sides.relation, word)]
    return []


def _actors(claim: PublishedClaim, part: str) -> list[SubjectRef | None]:
    return [party.who for party in claim.parties_in(part)]
