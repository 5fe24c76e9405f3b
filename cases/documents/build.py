"""`represent(item)` makes the document of a subject or source: the one form that is stored, served and rendered.

What a document says of *other* things (titles of actors, places, sources) it takes from `embed`, so that a title that
is not public yet cannot slip out through somebody else's document.
"""

from collections.abc import Callable, Iterable
from typing import Any

from cases.claim_kinds import REGISTRY
from cases.models import Claim, Conflict, Response, Subject, Unknown
from cases.vocabularies import SubjectKind
from sources.dates import PartialDate
from sources.models import Excerpt, Source

from .canonical import Document

Item = Subject | Source
Ref = dict[str, Any]
Embed = Callable[[Item], Ref]

LICENSE = "CC-BY-4.0"
FOLDERS = {
    "case": "cases",
    "collaboration": "collaborations",
    "actor": "actors",
    "system": "systems",
    "place": "places",
    "source": "sources",
}
"""The folder of each kind: in addresses, in the API and among the dossiers."""
SUBKIND_FIELDS = {
    "actor": "actor_kind",
    "system": "system_kind",
    "place": "place_kind",
    "source": "source_kind",
}
PERIOD_KINDS = {kind.name for kind in REGISTRY.values() if kind.dates_its_subject}
"""Claims that date their subject. A plan, a figure's period or a finding does not."""


def kind_of(item: Item) -> str:
    return "source" if isinstance(item, Source) else item.kind


def ref_of(document: Document) -> Ref:
    """How other documents name this one: enough to link it and, for a source, to cite it."""
    keys = ["id", "kind", "slug", "path", "title"]
    if document["kind"] in SUBKIND_FIELDS:
        keys.append(SUBKIND_FIELDS[document["kind"]])
    if document["kind"] == "source":
        keys += [
            "title_given",
            "authors",
            "institution",
            "publisher",
            "published",
            "language",
            "url",
            "extent",
        ]
        keys.append("known_through")
    return {key: document[key] for key in keys if key in document}


def short_ref(ref: Ref) -> Ref:
    """A source named inside another source: enough to link it."""
    return {key: ref[key] for key in ("id", "kind", "slug", "path", "title", "title_given")}


def header(item: Item) -> Document:
    """What names an item: `$schema`, kind, id, slug, path, title and what sort it is."""
    kind = kind_of(item)
    head: Document = {
        "$schema": f"/schemas/{kind}/1.json",
        "kind": kind,
        "id": str(item.id),
        "slug": item.slug,
        "path": f"/{FOLDERS[kind]}/{item.slug}/",
    }
    if isinstance(item, Source):
        return head | {
            "title": item.title or item.title_given,
            "title_given": not item.title,
            "source_kind": item.source_kind,
        }
    head["title"] = {"id": item.title_id, "en": item.title_en}
    if field := SUBKIND_FIELDS.get(kind):
        head[field] = getattr(item.specific, field)
    return head


def represent(item: Item, embed: Embed) -> Document:
    """The document of an item, without its version (publication adds that). Many items: read them by `whole` first."""
    return represent_source(item, embed) if isinstance(item, Source) else represent_subject(item.specific, embed)


def represent_source(source: Source, embed: Embed) -> Document:
    captures = list(source.captures.all())
    return header(source) | {
        "authors": source.author_list,
        "institution": source.institution or None,
        "publisher": source.publisher or None,
        "published": source.published or None,
        "language": source.language,
        "url": source.url or None,
        "licence": source.licence or None,
        "extent": _map(captures[-1], "extent") if captures else None,
        "known_through": [short_ref(embed(other)) for other in by_slug(source.known_through.all())],
        "captures": [
            {
                "id": str(capture.id),
                "text_sha256": capture.text_sha256,
                "text_length": capture.text_length,
                "extent": _map(capture, "extent"),
                "media_type": capture.media_type,
                "captured_at": capture.captured_at.isoformat() if capture.captured_at else None,
                "archive_url": capture.archive_url or None,
            }
            for capture in captures
        ],
        "license": LICENSE,
    }


def represent_subject(subject: Subject, embed: Embed) -> Document:
    claims, conflicts = list(subject.claims.all()), list(subject.conflicts.all())
    unknowns, responses, aliases = subject.unknowns.all(), subject.responses.all(), subject.aliases.all()
    excerpts = _distinct(
        [citation.excerpt for claim in claims for citation in claim.citations.all()]
        + [side.excerpt for conflict in conflicts for side in conflict.sides.all()]
        + [excerpt for response in responses for excerpt in response.excerpts.all()]
        + [alias.excerpt for alias in aliases]
    )
    document = header(subject)
    if subject.kind == SubjectKind.PLACE:
        place: Any = subject
        document |= {
            "code": place.code or None,
            "iso": place.iso or None,
            "parent": embed(place.parent) if place.parent else None,
        }
    return document | {
        "aliases": [{"name": a.name, "kind": a.kind, "excerpt": str(a.excerpt_id)} for a in aliases],
        "places": [embed(place) for place in by_slug(subject.places.all())],
        "topics": list(subject.topics),
        "period": _period(claims),
        "lead": [str(c.id) for c in sorted((c for c in claims if c.lead), key=lambda c: c.lead or 0)],
        "claims": [_claim(claim, conflicts, unknowns, embed) for claim in claims],
        "excerpts": [_excerpt(excerpt) for excerpt in excerpts],
        "sources": [embed(source) for source in _sources(claims, excerpts)],
        "conflicts": [_conflict(conflict) for conflict in conflicts],
        "unknowns": [_unknown(unknown) for unknown in unknowns],
        "responses": [_response(response, embed) for response in responses],
        "license": LICENSE,
    }


