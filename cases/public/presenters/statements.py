"""A statement as a case or collaboration shows it: its strongest words open, both sides of a conflict in place, and
what is not known of it told once for all those that lack the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _

from cases.claim_kinds.stage import StageDetail
from cases.documents.references import SourceRef
from cases.public.labels import word
from cases.vocabularies import Standing
from sources.vocabularies import SourceKind

from .claim_view import ClaimView, UnknownView
from .marked_words import MarkedText, marked_text, weights_of, words_within
from .quotes import SourcedExcerpt
from .readings import ConflictView, Reading
from .speakers import Voice

# How much of a quote stands open; all of it stands one tap below
OPEN_MAX_CHARS = 160
SIDE_MAX_CHARS = 140


@dataclass(frozen=True)
class OpenQuote:
    """Words that stand open on a page, with the source in which they stand."""

    quote: SourcedExcerpt
    text: MarkedText


@dataclass(frozen=True)
class Statement:
    """A claim with its strongest words. `is_open`: whether they stand open, or below a tap like those of the rest."""

    view: ClaimView
    is_open: bool = True
    max_chars: int = OPEN_MAX_CHARS

    @cached_property
    def quote(self) -> OpenQuote:
        """Return the first excerpt that supports the claim."""
        return self._open(self.view.first_quote, self.max_chars)

    @cached_property
    def conflict(self) -> ConflictView | None:
        """Return the first conflict whose sides are words of their own, to be shown side by side."""
        if not self.is_open:
            return None
        apart = (each for each in self.view.conflicts if len({quote.excerpt.id for _side, quote in each.sides}) > 1)
        return next(apart, None)

    @property
    def sides(self) -> list[tuple[Reading, OpenQuote]]:
        """Return what each side of that conflict says, and its words."""
        pairs = self.conflict.pairs if self.conflict else []
        return [(reading, self._open(quote, SIDE_MAX_CHARS, reading.words)) for reading, quote in pairs]

    @property
    def other_notes(self) -> list[ConflictView]:
        """Return our notes on reading that are not shown side by side."""
        return [each for each in self.view.notes if each is not self.conflict]

    @property
    def voices(self) -> list[Voice]:
        """Return who says it and through whom; a source without author by what it is, the only one of its kind here."""
        speaker = self.view.speaker
        works = [speaker.source, *speaker.relays]
        return [self._brief(voice, work) for voice, work in zip(speaker.voices, works, strict=True)]

    @property
    def standing(self) -> str:
        """Return how firmly it is said; of what was decided, in which sort of instrument it stands."""
        kind = self.view.first_quote.source.source_kind
        if self.view.claim.standing == Standing.DECIDED and kind == SourceKind.COURT_RULING:
            return _("on record in the ruling")
        if self.view.claim.standing == Standing.DECIDED and kind == SourceKind.REGULATION:
            return _("on record in the regulation")
        return self.view.standing

    @property
    def shape(self) -> str:
        """Return the sort of line that its standing is; a step of a proceeding is told by its own word instead."""
        is_step = self.view.claim.detail_of(StageDetail) and self.view.claim.standing == Standing.ALLEGED
        return "step" if is_step else self.view.claim.standing

    @property
    def gaps(self) -> list[UnknownView]:
        return self.view.unknowns

    def _open(self, quote: SourcedExcerpt, max_chars: int, reading: str = "") -> OpenQuote:
        exact = " ".join(quote.excerpt.exact.split())
        weights = [*words_within(reading), *weights_of(self.view.claim)]
        return OpenQuote(quote, marked_text(exact, weights, max_chars))

    def _brief(self, voice: Voice, work: SourceRef | None) -> Voice:
        same = [each for each in self.view.document.sources if work and each.source_kind == work.source_kind]
        before = voice.before if voice == self.view.speaker.voices[0] else _("told in")
        if work is None or work.authors or len(same) != 1:
            return Voice(before, voice.name, voice.path, voice.language)
        what = _("the %(kind)s") % {"kind": word(work.source_kind, "source_kind")}
        return Voice(before, what, voice.path, None)


@dataclass(frozen=True)
class StatementRun:
    """Statements one after the other of which the same is not known."""

    statements: list[Statement]
    gaps: list[UnknownView] = field(default_factory=list)


def statement_runs(statements: Iterable[Statement]) -> list[StatementRun]:
    """Return statements in their order, those that lack the same together."""
    runs = [list(each) for _key, each in groupby(statements, key=lambda each: _key(each.gaps))]
    return [StatementRun(run, run[0].gaps) for run in runs]


def _key(gaps: list[UnknownView]) -> tuple[object, ...]:
    told = (gap.unknown for gap in gaps)
    return tuple((each.property, each.reason, each.note, each.excerpt, each.searched_on) for each in told)
