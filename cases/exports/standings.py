"""What each format may say of a claim, by its standing: the one table, published in docs/exports.md and tested.

A format with a column for the standing carries it there. One without (FollowTheMoney, a citation) marks the sentence
itself, and asserts no relation that the standing does not carry.
"""

from cases.claim_kinds.stage import StageDetail
from cases.claim_kinds.transfer import TransferDetail
from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim

from .citations import STANDING_MARKS, mark_statement

WEAK = {"Note", "UnknownLink"}
FIRM = WEAK | {"Employment", "Membership", "Occupancy", "Ownership", "ProjectParticipant"}
# Schemata of FollowTheMoney in which a claim of this standing may be told
FTM_SCHEMATA = {"potential": WEAK, "alleged": WEAK, "stated": FIRM, "decided": FIRM | {"Payment"}}
# A budget or an award is no payment, and money of unstated nature is not known to be one
PAYMENT_KINDS = {"bribe", "gratification", "illegal_levy", "payment", "social_aid", "csr", "grant"}
CLEARING_OUTCOMES = {"acquitted", "discharged", "annulled"}


def marked_statements(claim: PublishedClaim) -> list[str]:
    """Return the statement in English and Indonesian, behind its standing where that is weaker than said flatly."""
    return [mark_statement(claim.statement.choose(language), claim.standing, language) for language in ("en", "id")]


def marked_role(word: str, claim: PublishedClaim) -> str:
    """Return the name of a relation, behind the standing of the claim and behind what is in dispute about it."""
    mark = STANDING_MARKS.get(claim.standing)
    marks = [*([mark["en"]] if mark else []), *(["disputed"] if claim.conflicts else [])]
    return f"[{', '.join(marks)}] {word}" if marks else word


def may_have_schema(schema: str, claim: PublishedClaim, document: DocumentBase) -> bool:
    """Return whether this claim may be told in this schema. What is in dispute is told as weakly as an allegation."""
    allowed = WEAK if claim.conflicts else FTM_SCHEMATA.get(claim.standing, WEAK)
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
