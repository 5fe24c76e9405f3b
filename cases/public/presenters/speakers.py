"""Who says it: how an actor, a source or a described speaker is named, in full and in few words."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cases.documents.canonical import Document
from cases.public.labels import word
from cases.public.language_urls import active

TITLE_WORDS = 4
"""How much of a title names a source that states no author."""


@dataclass(frozen=True)
class Voice:
    """One step between a statement and its reader. `path` is empty for a speaker who is only described."""

    before: str
    name: str
    path: str
    language: str | None


def voices(claim: Document) -> list[Voice]:
    """Who says it, and through whom it reached us, each in few words."""
    before = _("according to")
    said_by: dict[str, Any] = claim["said_by"]
    if actor := said_by.get("actor"):
        first = Voice(before, str(actor["title"][active()]), actor["path"], None)
    elif source := claim["speaker_source"]:
        first = Voice(before, short(source), source["path"], _foreign(source))
    else:
        first = Voice(before, str(said_by["speaker"][active()]), "", None)
    relays = [Voice(_("as told in"), short(relay), relay["path"], _foreign(relay)) for relay in claim["relays"]]
    return [first, *relays]


def short(source: Document) -> str:
    """A source in few words: its authors and year, or the beginning of its title; brackets when that is ours."""
    authors = source.get("authors") or []
    if not authors:
        title = Truncator(source["title"]).words(TITLE_WORDS, truncate="…")
        return f"[{title}]" if source.get("title_given") else f"“{title}”"
    names = _("%s et al.") % authors[0] if len(authors) > 2 else _(" and ").join(authors)
    return f"{names}, {source['published'][:4]}" if source.get("published") else names


def cited(source: Document) -> str:
    """A source named in a sentence: its authors, title and year, as far as it states them."""
    if source.get("title_given"):
        return f"[{source['title']}]"
    named = [*source.get("authors", []), f"“{source['title']}”"]
    return ", ".join(named) + (f" ({source['published'][:4]})" if source.get("published") else "")


def attribution(claim: Document) -> str:
    """A claim ready to be quoted: who says it, through whom, the sentence, how firmly, and that it is in dispute."""
    standing = word(claim["standing"], "standing")
    if claim["conflicts"]:
        standing += "; " + _("disputed")
    parts = {
        "speaker": speaker(claim),
        "statement": claim["statement"][active()].removesuffix("."),
        "standing": standing,
    }
    if not claim["relays"]:
        return _("According to %(speaker)s: %(statement)s (%(standing)s)") % parts
    parts["relays"] = "; ".join(cited(relay) for relay in claim["relays"])
    return _("According to %(speaker)s, as told in %(relays)s: %(statement)s (%(standing)s)") % parts


def speaker(claim: Document) -> str:
    """Who says it, in the language of the page."""
    said_by: dict[str, Any] = claim["said_by"]
    if actor := said_by.get("actor"):
        return str(actor["title"][active()])
    if claim["speaker_source"]:
        return cited(claim["speaker_source"])
    return str(said_by["speaker"][active()])


def _foreign(source: Document) -> str | None:
    """The language of a title that is not that of the page; names of people need none."""
    named_by_title = not source.get("authors") and not source.get("title_given")
    return source.get("language") if named_by_title and source.get("language") != active() else None
