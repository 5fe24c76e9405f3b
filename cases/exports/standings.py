"""What each format may say of a claim, by its standing: the one table, published in docs/exports.md and tested.

A format with a column for the standing carries it there. One without (FollowTheMoney, a citation) marks the sentence
itself, and asserts no relation that the standing does not carry.
"""

from cases.claim_kinds.stage import StageDetail
from cases.claim_kinds.transfer import TransferDetail
from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim
from cases.vocabularies import ConflictFamily

from .citations import STANDING_MARKS, mark_statement
from .texts import label

WEAK = {"Note", "UnknownLink"}
FIRM = WEAK | {"Employment", "Family", "Membership", "Occupancy", "Ownership", "ProjectParticipant"}
# Schemata of FollowTheMoney in which a claim of this standing may be told
FTM_SCHEMATA = {"potential": WEAK, "alleged": WEAK, "stated": FIRM, "decided": FIRM | {"Payment"}}
# A budget or an award is no payment, and money of unstated nature is not known to be one
PAYMENT_KINDS = {"bribe", "gratification", "illegal_levy", "payment", "social_aid", "csr", "grant"}
CLEARING_OUTCOMES = {"acquitted", "discharged", "annulled"}


def marked_statements(claim: PublishedClaim) -> list[str]:
    """Return the statement in English and Indonesian, as far as it stands in them.

    It stands behind its standing where that is weaker than said flatly.
    """
    return [mark_statement(text, claim.standing, language) for language, text in claim.statement.items() if text]


def marked_role(word: str, claim: PublishedClaim, document: DocumentBase) -> str:
    """Return the name of a relation, behind the standing of the claim and the families of what disagrees about it."""
    mark = STANDING_MARKS.get(claim.standing)
    families = [label(ConflictFamily, family, "en") for family in document.families_of(claim)]
    marks = [*([mark["en"]] if mark else []), *families]
    return f"[{', '.join(marks)}] {word}" if marks else word


def may_have_schema(schema: str, claim: PublishedClaim, document: DocumentBase) -> bool:
    """Return whether this claim may be told in this schema. What disagrees in any way is told as an allegation is."""
    allowed = WEAK if document.families_of(claim) else FTM_SCHEMATA.get(claim.standing, WEAK)
    return schema in allowed and (schema != "Payment" or has_court_finding(claim, document))


def has_court_finding(claim: PublishedClaim, document: DocumentBase) -> bool:
    """Return whether a court ruling itself carries this transfer, and no ruling told here has overturned one."""
    transfer = claim.detail_of(TransferDetail)
    if transfer is None or claim.standing != "decided" or transfer.kind not in PAYMENT_KINDS:
        return False
    stages = filter(None, (other.detail_of(StageDetail) for other in document.claims))
    if any(stage.outcome in CLEARING_OUTCOMES for stage in stages):
        return False
    rulings = {source.slug for source in document.sources if source.source_kind == "court_ruling"}
    return any(excerpt.source in rulings for excerpt in document.supporting_excerpts_of(claim))
