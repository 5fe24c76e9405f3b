"""The page of a source, in the order of a reader's questions.

What it is and how weak; what of it we hold; where one can read the original; where in it we quote; what it tells of
itself; which words of it the record quotes, and what rests on them. Computed from its document and from who quotes it.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.documents.evidence import PublishedSourceStatement
from cases.documents.types import SourceDocument
from cases.public.labels import word
from sources.vocabularies import SourceAspect

from .passages import PassagePage
from .quotes import SourcedExcerpt, quote_of
from .record_cards import RecordCard

LONG_TITLE_CHARS = 60


@dataclass(frozen=True)
class AboutItself:
    """A statement of a source on its aim, method or scope, with the words that say so."""

    statement: PublishedSourceStatement
    quotes: list[SourcedExcerpt]


@dataclass(frozen=True)
class SourcePage:
    """What a page of a source shows. Without `quoted` (an earlier version), only what its own document tells."""

    document: SourceDocument
    quoted: PassagePage | None = None
    users: tuple[RecordCard, ...] = ()

    @property
    def is_long_title(self) -> bool:
        return len(self.document.title or "") > LONG_TITLE_CHARS

    @property
    def about(self) -> list[AboutItself]:
        """Return what it tells of itself: its aim first, then its method and its scope, then words of a newer list."""
        order = {aspect: place for place, aspect in enumerate(SourceAspect.values)}
        told = sorted(self.document.about, key=lambda each: order.get(each.aspect, len(order)))
        return [
            AboutItself(each, [quote_of(self.document, cited.excerpt, cited.relation) for cited in each.citations])
            for each in told
        ]

    @property
    def is_open(self) -> bool:
        """Return whether we know of a place where everybody can read it."""
        return bool(self.document.url or self.archived)

    @property
    def archived(self) -> list[str]:
        return [capture.archive_url for capture in self.document.captures if capture.archive_url]

    @property
    def length(self) -> int | None:
        """Return how many characters our one copy has; None where several stand behind the places of excerpts."""
        lengths = [capture.text_length for capture in self.document.captures if capture.text_length]
        return lengths[0] if len(lengths) == 1 else None

    @property
    def strip(self) -> str:
        return self.quoted.strip(self.length) if self.quoted and self.quoted.places and self.length else ""

    @property
    def share_quoted(self) -> int:
        """Return how much of our copy is quoted, in percent, at least 1."""
        return max(1, round(100 * self.quoted.quoted_chars / self.length)) if self.quoted and self.length else 0

    @property
    def kinds_of_users(self) -> str:
        """Return how many records of which kind use it."""
        counts = Counter(user.kind for user in self.users)
        return ", ".join(f"{count} × {word(kind, 'kind')}" for kind, count in counts.most_common())

    @property
    def contents(self) -> list[tuple[str, str, int | None]]:
        parts: list[tuple[str, str, int | None, bool]] = [
            ("about", _("What it says about itself"), len(self.document.about), bool(self.document.about)),
            ("passages", _("What we quote, in its order"), self.quoted.total if self.quoted else 0, bool(self.quoted)),
            ("users", _("Records that use this source"), len(self.users), bool(self.users)),
        ]
        return [(anchor, title, count) for anchor, title, count, there in parts if there and count]
