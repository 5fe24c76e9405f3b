"""The columns of parts of a document that SQLite has in tables of their own: parties, sides of conflicts, excerpts.

No row names anybody without how firmly and by whom it is said, and whether they were asked for a reply.
"""

from functools import partial
from typing import NamedTuple

from cases.documents.claims import PublishedClaim, PublishedParty
from cases.documents.evidence import PublishedConflict, PublishedConflictSide, PublishedExcerpt, PublishedResponse
from cases.documents.types import Document

from .claim_columns import CLAIM_COLUMNS, ClaimRow
from .columns import CellValue, Columns, by_language, join_texts, of_map
from .texts import replies_text, reply_text

# What a row says of the claim that it is about
SAID = ("standing", "said_by_id", "said_by_en", "relayed_by", "conflict_families")


class PartyRow(NamedTuple):
    """Somebody who stands in a claim of a document."""

    party: PublishedParty
    claim: PublishedClaim
    document: Document

    @property
    def claims(self) -> list[PublishedClaim]:
        return [self.claim]

    @property
    def reply(self) -> PublishedResponse | None:
        """Return the reply of whoever has a right to one."""
        return self.document.replies_to(self.claim).get(self.party.who.id) if self.party.who else None


class SideRow(NamedTuple):
    """One side of a conflict, about a claim or about the whole document."""

    side: PublishedConflictSide
    position: int
    conflict: PublishedConflict
    document: Document

    @property
    def claims(self) -> list[PublishedClaim]:
        return [self.document.claim(self.conflict.claim)] if self.conflict.claim else []


class ExcerptRow(NamedTuple):
    """An excerpt as a document holds it."""

    excerpt: PublishedExcerpt
    document: Document

    @property
    def claims(self) -> list[PublishedClaim]:
        """Return the claims that rest on it: that cite it, or of which it is a side or a reply."""
        uses = self.document.uses_of_excerpts[self.excerpt.id]
        beside = [conflict.claim for conflict in uses.conflicts if conflict.claim]
        beside += [claim for response in uses.responses for claim in response.claims]
        return [claim for claim, _relation in uses.claims] + [self.document.claim(claim_id) for claim_id in beside]


def _said(name: str, row: PartyRow | SideRow) -> CellValue:
    return CLAIM_COLUMNS[name](ClaimRow(row.claims[0], row.document)) if row.claims else None


def _reply_of(row: PartyRow, language: str) -> str | None:
    return reply_text(row.reply, language) if row.reply else None


PARTY_COLUMNS: Columns[PartyRow] = {
    "claim": lambda row: row.claim.id,
    "part": lambda row: row.party.part,
    "who": lambda row: row.party.who.id if row.party.who else None,
    **of_map("who_title", lambda row: row.party.who.title if row.party.who else None),
    "as_stated": lambda row: row.party.as_stated,
    **{name: partial(_said, name) for name in SAID},
    "reply_state": lambda row: row.reply.state if row.reply else None,
    **by_language("reply", _reply_of),
}
SIDE_COLUMNS: Columns[SideRow] = {
    "conflict": lambda row: row.conflict.id,
    "position": lambda row: row.position,
    "holder": lambda row: row.document.id,
    "claim": lambda row: row.conflict.claim,
    "family": lambda row: row.conflict.family,
    "kind": lambda row: row.conflict.kind,
    "property": lambda row: row.conflict.property,
    "value": lambda row: row.side.value,
    **of_map("reading", lambda row: row.side.reading),
    "excerpt": lambda row: row.side.excerpt,
    "source": lambda row: row.document.source_of(row.side.excerpt).slug,
    **of_map("explanation", lambda row: row.conflict.explanation),
    **{name: partial(_said, name) for name in SAID},
    **by_language("replies", lambda row, language: replies_text(row.document, language, *row.claims)),
}
EXCERPT_COLUMNS: Columns[ExcerptRow] = {
    "id": lambda row: row.excerpt.id,
    "holder": lambda row: row.document.id,
    "source": lambda row: row.excerpt.source,
    "text_sha256": lambda row: row.excerpt.text_sha256,
    "exact": lambda row: row.excerpt.exact,
    "start": lambda row: row.excerpt.start,
    "end": lambda row: row.excerpt.end,
    "language": lambda row: row.excerpt.language,
    **of_map("locator", lambda row: row.excerpt.locator),
    "standings": lambda row: join_texts(dict.fromkeys(claim.standing for claim in row.claims)),
    **by_language("replies", lambda row, language: replies_text(row.document, language, *row.claims)),
}
