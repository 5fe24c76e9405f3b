"""What names a subject, and what rests on a source: computed from the links of the record, never stored."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.documents.canonical import Document
from cases.http.query_parameters import BadParameter
from cases.models import RecordClaim, RecordExcerpt, RecordLink
from cases.record.lookup import is_uuid

from .listing import capacities, card, documents_of, in_full, with_speakers
from .subject_page import CHARGED_PARTS

CLAIMS = 200
"""How many claims one page lists; it says so when there are more."""


EXCERPTS = 60
"""How many excerpts one page of a source shows."""


@dataclass(frozen=True)
class Quoted:
    """One page of the excerpts of a source. `next` is the id after which the others follow."""

    excerpts: list[Document]
    total: int
    next: str | None


@dataclass(frozen=True)
class Named:
    """The claims in which somebody stands, under the records that make them."""

    matters: list[Document]
    capped: int | None


def named_in(object_id: str, seq: int | None) -> Named:
    """Claims of other documents in which a subject stands, and as what, with what is unknown and disputed of each;
    where accused, with the state of the reply.
    """
    links = RecordLink.objects.as_of(seq).filter(target=object_id, claim_id__isnull=False)
    links = links.exclude(record__object_id=object_id).exclude(part__in=["place", "topic", "excerpt", "source"])
    parts: dict[Any, list[str]] = {}
    for claim_id, part in links.order_by("part").values_list("claim_id", "part"):
        parts.setdefault(claim_id, []).append(part)
    if not parts:
        return Named([], None)
    rows = RecordClaim.objects.as_of(seq).filter(object_id__in=links.values("claim_id"))
    found = list(rows.order_by("sort_key", "object_id")[: CLAIMS + 1])
    matters: dict[str, Document] = {}
    documents = documents_of(found[:CLAIMS])
    cards = [in_full(row, documents[row.since_seq]) for row in found[:CLAIMS]]
    stands = [capacities(claim, object_id, parts[row.object_id]) for row, claim in zip(found, cards, strict=False)]
    for claim, capacity in zip(with_speakers(cards, seq), stands, strict=True):
        matter = matters.setdefault(claim["subject"]["id"], claim["subject"] | {"claims": []})
        matter["claims"].append(claim | {"capacities": capacity})
    charged = [row for row in found[:CLAIMS] if not set(CHARGED_PARTS).isdisjoint(parts[row.object_id])]
    for seq_of_document in {row.since_seq for row in charged}:
        document = documents[seq_of_document].document
        given = [reply for reply in document["responses"] if reply["who"]["id"] == object_id]
        matters[document["id"]]["replies"] = given or [{"not_asked": True}]
    return Named(list(matters.values()), CLAIMS if len(found) > CLAIMS else None)


def without_legal_status(document: Document, seq: int | None) -> bool:
    """Whether a person is an accused party in some public claim while no claim records a stage about them.

    Of anyone else it must not even be said that there is none: it would insinuate.
    """
    if document.get("actor_kind") != "person":
        return False
    links = RecordLink.objects.as_of(seq).filter(target=document["id"], claim_id__isnull=False)
    if not links.filter(part="accused").exists():
        return False
    return bool(_without_stage({document["id"]}, seq))


def without_stage(claims: list[Document], seq: int | None) -> set[str]:
    """The ids of the persons whom these claims accuse and about whom no public claim records a step of proceedings."""
    parties = [party for claim in claims for party in claim["parties"] if party["part"] in CHARGED_PARTS]
    ids = {p["who"]["id"] for p in parties if p["who"] and p["who"].get("actor_kind") == "person"}
    return _without_stage(ids, seq) if ids else set()


def _without_stage(ids: set[str], seq: int | None) -> set[str]:
    stages = RecordClaim.objects.as_of(seq).filter(kind="stage").values("object_id")
    told = RecordLink.objects.as_of(seq).filter(target__in=ids, claim_id__in=stages)
    return ids - set(told.values_list("target", flat=True))


def excerpts_of(source_id: str, seq: int | None, after: str = "") -> Quoted:
    """The excerpts of a source in its own order, each with the claims that rest on it and the records that hold it.

    `after` is the id of an excerpt; those that follow it are given. Raises BadParameter when the source has none such.
    """
    of_source = RecordExcerpt.objects.as_of(seq).filter(source_id=source_id)
    places = of_source.order_by("sort_key", "object_id").values_list("sort_key", "object_id").distinct()
    total = places.count()
    if after:
        place = of_source.filter(object_id=after).first() if is_uuid(after) else None
        if place is None:
            raise BadParameter("after", _("“%s” is not an excerpt of this source.") % after[:60])
        beyond = Q(sort_key__gt=place.sort_key) | Q(sort_key=place.sort_key, object_id__gt=place.object_id)
        places = places.filter(beyond)
    page = [key for _sort, key in places[: EXCERPTS + 1]]
    held = of_source.filter(object_id__in=page[:EXCERPTS])
    excerpts: dict[str, Document] = {}
    holders: dict[Any, Document] = {}
    for row in held.select_related("record").order_by("sort_key", "object_id", "since_seq"):
        if row.record_id not in holders:
            holders[row.record_id] = card(row.record)
        excerpt = excerpts.setdefault(str(row.object_id), card(row) | {"claims": [], "holders": []})
        excerpt["holders"].append(holders[row.record_id])
    _rest_on(excerpts, list(holders), seq)
    for excerpt in excerpts.values():
        told = {claim["subject"]["id"] for claim in excerpt["claims"]}
        excerpt["holders"] = [holder for holder in excerpt["holders"] if holder["id"] not in told]
    shown = list(excerpts.values())
    return Quoted(shown, total, shown[-1]["id"] if len(page) > EXCERPTS else None)


def _rest_on(excerpts: dict[str, Document], records: list[Any], seq: int | None) -> None:
    """Put the claims of these records with the excerpts that they cite, in the order of their documents."""
    links = RecordLink.objects.as_of(seq).filter(part="excerpt", record__in=records, target__in=list(excerpts))
    pairs: list[tuple[str, Any]] = list(links.values_list("target", "claim_id"))
    rows = RecordClaim.objects.as_of(seq).filter(object_id__in={claim for _target, claim in pairs})
    claims = {row.object_id: card(row) for row in rows.order_by("sort_key", "object_id")}
    order = {claim_id: place for place, claim_id in enumerate(claims)}
    for target, claim_id in sorted(pairs, key=lambda pair: order.get(pair[1], 0)):
        if claim_id in claims:
            excerpts[target]["claims"].append(claims[claim_id])
