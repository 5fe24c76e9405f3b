"""Who says it: how an actor, a source or a described speaker is named, in full and in few words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cases.documents.claims import PublishedClaim
from cases.documents.references import SourceName, SourceRef
from cases.documents.types import SourceDocument, Tombstone
from cases.public.labels import word
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
    """Who says a claim: a source, or an actor or somebody described by `name`; and the works that pass it on, nearest
    to the speaker first. `path` is empty for whoever is only described.
    """

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
        first = (
            Voice(before, short(self.source), self.source.path, _foreign(self.source))
            if self.source
            else Voice(before, self.full_name, self.path, None)
        )
        relays = [Voice(_("as told in"), short(relay), relay.path, _foreign(relay)) for relay in self.relays]
        return [first, *relays]


def speaker_of(claim: PublishedClaim, sources: Mapping[str, SourceRef]) -> Speaker:
    """Return who says a claim; `sources` are those of its document by slug."""
    said_by, relays = claim.said_by, tuple(sources[slug] for slug in claim.relayed_by)
    if actor := or_none(said_by.actor):
        return Speaker(actor.title, actor.path, None, relays)
    return Speaker(or_none(said_by.speaker), "", sources.get(or_none(said_by.source) or ""), relays)


def short(source: SourceRef) -> str:
    """Return a source in few words: its authors and year, or the beginning of its title; brackets when that is ours."""
    if not source.authors:
        title = Truncator(source.title).words(TITLE_MAX_WORDS, truncate="…")
        return f"[{title}]" if source.title_given else f"“{title}”"
    names = _("%s et al.") % source.authors[0] if len(source.authors) > 2 else _(" and ").join(source.authors)
    return f"{names}, {source.published[:4]}" if source.published else names


def cited(source: Work) -> str:
    """Return a source as a sentence names it: its authors, title and year, as far as it states them."""
    if source.title_given:
        return f"[{source.title}]"
    published: str | None = getattr(source, "published", None)
    named = [*getattr(source, "authors", ()), f"“{source.title}”"]
    return ", ".join(named) + (f" ({published[:4]})" if published else "")


def attribution(claim: PublishedClaim, speaker: Speaker) -> str:
    """Return a claim ready to be quoted: who says it, through whom, the sentence, how firmly, and that it is in
    dispute.
    """
    standing = word(claim.standing, "standing")
    if claim.conflicts:
        standing += "; " + _("disputed")
    parts = {
        "speaker": speaker.full_name,
        "statement": claim.statement.choose(page_language()).removesuffix("."),
        "standing": standing,
    }
    if not speaker.relays:
        return _("According to %(speaker)s: %(statement)s (%(standing)s)") % parts
    parts["relays"] = "; ".join(cited(relay) for relay in speaker.relays)
    return _("According to %(speaker)s, as told in %(relays)s: %(statement)s (%(standing)s)") % parts


def _foreign(source: SourceRef) -> str | None:
    """Return the language of a title that is not that of the page; names of people need none."""
    named_by_title = not source.authors and not source.title_given
    return source.language if named_by_title and source.language != page_language() else None
