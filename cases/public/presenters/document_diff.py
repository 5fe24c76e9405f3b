"""What changed between two versions of a document, word by word, in the words and the language of the page.

Both documents are flattened to labelled texts: readers compare what they would have read, not how it is stored.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cases.claim_kinds import DETAILED
from cases.claim_kinds.stage import StageDetail
from cases.documents.base import DocumentBase
from cases.documents.claims import PublishedClaim, PublishedParty
from cases.documents.evidence import PublishedConflict, PublishedResponse
from cases.documents.types import SourceDocument, Withdrawal
from cases.public.labels import property_name, topic_name, unknown_name, word
from cases.public.language_urls import page_language
from cases.public.markup import day, own

from .proceedings import part_word, standing_word
from .replies import reply_of
from .speakers import speaker_of

TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
# How much of a statement names it above its changed fields
LABEL_MAX_CHARS = 90
Fields = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """One thing that differs: a statement, a disagreement, the head. `action`: added, removed, changed."""

    label: str
    action: str
    fields: list[tuple[str, SafeString]]


def differences(old: DocumentBase, new: DocumentBase) -> list[Difference] | None:
    """Return what changed from one version to the next, in the order of the newer; None where either was withdrawn."""
    if isinstance(old, Withdrawal) or isinstance(new, Withdrawal):
        return None
    before, after = dict(_parts(old)), dict(_parts(new))
    found = []
    for key in [*after, *(key for key in before if key not in after)]:
        label = (after.get(key) or before[key])[0]
        was, now = before.get(key, ("", {}))[1], after.get(key, ("", {}))[1]
        changed = [(name, marked_changes(was.get(name, ""), now.get(name, ""))) for name in _names(was, now)]
        if changed:
            action = "changed" if key in before and key in after else "added" if key in after else "removed"
            found.append(Difference(label, action, changed))
    return found


def marked_changes(old: str, new: str) -> SafeString:
    """Return both texts in one, escaped: what went is in <del>, what came in <ins>."""
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
    """Return the fields that differ; those that are the same on both sides or empty on both are left out."""
    names = [*now, *(name for name in was if name not in now)]
    return [name for name in names if was.get(name, "") != now.get(name, "")]


def _parts(document: DocumentBase) -> Iterator[tuple[str, tuple[str, Fields]]]:
    """Yield (key, (label, fields)) of everything in a document that a reader would notice."""
    yield "head", (_("About the record"), _head(document))
    for claim in document.claims:
        statement = own(claim.statement)
        cut = f"{statement[:LABEL_MAX_CHARS].rsplit(' ', 1)[0]} …"
        yield f"claim {claim.id}", (statement if len(statement) <= LABEL_MAX_CHARS else cut, _claim(claim, document))
    for about in document.about:
        fields = {
            _("Statement"): own(about.statement),
            _("The exact words"): _quoted(document, [cited.excerpt for cited in about.citations]),
        }
        yield f"about {about.key}", (word(about.aspect, "source_aspect").capitalize(), fields)
    for conflict in document.conflicts:
        yield f"conflict {conflict.id}", (word(conflict.family, "family"), _conflict(conflict, document))
    for unknown in document.unknowns:
        note = own(unknown.note)
        key = f"unknown {unknown.claim} {unknown.property} {unknown.note}"
        said = f"{unknown_name(unknown.property, described=False)}: {word(unknown.reason, 'unknown')}"
        told = ", ".join(filter(None, (note, day(unknown.searched_on))))
        yield key, (_("Not known"), {_("Not known"): f"{said} ({told})" if told else said})
    for response in document.responses:
        yield f"response {response.id}", (_("Reply"), _response(response, document))


def _head(document: DocumentBase) -> Fields:
    fields = {
        _("Title"): own(document.titles),
        _("Also called"): "; ".join(alias.name for alias in document.aliases),
        _("Identifiers"): "; ".join(f"{word(each.scheme, 'identifier')} {each.value}" for each in document.identifiers),
        _("Place"): "; ".join(own(place.title) for place in document.places),
        _("Topics"): "; ".join(topic_name(code) for code in document.topics),
    }
    if not isinstance(document, SourceDocument):
        return fields | {_("In short"): " ".join(own(claim.statement) for claim in document.lead_claims)}
    return fields | {
        _("Authors"): "; ".join(document.authors),
        _("Institution"): document.institution or "",
        _("Publisher"): document.publisher or "",
        _("Published"): day(document.published),
        _("Address"): document.url or "",
        _("Licence"): document.licence or "",
        _("Our copy"): "; ".join(capture.text_sha256 or "" for capture in document.captures),
    }


def _claim(claim: PublishedClaim, document: DocumentBase) -> Fields:
    kind, speaker = word(claim.kind, "claim"), speaker_of(claim, document.sources_by_slug)
    steps = [speaker.full_name, *(own(relay.titles) for relay in speaker.relays)]
    return {
        _("Statement"): own(claim.statement),
        _("How firmly"): standing_word(claim.standing, claim.detail_of(StageDetail)),
        _("Kind"): f"{kind}: {word(claim.aspect, claim.kind)}" if claim.aspect else kind,
        _("Said by"): " ← ".join(steps),
        _("When"): " – ".join(day(end) for end in (claim.start, claim.end) if end),
        _("Date as stated"): claim.date_as_stated or "",
        _("Who"): "; ".join(f"{part_word(claim, party.part)}: {_party(party)}" for party in claim.parties),
        _("In numbers"): _numbers(claim),
        _("The exact words"): _quoted(document, [cited.excerpt for cited in claim.citations]),
    }


def _party(party: PublishedParty) -> str:
    name = own(party.who.title) if party.who else ""
    return f"{name} (“{party.as_stated}”)".strip() if party.as_stated else name


def _numbers(claim: PublishedClaim) -> str:
    """Return the stated fields of the numbers of a claim in one line."""
    detail = claim.detail
    texts = [field.text(detail, page_language()) for field in DETAILED[claim.kind].fields] if detail else []
    return "; ".join(text for text in texts if text)


def _conflict(conflict: PublishedConflict, document: DocumentBase) -> Fields:
    fields = {_("Kind"): f"{word(conflict.family, 'family')}: {property_name(conflict.property)}"}
    for place, side in enumerate(conflict.sides, 1):
        fields[_("Side %d") % place] = f"{side.reads(page_language())} (“{_quoted(document, [side.excerpt])}”)"
    return fields | {_("Explanation"): own(conflict.explanation)}


def _response(response: PublishedResponse, document: DocumentBase) -> Fields:
    return {
        _("Who"): own(response.who.title),
        _("Reply"): reply_of(document, response).text,
        _("The exact words"): _quoted(document, response.excerpts),
    }


def _quoted(document: DocumentBase, excerpts: Iterable[str]) -> str:
    return " … ".join(document.excerpt(key).exact for key in excerpts)
