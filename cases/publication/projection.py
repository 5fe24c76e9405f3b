"""The record rows of a document: a pure function of its bytes and of the seq since which it stands."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from cases.claim_kinds.stage import StageWord
from cases.claim_kinds.transfer import TransferKind
from cases.documents.build import PERIOD_KINDS, SUBKIND_FIELDS, Ref
from cases.documents.canonical import Document
from cases.documents.cards import card, claim_card, compact, excerpt_card, uses_of
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision
from cases.vocabularies import NOT_STATED
from sources.dates import PartialDate, told_in
from sources.numbers import hundredths

OPEN_END = "9999-12-31"
"""End key of what was going on when it was written: nobody says until when."""
Rows = dict[type[Any], list[Any]]


def apply(revision: Revision, document: Document) -> None:
    """Close what stood before and, unless the thing is withdrawn or merged, open what stands now."""
    close(revision)
    if not stands(document):
        return
    own = record_row(revision, document)
    own.save()
    for model, rows in parts_of(own, document).items():
        model.objects.bulk_create(rows)


def stands(document: Document) -> bool:
    """Whether readers see this document, or only that the thing was withdrawn or merged."""
    return "withdrawn" not in document and "merged" not in document


def close(revision: Revision) -> None:
    for old in Record.objects.current().filter(object_id=revision.object_id):
        for model in (RecordClaim, RecordExcerpt, RecordLink):
            model.objects.filter(record=old, until_seq=None).update(until_seq=revision.seq)
        old.until_seq = revision.seq
        old.save(update_fields=["until_seq"])


def fold(text: str) -> str:
    """Lower case, without accents and punctuation: for plain filters and for sorting."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", bare).strip()


def titles(document: Document) -> dict[str, str]:
    """The title in both languages; a source has one, in brackets when we gave it."""
    if document["kind"] != "source":
        return {"id": document["title"]["id"], "en": document["title"]["en"]}
    shown = f"[{document['title']}]" if document["title_given"] else document["title"]
    return {"id": shown, "en": shown}


def record_row(revision: Revision, document: Document) -> Record:
    title = titles(document)
    names = [*title.values(), *document.get("authors", []), *(a["name"] for a in document.get("aliases", []))]
    start, end = _dates(document)
    return Record(
        object_id=document["id"],
        kind=document["kind"],
        subkind=document.get(SUBKIND_FIELDS.get(document["kind"], ""), ""),
        version=document["version"]["number"],
        slug=document["slug"],
        title_id=title["id"],
        title_en=title["en"],
        folded=" ".join(fold(name) for name in names),
        sort_key=fold(title["id"])[:500],
        start_key=start,
        end_key=end,
        card=compact(card(document)),
        since_seq=revision.seq,
        until_seq=None,
    )


def parts_of(record: Record, document: Document) -> Rows:
    """The claims, excerpts and links of a document, ready to be written."""
    since = {"record": record, "since_seq": record.since_seq, "until_seq": None}
    claims = [
        RecordClaim(**_claim_columns(claim, position, document), **since)
        for position, claim in enumerate(document.get("claims", []))
    ]
    sources = {source["slug"]: source for source in document.get("sources", [])}
    uses = uses_of(document)
    excerpts = [
        RecordExcerpt(
            object_id=excerpt["id"],
            source_id=sources[excerpt["source"]]["id"],
            folded=fold(excerpt["exact"]),
            sort_key=f"{excerpt['source']}:{excerpt['start']:08d}:{excerpt['end']:08d}",
            card=compact(excerpt_card(excerpt, document, uses[excerpt["id"]])),
            **since,
        )
        for excerpt in document.get("excerpts", [])
    ]
    links = [
        RecordLink(claim_id=claim_id, part=part, target=target, **since)
        for claim_id, part, target in sorted(set(_links(document, sources)), key=str)
    ]
    return {RecordClaim: claims, RecordExcerpt: excerpts, RecordLink: links}


def _claim_columns(claim: Document, position: int, document: Document) -> dict[str, Any]:
    transfer = claim.get("transfer") or {}
    start, end = claim_keys(claim, document)
    return {
        "object_id": claim["id"],
        "position": position,
        "kind": claim["kind"],
        "subkind": claim["subkind"] or "",
        "standing": claim["standing"],
        "currency": transfer.get("currency") or "",
        "amount_hundredths": hundredths(transfer.get("amount")),
        "start_key": start,
        "end_key": end,
        "folded": " ".join(fold(text) for text in claim["statement"].values()),
        "sort_key": f"{fold(titles(document)['id'])[:400]}:{position:05d}",
        "card": compact(claim_card(claim, document)),
    }