def _claim(claim: Claim, conflicts: list[Conflict], unknowns: Iterable[Unknown], embed: Embed) -> Document:
    document: Document = {
        "id": str(claim.id),
        "path": f"/claims/{claim.id}/",
        "kind": claim.kind,
        "subkind": claim.subkind or None,
        "standing": claim.standing,
        "statement": _map(claim, "statement"),
        "said_by": _said_by(claim, embed),
        "relayed_by": [relay.source.slug for relay in claim.relays.all()],
        "parties": [
            {"part": p.part, "who": embed(p.who) if p.who else None, "as_stated": p.as_stated or None}
            for p in claim.parties.all()
        ],
        "places": [embed(place) for place in by_slug(claim.places.all())],
        "topics": list(claim.topics),
        "start": claim.start or None,
        "end": claim.end or None,
        "date_as_stated": claim.date_as_stated or None,
        "ongoing_when_written": claim.ongoing_when_written,
        "citations": [{"excerpt": str(c.excerpt_id), "relation": c.relation} for c in claim.citations.all()],
        "conflicts": [str(conflict.id) for conflict in conflicts if conflict.claim_id == claim.id],
        "unknowns": [unknown.property for unknown in unknowns if unknown.claim_id == claim.id],
    }
    if claim.detail is not None:
        document[claim.kind] = DETAILS[claim.kind](claim.detail)
    return document


def _said_by(claim: Claim, embed: Embed) -> Document:
    if claim.said_by_actor:
        return {"actor": embed(claim.said_by_actor)}
    if claim.said_by_source:
        return {"source": claim.said_by_source.slug}
    return {"speaker": _map(claim, "speaker")}


def _transfer(row: Any) -> Document:
    return {
        "kind": row.kind or None,
        "amount": row.amount or None,
        "currency": row.currency or None,
        "in_kind": _map(row, "in_kind"),
        "quantity": row.quantity or None,
        "unit": _map(row, "unit"),
        "as_stated": row.as_stated or None,
    }


def _figure(row: Any) -> Document:
    return {
        "indicator": _map(row, "indicator"),
        "value": row.value or None,
        "value_to": row.value_to or None,
        "unit": _map(row, "unit"),
        "base": _map(row, "base"),
        "nature": row.nature or None,
        "bound": row.bound,
        "as_stated": row.as_stated,
    }


def _stage(row: Any) -> Document:
    return {
        "stage": row.stage,
        "outcome": row.outcome or None,
        "charge": row.charge or None,
        "case_number": row.case_number or None,
    }


DETAILS: dict[str, Callable[[Any], Document]] = {
    "transfer": _transfer,
    "figure": _figure,
    "stage": _stage,
}


def _excerpt(excerpt: Excerpt) -> Document:
    return {
        "id": str(excerpt.id),
        "path": f"/excerpts/{excerpt.id}/",
        "source": excerpt.capture.source.slug,
        "text_sha256": excerpt.capture.text_sha256,
        "exact": excerpt.exact,
        "start": excerpt.start,
        "end": excerpt.end,
        "prefix": excerpt.prefix,
        "suffix": excerpt.suffix,
        "language": excerpt.language,
        "translation": {t.language: {"text": t.text, "by": t.by} for t in excerpt.translations.all()},
        "locator": excerpt.locator or None,
    }


def _conflict(conflict: Conflict) -> Document:
    return {
        "id": str(conflict.id),
        "kind": conflict.kind,
        "claim": str(conflict.claim_id) if conflict.claim_id else None,
        "property": conflict.property,
        "sides": [{"value": side.value, "excerpt": str(side.excerpt_id)} for side in conflict.sides.all()],
        "explanation": _map(conflict, "explanation"),
    }


def _unknown(unknown: Unknown) -> Document:
    return {
        "claim": str(unknown.claim_id) if unknown.claim_id else None,
        "property": unknown.property,
        "reason": unknown.reason,
        "note": _map(unknown, "note"),
    }


def _response(response: Response, embed: Embed) -> Document:
    return {
        "id": str(response.id),
        "who": embed(response.who),
        "asked": response.asked or None,
        "answered": response.answered or None,
        "declined": response.declined,
        "claims": sorted(str(claim.id) for claim in response.claims.all()),
        "excerpts": sorted(str(excerpt.id) for excerpt in response.excerpts.all()),
    }


def _sources(claims: list[Claim], excerpts: list[Excerpt]) -> list[Source]:
    """Every source that the document names, once, by slug."""
    found = {excerpt.capture.source for excerpt in excerpts}
    for claim in claims:
        found |= {relay.source for relay in claim.relays.all()}
        if claim.said_by_source:
            found.add(claim.said_by_source)
    return by_slug(found)


def by_slug(rows: Iterable[Any]) -> list[Any]:
    """In the order of their slugs, which is the same on every database."""
    return sorted(rows, key=lambda row: row.slug)


def _distinct(excerpts: list[Excerpt]) -> list[Excerpt]:
    by_id = {excerpt.id: excerpt for excerpt in excerpts}
    return sorted(by_id.values(), key=lambda e: (e.capture.source.slug, e.capture.text_sha256, e.start, e.end))


def _period(claims: list[Claim]) -> Document:
    dated = [claim for claim in claims if claim.kind in PERIOD_KINDS]
    starts = [PartialDate(claim.start) for claim in dated if claim.start]
    ends = [PartialDate(claim.end) for claim in dated if claim.end]
    return {
        "start": min(starts, key=lambda day: day.first_day, default=None),
        "end": max(ends, key=lambda day: day.last_day, default=None),
    }


def _map(row: Any, field: str) -> dict[str, str] | None:
    """The language map of a pair of columns; None when both are empty."""
    both = {"id": getattr(row, f"{field}_id"), "en": getattr(row, f"{field}_en")}
    return both if any(both.values()) else None
