"""The page of a case or a collaboration, in the order of a reader's questions.

What is said, in which words, by whom, how weak is the source, was the person asked; then how it ended where a court
has ruled, what money, who, when, what is not known, where sources differ. Computed from the document alone.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cases.claim_kinds.base import Label
from cases.claim_kinds.contract import ContractDetail, ContractStep
from cases.claim_kinds.penalty import PenaltyDetail
from cases.claim_kinds.stage import RULINGS, StageDetail
from cases.documents.claims import TRIED_PARTS
from cases.documents.references import SubjectRef
from cases.public.labels import word
from cases.public.language_urls import page_language
from cases.vocabularies import Part, ReplyState, Standing
from sources.dates import PartialDate

from .claim_view import ClaimView
from .evidence_strip import StripPart, evidence_strip
from .people_named import PersonNamed, people_named
from .readings import ConflictView
from .replies import ReplyLine, reply_lines
from .source_facts import SourceFacts, source_facts
from .statements import Statement, StatementRun, statement_runs
from .subject_page import SubjectPage

# What stands open of each list; the rest is folded under its number
MAX_PEOPLE_OPEN = 4
MAX_RULINGS_OPEN = 3
MAX_LEADS_OPEN = 3
MAX_LEADS_BESIDE_RULINGS, MAX_PEOPLE_BESIDE_RULINGS = 0, 2
HEADLINE_MAX_CHARS, RULING_MAX_CHARS = 100, 84
# A longer headline or title is set smaller, so that its words and its source are on the first screen too
LONG_HEADLINE_CHARS, LONG_TITLE_CHARS = 110, 56
# More parts than this stand together below one fold
MAX_GROUPS_OPEN = 4


@dataclass(frozen=True)
class FoldedGroup:
    """Statements of one sort, folded. `code` is the anchor on the page."""

    code: str
    title: Label
    runs: list[StatementRun]
    count: int


@dataclass(frozen=True)
class Ruling:
    """What a court said of whom: one row of person × charge × court × date × outcome × final or not."""

    statement: Statement
    detail: StageDetail

    @property
    def outcome(self) -> str:
        return word(self.detail.outcome, "stage.outcome")

    @property
    def step(self) -> str:
        return word(self.detail.stage, "stage.stage")

    @property
    def courts(self) -> list[SubjectRef]:
        parts = self.statement.view.claim.parties_in(Part.AUTHORITY, Part.JUDGE, Part.BODY)
        return [party.who for party in parts if party.who]

    @property
    def tried(self) -> list[SubjectRef]:
        return [party.who for party in self.statement.view.claim.parties_in(*TRIED_PARTS) if party.who]


@dataclass(frozen=True)
class Sentence:
    """What was imposed on one day, as one source says."""

    views: list[ClaimView]

    @property
    def first(self) -> ClaimView:
        return self.views[0]

    @cached_property
    def statement(self) -> Statement:
        return Statement(self.first)


@dataclass(frozen=True)
class CasePage(SubjectPage):
    """What a page of a case or collaboration shows beside the document's own fields."""

    @cached_property
    def headline(self) -> Statement | None:
        """Return the first statement of the lead, or the first of all where there is no lead."""
        first = next(iter([*self.document.lead_claims, *self.document.claims]), None)
        return Statement(ClaimView(first, self.document), max_chars=HEADLINE_MAX_CHARS) if first else None

    @property
    def is_long_title(self) -> bool:
        return len(self.document.title.choose(page_language())) > LONG_TITLE_CHARS

    @property
    def is_long_headline(self) -> bool:
        said = self.headline.view.claim.statement.choose(page_language()) if self.headline else ""
        return len(said) > LONG_HEADLINE_CHARS

    @cached_property
    def strip(self) -> list[StripPart]:
        return evidence_strip(claim.standing for claim in self.document.claims)

    @cached_property
    def source_facts(self) -> SourceFacts:
        return source_facts(self.document)

    @cached_property
    def reply_lines(self) -> list[ReplyLine]:
        """Return the state of the reply, those of whom the same is told together."""
        return reply_lines(self.replies)

    @cached_property
    def steps(self) -> dict[str, str]:
        """Return by the id of who the latest step that is recorded here of everyone who has stood in one."""
        told: dict[str, str] = {}
        for view in sorted(self.claims, key=lambda view: view.claim.start or ""):
            if stage := view.claim.detail_of(StageDetail):
                when = f" ({PartialDate(view.claim.start).display(page_language())})" if view.claim.start else ""
                not_final = ", " + _("not yet final") if view.is_not_final else ""
                for party in view.claim.parties_in(*TRIED_PARTS):
                    if party.who:
                        told[party.who.id] = f"{stage.told(page_language())}{when}{not_final}"
        return told

    @property
    def steps_told(self) -> list[tuple[SubjectRef, str]]:
        """Return everyone who has stood in a step, with the latest."""
        return [(each.who, each.step) for each in self.people if each.step]

    @cached_property
    def leads(self) -> list[StatementRun]:
        """Return the statements of the lead but the headline and the rulings, their words open."""
        return statement_runs(Statement(view) for view in self._leads if view.claim.id in self._open_ids)

    @cached_property
    def leads_folded(self) -> list[Statement]:
        return [Statement(view) for view in self._leads if view.claim.id not in self._open_ids]

    @cached_property
    def _leads(self) -> list[ClaimView]:
        return [ClaimView(claim, self.document) for claim in self.document.lead_claims[1:]]

    @cached_property
    def _open_ids(self) -> list[str]:
        """Return the ids of the statements of the lead that stand open: what a court said stands in its own part."""
        ruled = {ruling.statement.view.claim.id for ruling in self.rulings}
        open_ones = [view.claim.id for view in self._leads if view.claim.id not in ruled]
        return open_ones[: MAX_LEADS_BESIDE_RULINGS if ruled else MAX_LEADS_OPEN]

    @cached_property
    def folded(self) -> list[FoldedGroup]:
        """Return every other statement by kind, folded under its number."""
        told = {self.headline.view.claim.id} if self.headline else set()
        groups = []
        for group in self.groups:
            views = [view for view in group.claims if view.claim.id not in told]
            runs = statement_runs(Statement(view, is_open=False) for view in views)
            groups += [FoldedGroup(group.code, group.title, runs, len(views))] if views else []
        return groups

    @property
    def folded_count(self) -> int | None:
        """Return how many statements stand below one fold; none where each part has a fold of its own."""
        count = sum(group.count for group in self.folded)
        return count if len(self.folded) > MAX_GROUPS_OPEN else None

    @cached_property
    def rulings(self) -> list[Ruling]:
        """Return what courts said, latest first."""
        stages = [(view, view.claim.detail_of(StageDetail)) for view in self.claims]
        ruled = [(view, stage) for view, stage in stages if stage and stage.outcome and stage.stage in RULINGS]
        in_order = sorted(ruled, key=lambda pair: pair[0].claim.start or "", reverse=True)
        return [Ruling(Statement(view, max_chars=RULING_MAX_CHARS), stage) for view, stage in in_order]

    @property
    def rulings_open(self) -> list[Ruling]:
        return self.rulings[:MAX_RULINGS_OPEN]

    @property
    def rulings_folded(self) -> list[Ruling]:
        return self.rulings[MAX_RULINGS_OPEN:]

    @cached_property
    def penalties(self) -> list[Sentence]:
        """Return what was imposed, together what one source says of one day, latest first."""
        found: dict[tuple[str, str, str], list[ClaimView]] = {}
        for view in self.claims:
            if view.claim.detail_of(PenaltyDetail):
                said = (view.claim.start or "", repr(view.claim.said_by), view.standing)
                found.setdefault(said, []).append(view)
        in_order = sorted(found, key=lambda said: (said[0], said[2] == Standing.DECIDED), reverse=True)
        return [Sentence(found[said]) for said in in_order]

    @cached_property
    def purchase(self) -> list[Statement]:
        """Return the steps of a purchase from budget to overpayment, each once; offers are folded with the rest."""
        steps: dict[str, ClaimView] = {}
        for view in sorted(self._contracts, key=lambda view: view.claim.id not in self.document.lead):
            steps.setdefault(view.detail_word, view)
        offers = (ContractStep.OFFER, ContractStep.CORRECTED_OFFER)
        shown = [view for view in steps.values() if getattr(view.claim.detail, "step", "") not in offers]
        return [Statement(view) for view in sorted(shown, key=_rank_of_step)]

    @cached_property
    def purchase_folded(self) -> list[Statement]:
        shown = {each.view.claim.id for each in self.purchase}
        return [Statement(view) for view in self._contracts if view.claim.id not in shown]

    @property
    def _contracts(self) -> list[ClaimView]:
        return [view for view in self.money if view.claim.detail_of(ContractDetail)]

    @cached_property
    def money(self) -> list[ClaimView]:
        """Return the claims that tell of a sum: the steps of a purchase from budget to overpayment, then the rest."""
        return sorted(super().money, key=_rank_of_step)

    @cached_property
    def people(self) -> list[PersonNamed]:
        return people_named(self.document, self.replies, self.steps)

    @property
    def people_open(self) -> list[PersonNamed]:
        return self.people[: self._max_people]

    @property
    def people_folded(self) -> list[PersonNamed]:
        return self.people[self._max_people :]

    @property
    def _max_people(self) -> int:
        return MAX_PEOPLE_BESIDE_RULINGS if self.rulings else MAX_PEOPLE_OPEN

    @property
    def was_asked(self) -> bool:
        """Return whether anybody was asked for a reply, by us or by a source."""
        return any(reply.response.state != ReplyState.NOT_ASKED for reply in self.replies)

    @property
    def notes_by_family(self) -> list[tuple[str, list[ConflictView]]]:
        """Return our notes on reading a source, under their families."""
        by_family: dict[str, list[ConflictView]] = {}
        for view in self.notes:
            by_family.setdefault(view.family, []).append(view)
        return list(by_family.items())

    @property
    def contents(self) -> list[tuple[str, Label, int | None]]:
        """Return (anchor, title, how many) of the parts of the page, in their order."""
        document, answered = self.document, sum(reply.response.state != ReplyState.NOT_ASKED for reply in self.replies)
        parts: list[tuple[str, Label, int | None, bool]] = [
            ("rulings", _("What the courts have said"), len(self.rulings), bool(self.rulings)),
            ("penalties", _("What was imposed"), len(self.penalties), bool(self.penalties)),
            ("purchase", _("The money, from budget to overpayment"), len(self.purchase), bool(self.purchase)),
            ("said", _("What is said"), len(document.lead[1:]), bool(document.lead[1:])),
            ("named", _("Who is named, and as what"), len(self.people), bool(self.people)),
            ("replies", _("Replies"), answered, bool(self.replies)),
            ("unknown", _("What is not known"), None, bool(document.unknowns)),
            ("differ", _("Where sources differ"), len(self.news), bool(self.news)),
            ("rest", _("Everything else that is said"), None, bool(self.folded)),
            ("notes", _("How we read the sources"), len(self.notes), bool(self.notes)),
            ("sources", _("Sources of this page"), len(document.sources), bool(document.sources)),
            ("history", _("History"), document.version.number, True),
            ("cite", _("Cite, share, print"), None, True),
        ]
        return [(anchor, title, count) for anchor, title, count, there in parts if there]


def _rank_of_step(view: ClaimView) -> int:
    contract = view.claim.detail_of(ContractDetail)
    steps: list[str] = ContractStep.values
    return steps.index(contract.step) if contract and contract.step in steps else len(steps)
