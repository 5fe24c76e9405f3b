"""The page of a person, company or body, in the order of a reader's questions.

Who is this, as said; did a court say anything; was it asked; as what and since when is it named, in which records and
words; with whom is it connected. Computed from its document and from what other records say of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cases.claim_kinds.base import Label
from cases.claim_kinds.stage import StageDetail
from cases.documents.claims import ANSWERABLE_PARTS, TRIED_PARTS
from cases.documents.references import SubjectRef
from cases.documents.types import Document
from cases.public.labels import word
from cases.public.language_urls import page_language
from cases.vocabularies import Part, Standing
from sources.dates import PartialDate

from .case_page import HEADLINE_MAX_CHARS, CasePage
from .claim_view import ClaimView
from .islands import Island
from .listing import Capacity
from .named_in import Matter, NamedIn
from .people_named import LASTING_KINDS, PLAIN_PARTS
from .replies import ReplyLine, reply_lines
from .statements import Statement
from .word_meanings import WordMeaning, word_meanings

# Rows of one record that stand in the table, and rows that stand open; every statement stands folded under its record
MAX_ROWS_OF_RECORD, MAX_ROWS_OPEN = 3, 5
# A taller drawing is folded
MAX_HEIGHT_OPEN = 480
FIRM = (Standing.STATED, Standing.DECIDED)


@dataclass(frozen=True)
class ActorRow:
    """One statement that names the actor: in which record, as what, since when, in which words."""

    statement: Statement
    capacities: tuple[Capacity, ...]
    others: list[SubjectRef]

    @property
    def view(self) -> ClaimView:
        return self.statement.view

    @property
    def is_lasting(self) -> bool:
        """Return whether its beginning says since when somebody is something; any other date is of an event."""
        return self.view.claim.kind in LASTING_KINDS

    @property
    def as_what(self) -> str:
        """Return as what it is named; of a statement of its own record that names it as nothing, what it tells of."""
        labels = dict.fromkeys(capacity.label for capacity in self.capacities)
        return ", ".join(labels) or word(self.view.claim.kind, "claim")


@dataclass(frozen=True)
class ActorPage(CasePage):
    """What a page of an actor shows. Without `named_in` (an earlier version), only what its own document tells."""

    named_in: NamedIn | None = None
    islands: tuple[Island, ...] = ()

    @property
    def matters(self) -> list[Matter]:
        return self.named_in.matters if self.named_in else []

    @cached_property
    def headline_elsewhere(self) -> ActorRow | None:
        """Return the statement of another record that says best who it is, where its own record says nothing."""
        if self.headline:
            return None
        first = min(self._naming, key=_rank_of_telling, default=None)
        return _row(*first, self.document.id, max_chars=HEADLINE_MAX_CHARS) if first else None

    @property
    def since(self) -> ActorRow | None:
        """Return the statement whose date says since when it is what the first screen calls it."""
        if self.headline is None:
            return self.headline_elsewhere
        return ActorRow(self.headline, (), [])

    @property
    def latest_steps(self) -> list[tuple[str, Document | None]]:
        """Return the latest step of its proceedings in each record that tells of one."""
        found = [(self.steps[self.document.id], None)] if self.document.id in self.steps else []
        told: list[tuple[str, Document | None]] = list(found)
        for matter in self.matters:
            views = [view for view, _capacities in matter.claims if _tries(view, self.document.id)]
            if views:
                told.append((_step(max(views, key=lambda view: view.claim.start or "")), matter.document))
        return told

    @cached_property
    def own_replies(self) -> list[ReplyLine]:
        """Return whether it was asked for a reply, to whatever record."""
        beside = (reply for view, _capacities in self._naming for reply in view.replies)
        of_matters = (reply for matter in self.matters for reply in matter.replies)
        found = [*self.replies, *beside, *of_matters]
        return reply_lines({reply.text: reply for reply in found if reply.who.id == self.document.id}.values())

    @cached_property
    def rows(self) -> list[ActorRow]:
        """Return the table: of each record the first statement of each capacity, what is dated and lasting first."""
        rows = [row for matter in self.matters for row in self._rows_of(matter)]
        return sorted(rows, key=lambda row: (not row.is_lasting, not row.view.claim.start))

    @property
    def rows_open(self) -> list[ActorRow]:
        return self.rows[:MAX_ROWS_OPEN]

    @property
    def rows_folded(self) -> list[ActorRow]:
        return self.rows[MAX_ROWS_OPEN:]

    @property
    def meanings(self) -> list[WordMeaning]:
        """Return what the hard words mean, those of the statements that name it among them."""
        return word_meanings([*self._texts, *(text for view, _capacities in self._naming for text in view.texts)])

    @property
    def is_tall(self) -> bool:
        return sum(island.height for island in self.islands) > MAX_HEIGHT_OPEN

    @property
    def contents(self) -> list[tuple[str, Label, int | None]]:
        parts: list[tuple[str, Label, int | None, bool]] = [
            ("ties", _("Who, as what, since when"), len(self.rows), bool(self.rows)),
            ("drawn", _("Connections, drawn"), None, bool(self.islands)),
            ("named-in", _("Named in"), len(self.matters), bool(self.matters)),
        ]
        return [(anchor, title, count) for anchor, title, count, there in parts if there] + super().contents

    @property
    def _naming(self) -> Iterator[tuple[ClaimView, tuple[Capacity, ...]]]:
        return (pair for matter in self.matters for pair in matter.claims)

    def _rows_of(self, matter: Matter) -> list[ActorRow]:
        shown = self.headline_elsewhere.view.claim.id if self.headline_elsewhere else ""
        rows: dict[str, ActorRow] = {}
        for view, capacities in sorted(matter.claims, key=_rank_of_telling):
            row = _row(view, capacities, self.document.id)
            if view.claim.id != shown:
                rows.setdefault(row.as_what, row)
        return list(rows.values())[:MAX_ROWS_OF_RECORD]


def _row(view: ClaimView, capacities: tuple[Capacity, ...], who: str, max_chars: int = 120) -> ActorRow:
    lasting = view.claim.kind in LASTING_KINDS
    parties = {party.who.id: party.who for party in view.claim.parties if lasting and party.who}
    others = [other for key, other in parties.items() if key != who]
    return ActorRow(Statement(view, max_chars=max_chars), capacities, others)


def _rank_of_telling(pair: tuple[ClaimView, tuple[Capacity, ...]]) -> tuple[bool, ...]:
    """Return the order of statements: what somebody flatly is, then what they do, then accusations, then mentions."""
    view, capacities = pair
    parts = [capacity.part for capacity in capacities]
    return (
        all(part in PLAIN_PARTS for part in parts),
        any(part in ANSWERABLE_PARTS for part in parts),
        view.claim.standing not in FIRM,
        Part.HOLDER not in parts,
        view.claim.kind not in LASTING_KINDS,
        not view.claim.start,
    )


def _tries(view: ClaimView, who: str) -> bool:
    parties = view.claim.parties_in(*TRIED_PARTS)
    return bool(view.claim.detail_of(StageDetail)) and any(party.who and party.who.id == who for party in parties)


def _step(view: ClaimView) -> str:
    stage = view.claim.detail_of(StageDetail)
    when = f" ({PartialDate(view.claim.start).display(page_language())})" if view.claim.start else ""
    not_final = ", " + _("not yet final") if view.is_not_final else ""
    return f"{stage.told(page_language())}{when}{not_final}" if stage else ""
