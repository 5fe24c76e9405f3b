"""The page of a subject, in the order in which a reader asks: what in short, what money, who, when, what is not known.

Computed from the document alone; the templates only set it out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from cases.claim_kinds import REGISTRY
from cases.claim_kinds.base import Label
from cases.claim_kinds.stage import STAGE
from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedAlias, PublishedIdentifier
from cases.documents.references import SubjectRef
from cases.documents.types import SubjectDocument
from cases.public.language_urls import page_language
from cases.vocabularies import Standing
from sources.dates import PartialDate

from .claim_view import ClaimView, UnknownView, unknown_view
from .quotes import SourcedExcerpt, quote_of
from .readings import ConflictView, conflict_views
from .replies import Reply, replies
from .word_meanings import WordMeaning, word_meanings

# A page with more statements than this shows its groups closed, each with the number of what it holds
MAX_CLAIMS_OPEN = 24


@dataclass(frozen=True)
class ClaimGroup:
    """Statements of one sort. `code` is the anchor on the page."""

    code: str
    title: Label
    claims: list[ClaimView]


@dataclass(frozen=True)
class LastWord:
    """The latest date of what our sources say, and of the sources themselves, as far as either is dated.

    `undated` is how many of the sources have no date; `in_words`, whether something is dated in words only.
    """

    date: PartialDate | None
    published: PartialDate | None
    undated: int
    in_words: bool


@dataclass(frozen=True)
class SubjectPage:
    """What a page of a subject shows beside the document's own fields."""

    document: SubjectDocument

    @cached_property
    def claims(self) -> list[ClaimView]:
        return [ClaimView(claim, self.document) for claim in self.document.claims]

    @property
    def meanings(self) -> list[WordMeaning]:
        """Return what the hard words in its statements and quotations mean."""
        return word_meanings(self._texts)

    @property
    def _texts(self) -> list[str]:
        said = [claim.statement.choose(page_language()) for claim in self.document.claims]
        return said + [excerpt.exact for excerpt in self.document.excerpts]

    @property
    def lead(self) -> list[ClaimView]:
        return [ClaimView(claim, self.document) for claim in self.document.lead_claims]

    @property
    def closed(self) -> bool:
        return len(self.claims) > MAX_CLAIMS_OPEN

    @cached_property
    def groups(self) -> list[ClaimGroup]:
        """Return the claims outside the lead by kind, or by second word where the kind is so divided."""
        by_code: dict[str, list[ClaimView]] = {}
        for view in self.claims:
            if view.claim.id not in self.document.lead:
                by_code.setdefault(_group_of(view.claim), []).append(view)
        titles = dict(_group_titles())
        # A word of a newer or older list comes last, under itself
        codes = [code for code in titles if code in by_code] + [code for code in by_code if code not in titles]
        return [ClaimGroup(code, titles.get(code, code), by_code[code]) for code in codes]

    @cached_property
    def money(self) -> list[ClaimView]:
        """Return the claims that tell of a sum, or of what was given or taken in its place."""
        details = ((view, view.claim.detail) for view in self.claims)
        return [view for view, detail in details if detail and detail.is_of_money]

    @cached_property
    def timeline(self) -> list[ClaimView]:
        """Return the dated claims by their dates, when there is more than one."""
        dated = [(view.claim.start or view.claim.end, view) for view in self.claims]
        in_order = sorted(((PartialDate(day).first_day, view) for day, view in dated if day), key=lambda pair: pair[0])
        return [view for _day, view in in_order] if len(in_order) > 1 else []

    @cached_property
    def speakers(self) -> list[ClaimView]:
        """Return one claim of everyone who says something here, those who say most first."""
        first: dict[str, ClaimView] = {}
        counts: Counter[str] = Counter()
        for view in self.claims:
            key = repr(view.claim.said_by)
            first.setdefault(key, view)
            counts[key] += 1
        return [first[key] for key, _count in counts.most_common()]

    @property
    def standings(self) -> list[tuple[str, int]]:
        """Return how many claims have each standing, weakest first."""
        counts = Counter(claim.standing for claim in self.document.claims)
        return [(standing, counts[standing]) for standing in Standing.values if counts[standing]]

    @property
    def named(self) -> list[SubjectRef]:
        """Return every subject that a statement names, once, by kind and name."""
        parties = {party.who.id: party.who for claim in self.document.claims for party in claim.parties if party.who}
        parties.pop(self.document.id, None)
        return sorted(parties.values(), key=lambda who: (who.kind, who.title.id.casefold()))

    @cached_property
    def replies(self) -> list[Reply]:
        """Return the state of the reply: of everyone who has a right of reply, and of whoever else was asked."""
        return replies(self.document)

    @cached_property
    def conflicts(self) -> list[ConflictView]:
        return conflict_views(self.document, self.document.conflicts)

    @property
    def news(self) -> list[ConflictView]:
        """Return where sources differ."""
        return [view for view in self.conflicts if view.is_news]

    @property
    def notes(self) -> list[ConflictView]:
        """Return our notes on reading a source: they stand lower, without alarm."""
        return [view for view in self.conflicts if not view.is_news]

    @property
    def unknowns(self) -> list[UnknownView]:
        """Return what is not known of the whole subject."""
        return [unknown_view(self.document, unknown) for unknown in self.document.own_unknowns]

    @property
    def unknowns_of_claims(self) -> int:
        return len(self.document.unknowns) - len(self.document.own_unknowns)

    @property
    def aliases(self) -> list[tuple[PublishedAlias, SourcedExcerpt]]:
        return [(alias, quote_of(self.document, alias.excerpt)) for alias in self.document.aliases]

    @property
    def identifiers(self) -> list[tuple[PublishedIdentifier, SourcedExcerpt]]:
        return [(each, quote_of(self.document, each.excerpt)) for each in self.document.identifiers]

    @property
    def last_word(self) -> LastWord:
        claims = [claim for claim in self.document.claims if _dates_what_happened(claim)]
        recorded = self.document.version.recorded_at[:10]
        days = [claim.end or claim.start for claim in claims]
        dates = [PartialDate(day) for day in days if day and day <= recorded]
        quoted = {excerpt.source for excerpt in self.document.excerpts}
        published = [source.published for source in self.document.sources if source.slug in quoted]
        return LastWord(
            date=_latest(dates),
            published=_latest([PartialDate(day) for day in published if day]),
            undated=sum(1 for day in published if not day),
            in_words=any(claim.date_as_stated and not claim.start and not claim.end for claim in claims),
        )

    @property
    def contents(self) -> list[tuple[str, Label, int | None]]:
        """Return (anchor, title, how many) of the parts of the page, in their order."""
        document = self.document
        shown = self.replies
        parts: list[tuple[str, Label, int | None, bool]] = [
            ("lead", _("In short"), len(document.lead), bool(document.lead)),
            ("money", _("Money at a glance"), len(self.money), bool(self.money)),
            ("timeline", _("Dated statements"), len(self.timeline), bool(self.timeline)),
            *((group.code, group.title, len(group.claims), True) for group in self.groups),
            ("differ", _("Where sources differ"), len(self.news), bool(self.news)),
            ("unknown", _("What is not known"), len(document.unknowns), bool(document.unknowns)),
            ("replies", _("Replies"), sum(1 for reply in shown if reply.response.id), bool(shown)),
            ("notes", _("How we read the sources"), len(self.notes), bool(self.notes)),
            ("sources", _("Sources of this page"), len(document.sources), bool(document.sources)),
            ("history", _("History"), document.version.number, True),
            ("cite", _("Cite, share, print"), None, True),
        ]
        return [(anchor, title, count) for anchor, title, count, there in parts if there]


def _group_of(claim: PublishedClaim) -> str:
    kind = REGISTRY.get(claim.kind)
    return (claim.aspect if kind and kind.aspect_titles else None) or claim.kind


def _group_titles() -> Iterator[tuple[str, Label]]:
    # How the proceedings stand is read before what a ruling imposed
    for kind in sorted(REGISTRY.values(), key=lambda kind: kind is not STAGE):
        yield from kind.aspect_titles.items()
        yield kind.name, kind.title


def _dates_what_happened(claim: PublishedClaim) -> bool:
    kind = REGISTRY.get(claim.kind)
    return kind is None or kind.dates_what_happened


def _latest(dates: list[PartialDate]) -> PartialDate | None:
    return max(dates, key=lambda day: day.last_day, default=None)
