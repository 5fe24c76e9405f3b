"""Rules about penalties: what was imposed, by whom, on somebody whom a court convicted; never what was only demanded.

Each rule is a function from a document to the faults it finds: (where, sentence).
"""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from cases.claim_kinds.penalty import PenaltyDetail
from cases.claim_kinds.stage import Outcome, StageDetail, StageWord
from cases.documents.base import DocumentBase
from cases.documents.claims import TRIED_PARTS, PublishedClaim
from cases.vocabularies import Part, Standing

from .fault_places import Faults, named_claims

DEMANDED = re.compile(r"\b((me|di)nuntut|tuntutan|demand(s|ed)?|asked for|sought)\b", re.IGNORECASE)
IMPOSED = re.compile(
    r"\b((men|di)jatuh\w*|(meng|di)hukum|memidana|dipidana|divonis|memvonis|vonis|putusan|(meng|di)kenakan|"
    r"imposed|sentenced|ordered|fined|ruled|verdict)\b",
    re.IGNORECASE,
)


def criminal_penalties_follow_a_conviction(document: DocumentBase) -> Faults:
    """Demand of everyone who bears a criminal penalty a ruling in this document that convicts the same person."""
    rulings = [(claim, claim.detail_of(StageDetail)) for claim in document.claims]
    convicting = [claim for claim, ruling in rulings if ruling and ruling.outcome == Outcome.CONVICTED]
    convicted = {name for claim in convicting for name in _bearers(claim)}
    for where, claim in named_claims(document):
        penalty = claim.detail_of(PenaltyDetail)
        if penalty is None or not penalty.is_criminal:
            continue
        if not _bearers(claim):
            yield where, _("A criminal penalty names on whom it is imposed, as defendant.")
        elif not _bearers(claim) <= convicted:
            yield where, _("A criminal penalty stands only beside a dated verdict that convicts the same person.")


def _bearers(claim: PublishedClaim) -> set[str]:
    """Return those on whom a step or penalty lies: by id or, of who has no page, by the words of the source."""
    return {party.who.id if party.who else party.as_stated or "" for party in claim.parties_in(*TRIED_PARTS)}


def administrative_penalties_name_the_body(document: DocumentBase) -> Faults:
    for where, claim in named_claims(document):
        penalty = claim.detail_of(PenaltyDetail)
        if penalty and not penalty.is_criminal and not claim.parties_in(Part.AUTHORITY):
            yield where, _("An administrative penalty names the body that imposed it, as authority.")


def demands_are_no_penalties(document: DocumentBase) -> Faults:
    """Refuse as penalty what the prosecution only asked for: by its standing, its words, and where else they stand."""
    steps = [(claim, claim.detail_of(StageDetail)) for claim in document.claims]
    demands = [claim for claim, step in steps if step and step.stage == StageWord.SENTENCE_DEMANDED]
    demanding = {excerpt for claim in demands for excerpt in claim.supporting_excerpts}
    message = _("What was demanded is the step “sentence demanded”, and no penalty: a penalty is what was imposed.")
    for where, claim in named_claims(document):
        if claim.detail_of(PenaltyDetail) is None:
            continue
        quotes = [excerpt.exact for excerpt in document.supporting_excerpts_of(claim)]
        only_asks = any(map(DEMANDED.search, quotes)) and not any(map(IMPOSED.search, quotes))
        if only_asks or demanding & set(claim.supporting_excerpts):
            yield where, message
        if claim.standing not in (Standing.STATED, Standing.DECIDED):
            yield where, _("A penalty was imposed or it was not: its claim is stated or decided.")


PENALTY_RULES: list[Callable[[DocumentBase], Faults]] = [
    criminal_penalties_follow_a_conviction,
    administrative_penalties_name_the_body,
    demands_are_no_penalties,
]
