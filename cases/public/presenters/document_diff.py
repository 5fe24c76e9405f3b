"""What changed between two versions of a document, word by word, in the words and the language of the page.

Used by the history of a record and by the list of changes. Both documents are flattened to labelled texts, so that a
reader compares what he would have read and not how it is stored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.documents.canonical import Document
from cases.public.labels import conflict_heading, part_name, property_name, topic_name, word
from cases.public.language_urls import active
from sources.dates import PartialDate
from sources.json_fields import LanguageMap
from sources.numbers import display

from .speakers import speaker

TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
LABELLED = 90
"""Characters of a statement that name it above its changed fields."""
Fields = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """One thing that differs: a statement, a disagreement, the head. `action`: added, removed, changed."""

    label: str
    action: str
    fields: list[tuple[str, SafeString]]


def differences(old: Document, new: Document) -> list[Difference]:
    """What was added, removed or changed from one version to the next, in the order of the newer one."""
    before, after = dict(_parts(old)), dict(_parts(new))
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        label = (after.get(key) or before[key])[0]
        was, now = before.get(key, ("", {}))[1], after.get(key, ("", {}))[1]
        changed = [(name, words(was.get(name, ""), now.get(name, ""))) for name in _names(was, now)]
        if changed:
            action = "changed" if key in before and key in after else "added" if key in after else "removed"
            found.append(Difference(label, action, changed))
    return found


def words(old: str, new: str) -> SafeString:
    """Both texts in one, escaped: what went is in <del>, what came in <ins>."""
    a, b = TOKENS.findall(old), TOKENS.findall(new)
    pieces: list[str] = []
    for step, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        went, came = escape("".join(a[i:j])), escape("".join(b[k:n]))
        if step == "equal":
            pieces.append(went)
            continue
        pieces += [f"<del>{went}</del>"] if went else []
        pieces += [" "] if went and came else []  # or what is copied runs together
        pieces += [f"<ins>{came}</ins>"] if came else []
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped


def _names(was: Fields, now: Fields) -> list[str]:
    """The fields that differ; those that are the same on both sides or empty on both are left out."""
    names = [*now, *(name for name in was if name not in now)]
    return [name for name in names if was.get(name, "") != now.get(name, "")]


def _parts(document: Document) -> Iterator[tuple[str, tuple[str, Fields]]]:
    """(key, (label, fields)) of everything in a document that a reader would notice."""
    yield "head", (_("About the record"), _head(document))
    sources = {source["slug"]: source for source in document.get("sources", [])}
    excerpts = {excerpt["id"]: excerpt for excerpt in document.get("excerpts", [])}
    for claim in document.get("claims", []):
        opened = claim | {"speaker_source": sources.get(claim["said_by"].get("source"))}
        opened["relays"] = [sources[slug] for slug in claim["relayed_by"]]
        statement = _own(claim["statement"])
        label = statement if len(statement) <= LABELLED else f"{statement[:LABELLED].rsplit(' ', 1)[0]} …"
        yield f"claim {claim['id']}", (label, _claim(opened, excerpts))
    for conflict in document.get("conflicts", []):
        yield f"conflict {conflict['id']}", (_("Disagreement"), _conflict(conflict, excerpts))
    for unknown in document.get("unknowns", []):
        key = f"unknown {unknown['claim']} {unknown['property']} {unknown['note']}"
        said = f"{property_name(unknown['property'])}: {word(unknown['reason'], 'unknown')}"
        yield key, (_("Not known"), {_("Not known"): said + (f" ({_own(unknown['note'])})" if unknown["note"] else "")})
    for response in document.get("responses", []):
        yield f"response {response['id']}", (_("Reply"), _response(response, excerpts))


def _head(document: Document) -> Fields:
    fields = {
        _("Title"): _own(document["title"]),
        _("Also called"): "; ".join(alias["name"] for alias in document.get("aliases", [])),
        _("Place"): "; ".join(_own(place["title"]) for place in document.get("places", [])),
        _("Topics"): "; ".join(topic_name(code) for code in document.get("topics", [])),
    }
    if document["kind"] != "source":
        claims = {claim["id"]: _own(claim["statement"]) for claim in document.get("claims", [])}
        return fields | {_("In short"): " ".join(claims[key] for key in document.get("lead", []))}
    return fields | {
        _("Authors"): "; ".join(document.get("authors", [])),
        _("Institution"): document.get("institution") or "",
        _("Publisher"): document.get("publisher") or "",
        _("Published"): _day(document.get("published")),
        _("Address"): document.get("url") or "",
        _("Licence"): document.get("licence") or "",
        _("Our copy"): "; ".join(capture["text_sha256"] for capture in document.get("captures", [])),
    }


def _claim(claim: Document, excerpts: dict[str, Document]) -> Fields:
    kind = word(claim["kind"], "claim")
    told = [speaker(claim), *(relay["title"] for relay in claim["relays"])]
    return {
        _("Statement"): _own(claim["statement"]),
        _("How firmly"): word(claim["standing"], "standing"),
        _("Kind"): f"{kind}: {word(claim['subkind'], claim['kind'])}" if claim["subkind"] else kind,
        _("Said by"): " ← ".join(told),
        _("When"): " – ".join(_day(claim[end]) for end in ("start", "end") if claim[end]),
        _("Date as stated"): claim["date_as_stated"] or "",
        _("Who"): "; ".join(f"{part_name(p['part'])}: {_party(p)}" for p in claim["parties"]),
        _("In numbers"): _detail(claim),
        _("The exact words"): " … ".join(excerpts[c["excerpt"]]["exact"] for c in claim["citations"]),
    }


def _party(party: Document) -> str:
    name = _own(party["who"]["title"]) if party["who"] else ""
    return f"{name} (“{party['as_stated']}”)".strip() if party["as_stated"] else name


def _detail(claim: Document) -> str:
    """The fields of a transfer, figure or stage in one line."""
    detail: dict[str, Any] = claim.get("transfer") or claim.get("figure") or claim.get("stage") or {}
    lists = {"kind": "transfer", "nature": "nature", "bound": "bound", "stage": "stage", "outcome": "outcome"}
    shown = []
    for name, value in detail.items():
        if name in ("amount", "quantity", "value", "value_to") and value:
            shown.append(display(value, active()))
        elif value:
            shown.append(word(value, lists[name]) if name in lists else _own(value))
    return "; ".join(shown)


def _conflict(conflict: Document, excerpts: dict[str, Document]) -> Fields:
    fields = {_("Kind"): f"{conflict_heading(conflict['kind'])}: {property_name(conflict['property'])}"}
    for place, side in enumerate(conflict["sides"], 1):
        fields[_("Side %d") % place] = f"{side['value']} (“{excerpts[side['excerpt']]['exact']}”)"
    return fields | {_("Explanation"): _own(conflict["explanation"])}


def _response(response: Document, excerpts: dict[str, Document]) -> Fields:
    return {
        _("Who"): _own(response["who"]["title"]),
        _("Asked"): _day(response["asked"]),
        _("Answered"): _("declined") if response["declined"] else _day(response["answered"]),
        _("The exact words"): " … ".join(excerpts[key]["exact"] for key in response["excerpts"]),
    }


def _own(text: Any) -> str:
    """A language map, or plain text, in the language of the page."""
    return str(text.get(active()) or text.get("id") or "") if isinstance(text, (dict, LanguageMap)) else str(text or "")


def _day(date: str | None) -> str:
    return PartialDate(date).display(active()) if date else ""
