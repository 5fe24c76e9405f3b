"""What the box of a record says of its sources: what they are, who wrote them and when, and what of them we hold."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.documents.base import DocumentBase
from cases.documents.references import SourceRef
from cases.public.labels import word
from cases.public.language_urls import page_language
from sources.dates import PartialDate

# So many sources are told one by one; of more, how many of which sort
MAX_TOLD = 2


@dataclass(frozen=True)
class SourceFacts:
    """The sources whose words a record quotes, or that say something in it."""

    sources: list[SourceRef]

    @property
    def lines(self) -> list[str]:
        """Return what each source is and how weak: its kind, author, date, and how much of it we hold."""
        if len(self.sources) > MAX_TOLD:
            return ["; ".join(_weaknesses(self.sources)) or _sorts(self.sources), _sorts(self.sources)]
        return [_told(source) for source in self.sources]

    @property
    def addresses(self) -> list[SourceRef]:
        """Return the sources whose original stands at an address that we know."""
        return [source for source in self.sources if source.url]


def source_facts(document: DocumentBase) -> SourceFacts:
    """Return the facts on the sources that a record rests on: those whose words its first statement is, first."""
    first = next(iter([*document.lead_claims, *document.claims]), None)
    slugs = [*reversed(first.source_slugs)] if first else []
    return SourceFacts(sorted(document.sources, key=lambda source: _place(source, slugs)))


def _place(source: SourceRef, slugs: list[str]) -> int:
    return slugs.index(source.slug) if source.slug in slugs else len(slugs)


def _told(source: SourceRef) -> str:
    named = ", ".join(source.authors) if len(source.authors) <= 2 else _("%s et al.") % source.authors[0]
    date = PartialDate(source.published).display(page_language()) if source.published else ""
    if not named and not date:
        known = [_("its author and date are not stated")]
    else:
        known = [named or _("its author is not stated"), date or _("its date is not stated")]
    extent = source.extent.choose(page_language()) if source.extent else ""
    held = _("we hold no copy") if source.known_through else extent[:1].lower() + extent[1:]
    return f"{word(source.source_kind, 'source_kind')}; " + "; ".join(filter(None, [*known, held]))


def _sorts(sources: list[SourceRef]) -> str:
    counts = Counter(word(source.source_kind, "source_kind") for source in sources)
    return ", ".join(f"{count} × {kind}" if count > 1 else kind for kind, count in counts.most_common())


def _weaknesses(sources: list[SourceRef]) -> list[str]:
    undated = sum(not source.published for source in sources)
    nameless = sum(not source.authors for source in sources)
    not_held = sum(bool(source.known_through) for source in sources)
    in_part = sum(bool(source.extent) for source in sources)
    said = [
        (nameless, ngettext("%(n)s names no author", "%(n)s name no author", nameless)),
        (undated, ngettext("%(n)s is undated", "%(n)s are undated", undated)),
        (not_held, ngettext("of %(n)s we hold no copy", "of %(n)s we hold no copy", not_held)),
        (in_part, ngettext("of %(n)s we hold a part", "of %(n)s we hold a part", in_part)),
    ]
    told = [text % {"n": count} for count, text in said if count]
    return told
