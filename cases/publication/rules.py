"""What must hold of every document. Blockers stop a publication by these rules; `verify` checks the record by them.

Each rule is a function from a document to the faults it finds: (where, sentence).
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from cases.claim_kinds import property_label
from cases.documents.canonical import Document
from cases.vocabularies import Relation, Standing, UnknownReason, topics

Faults = Iterator[tuple[str, str]]

LEGAL_WORDS = re.compile(r"\b(tersangka|terdakwa|terpidana|suspects?|defendants?|convicted)\b", re.IGNORECASE)
NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
PHONE = re.compile(r"(?<!\d)(\+62|62|0)[\s-]?8\d{1,3}([\s-]?\d{3,4}){2,3}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
EXPECTED = {"transfer": ("payer", "recipient", "date"), "figure": ("value", "date"), "tie": ()}
"""What a reader of such a claim will ask about: present, in a Conflict, or said to be unknown."""
INSTRUMENTS = {"court_ruling", "regulation", "government_document"}
GRAVE_WORDS = {
    "bribe": re.compile(r"suap|bribe", re.IGNORECASE),
    "gratification": re.compile(r"gratifi|gratuit", re.IGNORECASE),
    "illegal_levy": re.compile(r"pungli|pungutan liar|illegal lev", re.IGNORECASE),
}
CONFLICT_FIELDS = {"transfer", "figure", "stage"}


def faults(document: Document) -> list[tuple[str, str]]:
    """Every rule that the document breaks, in one list."""
    return [fault for rule in RULES for fault in rule(document)]


def has_a_lead(document: Document) -> Faults:
    if document["kind"] in ("case", "collaboration", "system") and not document["lead"]:
        yield "lead", _("A lead is required: mark the claims that sum it up.")


def source_is_held_or_told(document: Document) -> Faults:
    if document["kind"] == "source" and not document["captures"] and not document["known_through"]:
        yield "captures", _("A source needs a copy, or a work through which it is known.")


def claims_are_supported(document: Document) -> Faults:
    held = {excerpt["id"] for excerpt in document.get("excerpts", [])}
    for where, claim in _claims(document):
        if not _supporting(claim):
            yield where, _("A claim needs at least one excerpt that supports it.")
        if missing := [c["excerpt"] for c in claim["citations"] if c["excerpt"] not in held]:
            yield where, _("It cites an excerpt that the document does not hold: %s.") % ", ".join(missing)


def accusations_stay_accusations(document: Document) -> Faults:
    for where, claim in _claims(document):
        accused = any(party["part"] in ("accused", "defendant") for party in claim["parties"])
        if accused and claim["standing"] == Standing.STATED:
            yield (
                where,
                _("A claim with an accused party is alleged at most, unless it is read in the decision itself."),
            )


def decided_is_read_in_the_instrument(document: Document) -> Faults:
    """*Decided* is read in the ruling, regulation or contract itself; a work that mentions one only states it."""
    kinds = {source["slug"]: source["source_kind"] for source in document.get("sources", [])}
    source_of = {excerpt["id"]: kinds.get(excerpt["source"]) for excerpt in document.get("excerpts", [])}
    for where, claim in _claims(document):
        if claim["standing"] == Standing.DECIDED and not INSTRUMENTS & {source_of.get(e) for e in _supporting(claim)}:
            yield where, _("Decided needs an excerpt of the ruling, regulation or contract itself.")


def grave_words_are_the_sources_own(document: Document) -> Faults:
    """A transfer is a bribe, gratification or illegal levy only where its words say so."""
    excerpts = {excerpt["id"]: excerpt for excerpt in document.get("excerpts", [])}
    for where, claim in _claims(document):
        pattern = GRAVE_WORDS.get((claim.get("transfer") or {}).get("kind") or "")
        words = [excerpts[e]["exact"] for e in _supporting(claim) if e in excerpts]
        if pattern and not any(pattern.search(text) for text in words):
            yield where, _("No supporting excerpt uses the word “%s”.") % claim["transfer"]["kind"]


def details_are_there(document: Document) -> Faults:
    for where, claim in _claims(document):
        if claim["kind"] in CONFLICT_FIELDS and not claim.get(claim["kind"]):
            yield where, _("A claim of this kind needs its numbers: fill in the detail row.")


def silences_are_said(document: Document) -> Faults:
    """A null field or empty side that a reader will ask about needs an Unknown or a Conflict."""
    conflicts = {(c["claim"], c["property"]) for c in document.get("conflicts", [])}
    for where, claim in _claims(document):
        said = set(claim["unknowns"]) | {prop.split(".")[-1] for owner, prop in conflicts if owner == claim["id"]}
        if {"start", "end"} & said:
            said.add("date")
        for name in _asked(claim):
            if name not in said:
                yield where, _("“%s” is empty: state it, note it as unknown, or open a conflict.") % name
    if document["kind"] == "collaboration":
        own = {unknown["property"] for unknown in document["unknowns"] if not unknown["claim"]}
        own |= {prop for owner, prop in conflicts if owner is None}
        kinds = {claim["kind"] for claim in document["claims"]}
        if "instrument" not in own and "legal_basis" not in kinds:
            yield (
                "unknowns",
                _("“%s” is empty: state it, note it as unknown, or open a conflict.") % "instrument",
            )


def _asked(claim: Document) -> Iterator[str]:
    parts = {party["part"] for party in claim["parties"]}
    dated = claim["start"] or claim["end"] or claim["date_as_stated"]
    if (transfer := claim.get("transfer")) is not None:
        yield from (part for part in ("payer", "recipient") if part not in parts)
        if not transfer["amount"] and not transfer["in_kind"]:
            yield "amount"
        if transfer["amount"] and not transfer["currency"]:
            yield "currency"
        if not transfer["kind"]:
            yield "kind"
    if (figure := claim.get("figure")) is not None and not figure["value"]:
        yield "value"
    if claim["kind"] in ("transfer", "figure", "stage", "event") and not dated:
        yield "date"


def conflicts_are_open(document: Document) -> Faults:
    """A conflict has two sides, its words are held, and the field in dispute is empty in the claim."""
    claims = {claim["id"]: claim for claim in document.get("claims", [])}
    held = {excerpt["id"] for excerpt in document.get("excerpts", [])}
    for conflict in document.get("conflicts", []):
        where = f"conflicts.{conflict['property']}"
        if len(conflict["sides"]) < 2:
            yield where, _("A conflict has at least two sides.")
        if any(side["excerpt"] not in held for side in conflict["sides"]):
            yield where, _("A side of the conflict has no excerpt in the document.")
        claim = claims.get(conflict["claim"])
        if claim and _value_at(claim, conflict["property"]):
            yield where, _("The field in dispute must be empty in the claim.")


def _value_at(claim: Document, name: str) -> Any:
    """The value of a dotted field; parties, statements and whole details are never 'in dispute' as such."""
    value: Any = claim
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, str) and name not in ("kind", "standing", "subkind") else None


def legal_words_have_a_stage(document: Document) -> Faults:
    """No title or statement calls anyone a suspect, defendant or convict unless a dated stage stands behind it."""
    for where, text in _titles(document):
        if LEGAL_WORDS.search(text):
            yield where, _("A title names the matter, never anyone's legal status.")
    staged = any(claim["kind"] == "stage" for _where, claim in _claims(document))
    for where, claim in _claims(document):
        for text in claim["statement"].values():
            if (found := LEGAL_WORDS.search(text)) and not staged:
                yield where, _("“%s” needs a dated legal stage in the record.") % found.group()


def no_private_data(document: Document) -> Faults:
    for where, text in texts(document):
        for pattern, name in (
            (NIK, _("a NIK")),
            (PHONE, _("a telephone number")),
            (EMAIL, _("an e-mail address")),
        ):
            if pattern.search(text):
                yield where, _("This looks like %s; it must not be published.") % name


def words_are_known(document: Document) -> Faults:
    codes = list(document.get("topics", [])) + [c for _w, claim in _claims(document) for c in claim["topics"]]
    for code in codes:
        if code not in topics():
            yield "topics", _("“%s” is not in the list of topics.") % code
    for unknown in document.get("unknowns", []):
        if unknown["reason"] not in UnknownReason.values:
            yield "unknowns", _("“%s” is not a reason that we know.") % unknown["reason"]
    for entry in [*document.get("unknowns", []), *document.get("conflicts", [])]:
        try:
            property_label(entry["property"])
        except KeyError:
            yield "property", _("“%s” is not a property that we know.") % entry["property"]


def references_resolve(document: Document) -> Faults:
    """Every id and slug that the document uses for itself stands in it."""
    claims = {claim["id"] for claim in document.get("claims", [])}
    slugs = {source["slug"] for source in document.get("sources", [])}
    used = [("lead", claim) for claim in document.get("lead", [])]
    used += [("conflicts", c["claim"]) for c in document.get("conflicts", []) if c["claim"]]
    used += [("unknowns", u["claim"]) for u in document.get("unknowns", []) if u["claim"]]
    used += [("responses", claim) for r in document.get("responses", []) for claim in r["claims"]]
    for where, claim_id in used:
        if claim_id not in claims:
            yield where, _("It names a claim that the document does not hold: %s.") % claim_id
    named = [(where, slug) for where, claim in _claims(document) for slug in _source_slugs(claim)]
    named += [("excerpts", excerpt["source"]) for excerpt in document.get("excerpts", [])]
    for where, slug in named:
        if slug not in slugs:
            yield where, _("It names a source that the document does not hold: %s.") % slug


RULES: list[Callable[[Document], Faults]] = [
    has_a_lead,
    source_is_held_or_told,
    claims_are_supported,
    accusations_stay_accusations,
    decided_is_read_in_the_instrument,
    grave_words_are_the_sources_own,
    details_are_there,
    silences_are_said,
    conflicts_are_open,
    legal_words_have_a_stage,
    no_private_data,
    words_are_known,
    references_resolve,
]


def names_a_person(document: Document) -> bool:
    """Whether it is a case, accuses anyone, or names a person in a claim: then two people must have read it."""
    parties = [party for claim in document.get("claims", []) for party in claim["parties"]]
    speakers = [claim["said_by"].get("actor") for claim in document.get("claims", [])]
    people = [party["who"] for party in parties] + speakers
    return (
        document["kind"] == "case"
        or document.get("actor_kind") == "person"
        or any(party["part"] in ("accused", "defendant") for party in parties)
        or any(who and who.get("actor_kind") == "person" for who in people)
    )


def _claims(document: Document) -> Iterator[tuple[str, Document]]:
    for claim in document.get("claims", []):
        yield f"claim “{claim['statement']['id'][:60]}”", claim


def _supporting(claim: Document) -> list[str]:
    return [c["excerpt"] for c in claim["citations"] if c["relation"] == Relation.SUPPORTS]


def _source_slugs(claim: Document) -> list[str]:
    return [*claim["relayed_by"], *([claim["said_by"]["source"]] if "source" in claim["said_by"] else [])]


def _titles(document: Document) -> Iterator[tuple[str, str]]:
    if document["kind"] != "source":  # a work's own title is its author's
        for language, text in document["title"].items():
            yield f"title.{language}", text
        yield "slug", document["slug"].replace("-", " ")


SKIPPED = {"text_sha256", "url", "archive_url", "path", "$schema", "amount", "quantity"}
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the document that a reader could read, with its place."""
    if isinstance(value, str) and not UUID_TEXT.fullmatch(value):
        yield where, value
    elif isinstance(value, list):
        for entry in value:
            yield from texts(entry, where)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if key not in SKIPPED:
                yield from texts(entry, f"{where}.{key}".lstrip("."))
