"""Documents and claims as flat rows, for CSV and SQLite. Beside every value stand its standing, who says it, what is in
dispute and what is unknown; where several things share a cell they are separated by ` | `. A name of a column that ends
in `_id` or `_en` says the language.
"""

from collections.abc import Callable, Iterable
from typing import Any

from cases.documents.build import LICENSE, SUBKIND_FIELDS
from cases.documents.canonical import Document
from cases.publication.projection import titles
from sources.json_fields import LanguageMap

from .citations import speaker

Flat = dict[str, str | int | None]
LANGUAGES = ("id", "en")
TRANSFER = ("kind", "amount", "currency", "in_kind_id", "in_kind_en", "quantity", "unit_id", "unit_en", "as_stated")
FIGURE = (
    *("indicator_id", "indicator_en", "value", "value_to", "unit_id", "unit_en", "base_id", "base_en"),
    *("nature", "bound", "as_stated"),
)
STAGE = ("stage", "outcome", "charge", "case_number")
DETAILS = {"transfer": TRANSFER, "figure": FIGURE, "stage": STAGE}


def claim_row(claim: Document, document: Document) -> Flat:
    """One claim; the values of its detail come last, behind how firmly and by whom they are said."""
    conflicts = [conflict for conflict in document["conflicts"] if conflict["claim"] == claim["id"]]
    unknowns = [unknown for unknown in document["unknowns"] if unknown["claim"] == claim["id"]]
    row: Flat = {
        "claim_id": claim["id"],
        "subject_kind": document["kind"],
        "subject_slug": document["slug"],
        **_both("subject_title", titles(document)),
        "kind": claim["kind"],
        "subkind": claim["subkind"],
        "standing": claim["standing"],
        **_speakers(claim, document),
        **_explained("conflicts", conflicts, conflict_words),
        **_explained("unknowns", unknowns, unknown_words),
        **_both("statement", claim["statement"]),
        "parties": joined(map(party_words, claim["parties"])),
        "start": claim["start"],
        "end": claim["end"],
        "date_as_stated": claim["date_as_stated"],
        "ongoing_when_written": int(claim["ongoing_when_written"]),
        "places": joined(place["slug"] for place in claim["places"]),
        "topics": joined(claim["topics"]),
    }
    for kind, names in DETAILS.items():
        values = _spread(claim.get(kind) or {})
        row |= {f"{kind}_{name}" if name != kind else kind: values.get(name) for name in names}
    cited = [citation["excerpt"] for citation in claim["citations"] if citation["relation"] == "supports"]
    excerpts = [excerpt for excerpt in document["excerpts"] if excerpt["id"] in cited]
    return row | {
        "quotes": joined(excerpt["exact"] for excerpt in excerpts),
        "sources": joined(dict.fromkeys(excerpt["source"] for excerpt in excerpts)),
        "excerpts": joined(excerpt["id"] for excerpt in excerpts),
        "path": claim["path"],
        **_version(document),
    }


def document_row(document: Document) -> Flat:
    """One document of any kind. A subject shows its lead, with the lead's standing and who says it."""
    row: Flat = {
        "id": document["id"],
        "kind": document["kind"],
        "slug": document["slug"],
        **_both("title", titles(document)),
    }
    if field := SUBKIND_FIELDS.get(document["kind"]):
        row[field] = document[field]
    return row | (_source(document) if document["kind"] == "source" else _subject(document)) | _version(document)


def _source(document: Document) -> Flat:
    through = joined(other["slug"] for other in document["known_through"])
    plain = ("institution", "publisher", "published", "language", "url", "licence")
    return {
        "title_given": int(document["title_given"]),
        "authors": joined(document["authors"]),
        **{name: document[name] for name in plain},
        **_both("extent", document["extent"] or {}),
        "known_through": through,
        "text_sha256": joined(capture["text_sha256"] for capture in document["captures"]),
        "path": document["path"],
    }


def _subject(document: Document) -> Flat:
    claims = {claim["id"]: claim for claim in document["claims"]}
    lead = claims[document["lead"][0]] if document["lead"] else None
    row: Flat = {
        "lead_standing": lead["standing"] if lead else None,
        **(_speakers(lead, document, "lead_") if lead else dict.fromkeys(LEAD_SPEAKERS)),
        **_explained("conflicts", document["conflicts"], conflict_words, claims),
        **_explained("unknowns", document["unknowns"], unknown_words, claims),
        **_both("lead", lead["statement"] if lead else {}),
        "aliases": joined(alias["name"] for alias in document["aliases"]),
        "places": joined(place["slug"] for place in document["places"]),
        "topics": joined(document["topics"]),
        "period_start": document["period"]["start"],
        "period_end": document["period"]["end"],
    }
    for standing in ("potential", "alleged", "stated", "decided"):
        row[f"claims_{standing}"] = sum(claim["standing"] == standing for claim in claims.values())
    if document["kind"] == "place":
        parent = document["parent"]
        row |= {"code": document["code"], "iso": document["iso"], "parent": parent["slug"] if parent else None}
    return row | {"sources": joined(source["slug"] for source in document["sources"]), "path": document["path"]}


LEAD_SPEAKERS = ("lead_said_by_id", "lead_said_by_en", "lead_relayed_by")


def _speakers(claim: Document, document: Document, prefix: str = "") -> Flat:
    named = {f"{prefix}said_by_{language}": speaker(claim, document, language) for language in LANGUAGES}
    return {**named, f"{prefix}relayed_by": joined(claim["relayed_by"])}


def _version(document: Document) -> Flat:
    return {
        "version": document["version"]["number"],
        "recorded_at": document["version"]["recorded_at"],
        "record_license": LICENSE,
    }


def conflict_words(conflict: Document, language: str) -> str:
    sides = " ≠ ".join(side["value"] for side in conflict["sides"])
    return f"{conflict['property']}: {sides} ({conflict['kind']}{_because(conflict['explanation'], language)})"


def unknown_words(unknown: Document, language: str) -> str:
    return f"{unknown['property']} ({unknown['reason']}{_because(unknown['note'], language)})"


def _because(explanation: Document | None, language: str) -> str:
    texts = [explanation[language], *explanation.values()] if explanation else []
    return next((f": {text}" for text in texts if text), "")


def _explained(
    name: str,
    things: list[Document],
    words: Callable[[Document, str], str],
    claims: dict[str, Document] | None = None,
) -> Flat:
    """What is in dispute or unknown, in both languages. With the claims of the document, of which each is said:
    `tie 060901ed-…: start (not_in_source)`.
    """
    of = {claim_id: f"{claim['kind']} {claim_id}: " for claim_id, claim in (claims or {}).items()}
    return {
        f"{name}_{language}": joined(of.get(thing["claim"], "") + words(thing, language) for thing in things)
        for language in LANGUAGES
    }


def party_words(party: Document) -> str:
    """`patron: Budi (“aktor penyedia”)`: an actor by its title, with the source's own word for it where there is one;
    `payer: calon klien`: a side that nobody names as the source puts it.
    """
    who, word = titles(party["who"])["id"] if party["who"] else None, party["as_stated"]
    return f"{party['part']}: {f'{who} (“{word}”)' if who and word else who or word or 'not named'}"


def joined(texts: Iterable[str]) -> str:
    return " | ".join(texts)


def _both(name: str, value: Any) -> Flat:
    return {f"{name}_{language}": value.get(language) for language in LANGUAGES}


def _spread(detail: Document) -> Flat:
    """Language maps as two columns."""
    row: Flat = {}
    for name, value in detail.items():
        row |= _both(name, value) if isinstance(value, dict | LanguageMap) else {name: value}
    return row
