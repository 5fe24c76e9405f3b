"""What a page shows with a claim: its quotes, who says it, what is unknown and disputed of it, who may reply.

Nothing is computed that the document does not hold, and nothing is fetched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cases.claim_kinds import DETAILED, REGISTRY
from cases.claim_kinds.base import Label
from cases.claim_kinds.stage import RULINGS, StageDetail, StageWord
from cases.documents.base import DocumentBase
from cases.documents.claims import CHARGED_PARTS, PublishedClaim, PublishedParty
from cases.documents.evidence import PublishedConflict, PublishedExcerpt, PublishedResponse, PublishedUnknown
from cases.documents.references import SourceRef, SubjectRef
from cases.public.labels import word
from cases.public.language_urls import page_language
from cases.vocabularies import Relation

from . import speakers


@dataclass(frozen=True)
class SourcedExcerpt:
    """An excerpt with its source; `relation` is that of the citation, empty where no claim cites it here."""

    excerpt: PublishedExcerpt
    source: SourceRef
    relation: str = ""


@dataclass(frozen=True)
class UnknownView:
    """What is not known. `is_described`: only who somebody is, whom the claim does describe (“calon patron”)."""

    unknown: PublishedUnknown
    is_described: bool


@dataclass(frozen=True)
class ConflictView:
    """A conflict, the claim that it is about, if any, and the quote of each side beside its value."""

    conflict: PublishedConflict
    claim: PublishedClaim | None
    sides: list[tuple[str, SourcedExcerpt]]


@dataclass(frozen=True)
class Reply:
    """Whether somebody was asked and answered. `response` is None where no request for a reply is recorded."""

    who: SubjectRef
    response: PublishedResponse | None
    quotes: list[SourcedExcerpt]
    claims: list[PublishedClaim]


@dataclass(frozen=True)
class ClaimView:
    """A claim with what its document says of it elsewhere."""

    claim: PublishedClaim
    document: DocumentBase

    @cached_property
    def speaker(self) -> speakers.Speaker:
        return speakers.speaker_of(self.claim, self.document.sources_by_slug)

    @property
    def attribution(self) -> str:
        """Return the claim ready to be quoted: who says it, through whom, how firmly, and whether it is in dispute."""
        standing = word(self.claim.standing, "standing")
        parts = {
            "speaker": self.speaker.full_name,
            "relays": "; ".join(map(speakers.cited, self.speaker.relays)),
            "statement": self.claim.statement.choose(page_language()).removesuffix("."),
            "standing": standing + "; " + _("disputed") if self.claim.conflicts else standing,
        }
        if not self.speaker.relays:
            return _("According to %(speaker)s: %(statement)s (%(standing)s)") % parts
        return _("According to %(speaker)s, as told in %(relays)s: %(statement)s (%(standing)s)") % parts

    @cached_property
    def quotes(self) -> list[SourcedExcerpt]:
        return [quote_of(self.document, cited.excerpt, cited.relation) for cited in self.claim.citations]

    @property
    def first_quote(self) -> SourcedExcerpt:
        """Return the first quote that supports the claim, or the first of any relation."""
        return next((quote for quote in self.quotes if quote.relation == Relation.SUPPORTS), self.quotes[0])

    @property
    def supporting_excerpts(self) -> tuple[PublishedExcerpt, ...]:
        return self.document.supporting_excerpts_of(self.claim)

    @property
    def conflicts(self) -> list[ConflictView]:
        return [conflict_view(self.document, conflict) for conflict in self.document.conflicts_of(self.claim)]

    @property
    def unknowns(self) -> list[UnknownView]:
        return [
            UnknownView(unknown, any(p.as_stated and not p.who for p in self.claim.parties_in(unknown.property)))
            for unknown in self.document.unknowns_of(self.claim)
        ]

    @property
    def parties_by_part(self) -> dict[str, list[PublishedParty]]:
        """Return the parties under their parts, in the order of the document."""
        by_part: dict[str, list[PublishedParty]] = {}
        for party in self.claim.parties:
            by_part.setdefault(party.part, []).append(party)
        return by_part

    @property
    def detail_templates(self) -> list[str]:
        """Return the template of the numbers of its kind, and the one for any kind without a template."""
        return [f"public/details/{self.claim.kind}.html", "public/parts/facts.html"]

    @property
    def facts(self) -> list[tuple[Label, str]]:
        """Return (label, value) of the numbers that are stated, in the language of the page."""
        detail = self.claim.detail
        fields = DETAILED[self.claim.kind].fields if detail else ()
        return [(field.label, text) for field in fields if detail and (text := field.text(detail, page_language()))]

    @property
    def is_dated(self) -> bool:
        return self.claim.is_dated or self.claim.ongoing_when_written

    @property
    def has_facts(self) -> bool:
        return bool(self.is_dated or self.claim.detail or self.claim.parties)

    @property
    def aspect_beside(self) -> str:
        """Return the second word where it stands beside each claim of this kind, else an empty text."""
        kind = REGISTRY.get(self.claim.kind)
        return (self.claim.aspect or "") if kind and kind.shows_aspect else ""

    @property
    def is_not_final(self) -> bool:
        """Return whether it is a ruling, and no final one about the same people is known here: *belum inkracht*."""
        stage = self.claim.detail_of(StageDetail)
        if stage is None or stage.stage not in RULINGS or stage.stage == StageWord.FINAL or not stage.outcome:
            return False
        stages = [(claim, claim.detail_of(StageDetail)) for claim in self.document.claims]
        finals = [claim for claim, other in stages if other and other.stage == StageWord.FINAL]
        return not any(self.claim.charged_ids & final.charged_ids for final in finals)


def quote_of(document: DocumentBase, excerpt_id: str, relation: str = "") -> SourcedExcerpt:
    """Return an excerpt with its source by its id. Raises KeyError."""
    return SourcedExcerpt(document.excerpt(excerpt_id), document.source_of(excerpt_id), relation)


def conflict_view(document: DocumentBase, conflict: PublishedConflict) -> ConflictView:
    sides = [(side.value, quote_of(document, side.excerpt)) for side in conflict.sides]
    return ConflictView(conflict, document.claims_by_id.get(conflict.claim or ""), sides)


def charged_by(claims: Iterable[PublishedClaim]) -> dict[str, SubjectRef]:
    """Return everyone whom these claims accuse, by id."""
    return {party.who.id: party.who for claim in claims for party in claim.parties_in(*CHARGED_PARTS) if party.who}


def replies(document: DocumentBase, charged: Mapping[str, SubjectRef], *, others: bool = False) -> list[Reply]:
    """Return the state of the reply of everyone charged; with `others`, also of whoever else was asked or answered."""
    given = [
        Reply(
            response.who,
            response,
            [quote_of(document, key) for key in response.excerpts],
            [document.claim(key) for key in response.claims],
        )
        for response in document.responses
        if others or response.who.id in charged
    ]
    answered = {reply.who.id for reply in given}
    return [*given, *(Reply(who, None, [], []) for key, who in charged.items() if key not in answered)]
