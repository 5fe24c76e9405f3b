"""What each format may say of a claim, by its standing: the one table, published in docs/exports.md and tested.

A format with a column for the standing carries it there. One without (FollowTheMoney, a citation) marks the sentence
itself, and asserts no relation that the standing does not carry.
"""

from typing import Any

from cases.documents.canonical import Document

from .citations import STANDING_MARKS, marked

Claim = dict[str, Any]

WEAK = {"Note", "UnknownLink"}
FIRM = WEAK | {"Employment", "Membership", "Occupancy", "Ownership", "ProjectParticipant"}
FTM_SCHEMATA = {"potential": WEAK, "alleged": WEAK, "stated": FIRM, "decided": FIRM | {"Payment"}}
"""Schemata of FollowTheMoney in which a claim of this standing may be told."""
PAYMENT_KINDS = {"bribe", "gratification", "illegal_levy", "payment", "social_aid", "csr", "grant"}
"""A budget or an award is no payment, and money of unstated nature is not known to be one."""
OVERTURNED = {"acquitted", "discharged", "annulled"}


def sentences(claim: Claim) -> list[str]:
    """The statement in both languages, each behind its standing where that is weaker than said flatly."""
    return [marked(claim["statement"][language], claim["standing"], language) for language in ("en", "id")]


def role_words(word: str, claim: Claim) -> str:
    """The name of a relation, behind the standing of the claim and behind what is in dispute about it."""
    mark = STANDING_MARKS.get(claim["standing"])
    marks = [*([mark["en"]] if mark else []), *(["disputed"] if claim["conflicts"] else [])]
    return f"[{', '.join(marks)}] {word}" if marks else word


def may_be(schema: str, claim: Claim, document: Document) -> bool:
    """Whether this claim may be told in this schema. What is in dispute is told as weakly as an allegation."""
    allowed = WEAK if claim["conflicts"] else FTM_SCHEMATA.get(claim["standing"], WEAK)
    return schema in allowed and (schema != "Payment" or found_by_a_court(claim, document))


def found_by_a_court(claim: Claim, document: Document) -> bool:
    """Whether a court ruling itself carries this transfer, and no ruling told here has overturned one."""
    if claim["standing"] != "decided" or claim["kind"] != "transfer":
        return False
    if claim["transfer"]["kind"] not in PAYMENT_KINDS:
        return False
    stages = [other["stage"] for other in document["claims"] if other["kind"] == "stage"]
    if any(stage["outcome"] in OVERTURNED for stage in stages):
        return False
    rulings = {source["slug"] for source in document["sources"] if source["source_kind"] == "court_ruling"}
    taken_from = {excerpt["id"]: excerpt["source"] for excerpt in document["excerpts"]}
    supporting = [c["excerpt"] for c in claim["citations"] if c["relation"] == "supports"]
    return any(taken_from[excerpt] in rulings for excerpt in supporting)
