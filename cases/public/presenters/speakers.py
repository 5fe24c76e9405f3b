"""Who says it: how an actor, a source or a described speaker is named, in full and in few words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cases.documents.claims import PublishedClaim
from cases.documents.references import SourceName, SourceRef
from cases.documents.types import SourceDocument, Tombstone
from cases.public.language_urls import page_language
from sources.json_fields import LanguageMap, or_none

Work = SourceName | SourceDocument | Tombstone
# How much of a title names a source that states no author
TITLE_MAX_WORDS = 4


@dataclass(frozen=True)
class Voice:
    """One step between a statement and its reader. `path` is empty for a speaker who is only described."""

    before: str
    name: str
    path: str
    language: str | None


@dataclass(frozen=True)
class Speaker:
    """Who says a claim: a source, or somebody by `name`, without `path` if only described, and what relays it."""

    name: LanguageMap | None
    path: str
    source: SourceRef | None
    relays: tuple[SourceRef, ...]

    @property
    def full_name(self) -> str:
        """Return who says it, in the language of the page; a source by its authors, title and year."""
        if self.source:
            return cited(self.source)
        return self.name.choose(page_language()) if self.name else ""

    @property
    def voices(self) -> list[Voice]:
        """Return who says it, and through whom it reached us, each in few words, in the language of the page."""
        before = _("according to")
        first = _voice(before, self.source) if self.source else Voice(before, self.full_name, self.path, None)
        return [first, *(_voice(_("as told in"), relay) for relay in self.relays)]


def speaker_of(claim: PublishedClaim, sources: Mapping[str, SourceRef]) -> Speaker:
    """Return who says a claim; `sources` are those of its document by slug."""
    said_by, relays = claim.said_by, tuple(sources[slug] for slug in claim.relayed_by)
    if actor := or_none(said_by.actor):
        return Speaker(actor.title, actor.path, None, relays)
    return Speaker(or_none(said_by.speaker), "", sources.get(or_none(said_by.source) or ""), relays)


def short(source: SourceRef) -> str:
    """Return a source in few words: its authors and year, or the beginning of its title; brackets when that is ours."""
    if not source.authors:
        given = source.title_given.choose(page_language()) if source.title_given else ""
        title = Truncator(given or source.title or "").words(TITLE_MAX_WORDS, truncate="…")
        return f"[{title}]" if given else f"“{title}”"
    names = _("%s et al.") % source.authors[0] if len(source.authors) > 2 else _(" and ").join(source.authors)
    return f"{names}, {source.published[:4]}" if source.published else names


def cited(source: Work) -> str:
    """Return a source as a sentence names it: its authors, title and year, as far as it states them."""
    if source.title_given:
        return source.titles.choose(page_language())
    published: str | None = getattr(source, "published", None)
    named = [*getattr(source, "authors", ()), f"“{source.title}”"]
    return ", ".join(named) + (f" ({published[:4]})" if published else "")


def _voice(before: str, source: SourceRef) -> Voice:
    """Return a source as one step; it has a language only where a title names it that is not in the page's."""
    foreign = not source.authors and not source.title_given and source.language != page_language()
    return Voice(before, short(source), source.path, source.language if foreign else None)