def claim_keys(claim: Document, document: Document) -> tuple[str, str]:
    """The period of a claim; where its dates are in dispute, from the earliest to the latest that any side says."""
    own = period_keys(claim["start"], claim["end"], claim["ongoing_when_written"])
    return span([own, *disputed_keys(document, claim["id"])])


def disputed_keys(document: Document, claim_id: str | None) -> list[tuple[str, str]]:
    """What each side says of the dates of a claim, or of the whole where none is named, as far as it names a year."""
    told = [
        told_in(side["value"])
        for conflict in document["conflicts"]
        if conflict["claim"] == claim_id and conflict["property"] in ("start", "end", "date")
        for side in conflict["sides"]
    ]
    return [period_keys(*dates) for dates in told if dates]


def span(keys: list[tuple[str, str]]) -> tuple[str, str]:
    """From the earliest to the latest of several periods, leaving out those that are not dated."""
    dated = [pair for pair in keys if pair[0]]
    return (min(start for start, _end in dated), max(end for _start, end in dated)) if dated else ("", "")


def period_keys(start: str | None, end: str | None, ongoing: bool = False) -> tuple[str, str]:
    """First and last day as ISO text, both empty when nothing is dated. What began and was going on has an open end."""
    if not start and not end:
        return "", ""
    first = PartialDate(start or end or "").first_day.isoformat()
    if end:
        return first, PartialDate(end).last_day.isoformat()
    return first, OPEN_END if ongoing else PartialDate(start or "").last_day.isoformat()


def _dates(document: Document) -> tuple[str, str]:
    if document["kind"] == "source":
        return period_keys(document["published"], document["published"])
    dated = [claim_keys(claim, document) for claim in document["claims"] if claim["kind"] in PERIOD_KINDS]
    return span([*dated, *disputed_keys(document, None)])


def _links(document: Document, sources: dict[str, Ref]) -> Iterator[tuple[str | None, str, str]]:
    """(claim or None, part, target) for everything that the document points to or embeds."""
    for place in document.get("places", []):
        yield None, "place", place["id"]
    for code in document.get("topics", []):
        yield None, "topic", code
    for source in document.get("sources", []):
        yield None, "source", source["id"]
        for other in source["known_through"]:
            yield None, "known_through", other["id"]
    for other in document.get("known_through", []):
        yield None, "known_through", other["id"]
    if document.get("parent"):
        yield None, "parent", document["parent"]["id"]
    for response in document.get("responses", []):
        yield None, "response", response["who"]["id"]
    for conflict in document.get("conflicts", []):
        if not conflict["claim"]:
            yield None, "conflict", conflict["id"]
    for unknown in document.get("unknowns", []):
        if not unknown["claim"]:
            yield None, "unknown", unknown["property"]
    owner_of = {excerpt["id"]: sources[excerpt["source"]]["id"] for excerpt in document.get("excerpts", [])}
    for claim in document.get("claims", []):
        for part, target in (*_claim_links(claim, sources, owner_of), *_words(claim, document)):
            yield claim["id"], part, target


def _claim_links(claim: Document, sources: dict[str, Ref], owner_of: dict[str, str]) -> Iterator[tuple[str, str]]:
    for party in claim["parties"]:
        if party["who"]:
            yield party["part"], party["who"]["id"]
    if actor := claim["said_by"].get("actor"):
        yield "said_by", actor["id"]
    if slug := claim["said_by"].get("source"):
        yield "said_by", sources[slug]["id"]
    for slug in claim["relayed_by"]:
        yield "relayed_by", sources[slug]["id"]
    for place in claim["places"]:
        yield "place", place["id"]
    for code in claim["topics"]:
        yield "topic", code
    for citation in claim["citations"]:
        yield "excerpt", citation["excerpt"]
        yield "source", owner_of[citation["excerpt"]]
    for conflict_id in claim["conflicts"]:
        yield "conflict", conflict_id
    for name in claim["unknowns"]:
        yield "unknown", name


def _words(claim: Document, document: Document) -> Iterator[tuple[str, str]]:
    """The word for what moved, or for which step was taken; where that is in dispute, the word of every side."""
    for detail, key, known in (("transfer", "kind", TransferKind.values), ("stage", "stage", StageWord.values)):
        if claim.get(detail):
            disputed = (claim["id"], f"{detail}.{key}")
            conflicts = [c for c in document["conflicts"] if (c["claim"], c["property"]) == disputed]
            said = [claim[detail][key], *(side["value"] for c in conflicts for side in c["sides"])]
            for word in [word for word in said if word in known] or [NOT_STATED]:
                yield detail, f"{detail}:{word}"  # a topic may have the same code
