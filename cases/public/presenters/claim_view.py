"""What a page shows with a claim: its quotes, who says it, what is unknown of it, what disagrees, who may reply.

Nothing is computed that the document does not hold, and nothing is fetched.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cases.claim_kinds import DETAILED, REGISTRY
from cases.claim_kinds.base import Label
from cases.claim_kinds.penalty import PenaltyDetail
from cases.claim_kinds.stage import RULINGS, StageDetail, StageWord
from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim, PublishedParty
from cases.documents.evidence import PublishedExcerpt, PublishedResponse, PublishedUnknown
from cases.documents.latest_steps import steps_told
from cases.public.labels import word
from cases.public.language_urls import page_language
from cases.vocabularies import ConflictFamily, Relation

from . import speakers
from .proceedings import charge_label, standing_word
from .quotes import SourcedExcerpt, quote_of
from .readings import ConflictView, conflict_views
from .replies import Reply, ReplyLine, replies_to, reply_lines
from .word_meanings import WordMeaning, word_meanings

# Families that a citation leaves out: who denies is named instead, and names that are read as one disagree in nothing
NOT_QUOTED = (ConflictFamily.DENIED, ConflictFamily.IDENTITY)


@dataclass(frozen=True)
class UnknownView:
    """What is not known. `is_described`: only who somebody is, whom the claim does describe (“calon patron”).

    `excerpt` are the words that say so, where the reason rests on words.
    """

    unknown: PublishedUnknown
    is_described: bool
    excerpt: PublishedExcerpt | None


@dataclass(frozen=True)
class ClaimView:
    """A claim with what its document says of it elsewhere."""

    claim: PublishedClaim
    document: DocumentBase

    @cached_property
    def speaker(self) -> speakers.Speaker:
        return speakers.speaker_of(self.claim, self.document.sources_by_slug)

    @property
    def standing(self) -> str:
        """Return how firmly it is said, in the language of the page; a step of a proceeding by its own word."""
        shown = standing_word(self.claim.standing, self.claim.detail_of(StageDetail))
        in_place = self.is_not_final and shown != word(self.claim.standing, "standing")
        not_final = _("not yet final")
        return f"{shown} ({not_final})" if in_place else shown

    @property
    def attribution(self) -> str:
        """Return the claim ready to be quoted: who says it, through whom, how firmly, and what stands against it."""
        parts = {
            "speaker": self.speaker.full_name,
            "relays": "; ".join(map(speakers.cited, self.speaker.relays)),
            "statement": self.claim.statement.choose(page_language()).removesuffix("."),
            "standing": "; ".join([self.standing, *self.caveats]),
        }
        said = _("According to %(speaker)s: %(statement)s (%(standing)s)") % parts
        if self.speaker.relays:
            said = _("According to %(speaker)s, as told in %(relays)s: %(statement)s (%(standing)s)") % parts
        return self._after_steps(said)

    @property
    def brief_attribution(self) -> str:
        """Return the same in few words: “according to A: statement (standing)”."""
        said = ", ".join(f"{voice.before} {voice.name}" for voice in self.speaker.voices)
        statement = self.claim.statement.choose(page_language()).removesuffix(".")
        marks = "; ".join([self.standing, *self.caveats])
        return self._after_steps(f"{said[:1].upper()}{said[1:]}: {statement} ({marks})")

    @property
    def latest_steps(self) -> list[str]:
        """Return the latest known step of each whom it accuses or tries: it stands before the sentence."""
        return steps_told(self.claim, self.document, page_language())

    @property
    def steps_before(self) -> list[str]:
        """Return these steps as sentences."""
        known = _("Latest step known here")
        return [f"{known}: {step}." for step in self.latest_steps]

    def _after_steps(self, said: str) -> str:
        """Return a sentence behind the latest steps of those whom it accuses."""
        return " ".join([*self.steps_before, said])

    @property
    def caveats(self) -> list[str]:
        """Return what goes with the claim wherever it is quoted: denials, families of conflicts, replies, language."""
        told = [family for family in self.document.families_of(self.claim) if family not in NOT_QUOTED]
        families = [word(family, "family") for family in told]
        states: dict[str, list[str]] = {}
        for reply in self.replies:
            if not reply.response.denies:
                states.setdefault(reply.label, []).append(reply.who.title.choose(page_language()))
        of_all = len(states) == 1 and not self.denials
        asked = [state if of_all else f"{', '.join(names)}: {state}" for state, names in states.items()]
        foreign = [] if getattr(self.claim.statement, page_language()) else [_("not yet translated")]
        denied = [_("denied by %s") % each.who.title.choose(page_language()) for each in self.denials]
        return [*denied, *families, *asked, *foreign]

    @property
    def denials(self) -> tuple[PublishedResponse, ...]:
        """Return the replies that deny it."""
        return self.document.denials_of(self.claim)

    @cached_property
    def replies(self) -> list[Reply]:
        return replies_to(self.document, self.claim)

    @property
    def reply_lines(self) -> list[ReplyLine]:
        return reply_lines(self.replies)

    @cached_property
    def quotes(self) -> list[SourcedExcerpt]:
        return [quote_of(self.document, cited.excerpt, cited.relation) for cited in self.claim.citations]

    @property
    def first_quote(self) -> SourcedExcerpt:
        """Return the first quote that supports the claim, or the first of any relation."""
        return next((quote for quote in self.quotes if quote.relation == Relation.SUPPORTS), self.quotes[0])

    @property
    def texts(self) -> list[str]:
        """Return what it says in the language of the page, and the words that it cites or that disagree about it."""
        sides = (quote for each in self.conflicts for _side, quote in each.sides)
        words = [quote.excerpt.exact for quote in (*self.quotes, *sides)]
        return [self.claim.statement.choose(page_language()), *words]

    @property
    def meanings(self) -> list[WordMeaning]:
        """Return what the hard words in it mean."""
        return word_meanings(self.texts)

    @property
    def supporting_excerpts(self) -> tuple[PublishedExcerpt, ...]:
        return self.document.supporting_excerpts_of(self.claim)

    @cached_property
    def conflicts(self) -> list[ConflictView]:
        return conflict_views(self.document, self.document.conflicts_of(self.claim))

    @property
    def news(self) -> list[ConflictView]:
        """Return where sources differ: it stands at the claim."""
        return [view for view in self.conflicts if view.is_news]

    @property
    def notes(self) -> list[ConflictView]:
        """Return our notes on reading a source: they stand lower."""
        return [view for view in self.conflicts if not view.is_news]

    @property
    def unknowns(self) -> list[UnknownView]:
        described = {party.part for party in self.claim.parties if party.as_stated and not party.who}
        return [
            unknown_view(self.document, unknown, is_described=unknown.property in described)
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
    def sides(self) -> dict[str, ConflictView]:
        """Return by the name of each field of the numbers that is in dispute what the sides say of it."""
        names = {field.name for field in DETAILED[self.claim.kind].fields} if self.claim.detail else set()
        found = {view.conflict.property.removeprefix(f"{self.claim.kind}."): view for view in self.conflicts}
        return {name: view for name, view in found.items() if name in names}

    @property
    def why_no_amount(self) -> str:
        """Return why a claim has no amount: never that it is not stated, where we only do not hold the work."""
        unknowns = self.document.unknowns_of(self.claim)
        unknowns = tuple(each for each in unknowns if each.property.rsplit(".", 1)[-1] in ("amount", "quantity"))
        return word(unknowns[0].reason, "unknown") if unknowns else _("not stated")

    @property
    def detail_word(self) -> str:
        """Return the word of its numbers by which readers know it (what moved, which step); empty where none is set."""
        kind = DETAILED[self.claim.kind]
        return word(getattr(self.claim.detail, kind.linked_field), f"{kind.name}.{kind.linked_field}")

    @property
    def numbers(self) -> str:
        """Return its numbers on one line: “imprisonment: 66 months”."""
        return self.claim.detail.summary(page_language()) if self.claim.detail else ""

    @property
    def charge_label(self) -> str:
        stage = self.claim.detail_of(StageDetail)
        return charge_label(stage) if stage else ""

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
        """Return whether it is a ruling, or what one imposed, and no final one about the same people is known here."""
        stage, penalty = self.claim.detail_of(StageDetail), self.claim.detail_of(PenaltyDetail)
        is_ruling = stage and stage.stage in RULINGS and stage.stage != StageWord.FINAL and stage.outcome
        if not is_ruling and not (penalty and penalty.is_criminal):
            return False
        stages = [(claim, claim.detail_of(StageDetail)) for claim in self.document.claims]
        finals = [claim for claim, other in stages if other and other.stage == StageWord.FINAL]
        return not any(self.claim.charged_ids & final.charged_ids for final in finals)


def unknown_view(document: DocumentBase, unknown: PublishedUnknown, *, is_described: bool = False) -> UnknownView:
    return UnknownView(unknown, is_described, document.excerpts_by_id.get(unknown.excerpt or ""))
