"""What the pages of all subjects show beside the document's own fields. Computed from the document alone."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cases.claim_kinds import REGISTRY
from cases.claim_kinds.base import Label
from cases.claim_kinds.stage import STAGE
from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedAlias, PublishedIdentifier
from cases.documents.types import SubjectDocument
from cases.public.language_urls import page_language
from sources.dates import PartialDate

from .claim_view import ClaimView, UnknownView, unknown_view
from .quotes import SourcedExcerpt, quote_of
from .readings import ConflictView, conflict_views
from .replies import Reply, replies
from .word_meanings import WordMeaning, word_meanings

# One statement in so many must be dated for the dated ones to be listed by their dates
MIN_DATED = 8


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
        """Return the dated claims by their dates; not where they are so few among many that they tell no course."""
        dated = [(view.claim.start or view.claim.end, view) for view in self.claims]
        in_order = sorted(((PartialDate(day).first_day, view) for day, view in dated if day), key=lambda pair: pair[0])
        return [view for _day, view in in_order] if len(in_order) > max(1, len(self.claims) // MIN_DATED) else []

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
