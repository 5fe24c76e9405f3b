"""What disagrees, as readers are told of it: the family, and the readings side by side in their own words.

Where sources differ it is news and stands at the statement; the other families are our notes on reading one source,
and stand lower.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.claim_kinds import DETAILED, FieldSort
from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim
from cases.documents.evidence import PublishedConflict, PublishedConflictSide
from cases.public.labels import side_value, word
from cases.public.language_urls import page_language
from cases.vocabularies import ConflictFamily
from sources.dates import PartialDate
from sources.numbers import CANONICAL, display
from sources.vocabularies import Language

from .quotes import SourcedExcerpt, quote_of
from .speakers import short

# Properties that are numbers: a side gives the number, not the way in which it is written
NUMBERS = {field.name for kind in DETAILED.values() for field in kind.fields if field.sort == FieldSort.DECIMAL}
DATES = ("start", "end", "date")
# A side may begin by saying whose text it is, as we say here in the language of the page
TEXT_NAMED = re.compile(
    r"^(?:teks (?:bahasa )?(?:Indonesia|Inggris)|(?:Indonesian|English) text)\s*:\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class Reading:
    """One side: whose text it is, where that tells the sides apart; and what it says, with the language of a quote."""

    whose: str
    words: str
    language: str | None

    def __str__(self) -> str:
        return f"{self.whose}: {self.words}" if self.whose else self.words


@dataclass(frozen=True)
class ConflictView:
    """A conflict, the claim that it is about, if any, and the quote of each side."""

    conflict: PublishedConflict
    claim: PublishedClaim | None
    sides: list[tuple[PublishedConflictSide, SourcedExcerpt]]

    @property
    def is_news(self) -> bool:
        return self.conflict.family == ConflictFamily.SOURCES_DIFFER

    @property
    def family(self) -> str:
        return word(self.conflict.family, "family")

    @property
    def readings(self) -> list[Reading]:
        """Return the sides in their order."""
        quotes = [quote for _side, quote in self.sides]
        by_language = len({quote.excerpt.language for quote in quotes}) > 1
        by_source = not by_language and len({quote.source.slug for quote in quotes}) > 1
        return [
            self._reading(side, quote, _text_in(quote) if by_language else short(quote.source) if by_source else "")
            for side, quote in self.sides
        ]

    @property
    def pairs(self) -> list[tuple[Reading, SourcedExcerpt]]:
        """Return each reading with the quote that holds it."""
        return [(reading, quote) for reading, (_side, quote) in zip(self.readings, self.sides, strict=True)]

    @property
    def text(self) -> str:
        """Return the readings as plain text: “Indonesian text: “uang tunai” · English text: “cash bribes””."""
        return " · ".join(map(str, self.readings))

    @property
    def _currency(self) -> str | None:
        """Return the currency of an amount on which sides differ, where they do not differ on that."""
        return self.claim.money[0] if self.claim and self.conflict.property.endswith("amount") else None

    def _reading(self, side: PublishedConflictSide, quote: SourcedExcerpt, whose: str) -> Reading:
        if side.reading:
            told = side.reading.choose(page_language())
            return Reading(whose, TEXT_NAMED.sub("", told) if whose else told, None)
        value, shown = side.value, side_value(side.value, self.conflict.property)
        if shown != value:
            return Reading(whose, shown, None)
        if self.conflict.property in DATES and (date := _date(value)):
            return Reading(whose, date.display(page_language()), None)
        if self.conflict.property.rsplit(".", 1)[-1] in NUMBERS and CANONICAL.fullmatch(value):
            return Reading(whose, " ".join(filter(None, (self._currency, display(value, page_language())))), None)
        bare = TEXT_NAMED.sub("", value) if whose else value
        if not _is_quoted(bare, quote):
            return Reading(whose, bare.replace("*", ""), None)
        return Reading(whose, f"“{_plain(bare)}”", quote.excerpt.language)


def conflict_view(document: DocumentBase, conflict: PublishedConflict) -> ConflictView:
    sides = [(side, quote_of(document, side.excerpt)) for side in conflict.sides]
    return ConflictView(conflict, document.claims_by_id.get(conflict.claim or ""), sides)


def conflict_views(document: DocumentBase, conflicts: Iterable[PublishedConflict]) -> list[ConflictView]:
    return [conflict_view(document, conflict) for conflict in conflicts]


def _date(value: str) -> PartialDate | None:
    try:
        return PartialDate.parse(value)
    except ValueError:
        return None


def _text_in(quote: SourcedExcerpt) -> str:
    """Return which of the versions of a text a quote is from."""
    names = {Language.ID: _("Indonesian text"), Language.EN: _("English text")}
    return names.get(quote.excerpt.language, quote.excerpt.language)  # type: ignore[call-overload,no-any-return]


def _is_quoted(value: str, quote: SourcedExcerpt) -> bool:
    """Return whether a value is nothing but words of the excerpt: only then it stands between quotation marks."""
    words = re.escape(_plain(value))
    return bool(re.search(rf"(?<!\w){words}(?!\w)", _plain(quote.excerpt.exact), re.IGNORECASE))


def _plain(text: str) -> str:
    return " ".join(text.replace("*", "").split()).strip('“”"')
