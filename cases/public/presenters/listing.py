"""Cards of records and claims, read from the rows of the record, and records grouped by kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber

from cases.documents.build import FOLDERS
from cases.documents.canonical import Document, loads
from cases.documents.types import parse_document
from cases.models import Record, RecordClaim, RecordExcerpt, RevisionBody
from cases.public.labels import FOLDER_TITLES
from cases.public.language_urls import with_query

from .resolved import Opened

PER_GROUP = 20


@dataclass(frozen=True)
class Group:
    """Records of one kind. `more` is where the rest are, when there are more than shown."""

    kind: str
    title: str
    cards: list[Document]
    more: str | None


@dataclass(frozen=True)
class Capacity:
    """As what somebody stands in statements: the part, and the words by which the sources say it of them."""

    part: str
    stated: tuple[str, ...]


def card(row: Record | RecordClaim | RecordExcerpt) -> Document:
    return loads(row.card)


def with_speakers(claims: list[Document], seq: int | None) -> list[Document]:
    """The cards of claims with those of the sources that say them or pass them on, and with the titles of the subject
    and of who says it where the card had no room for them. One query.
    """
    slugs = {slug for claim in claims for slug in [*claim["relayed_by"], claim["said_by"].get("source")]}
    named = [ref for claim in claims for ref in (claim.get("subject"), claim["said_by"].get("actor")) if ref]
    untitled = {ref["id"] for ref in named if "title" not in ref}
    wanted = Q(kind="source", slug__in=slugs - {None}) | Q(object_id__in=untitled)
    cards = [card(row) for row in Record.objects.as_of(seq).filter(wanted).only("card")]
    sources = {each["slug"]: each for each in cards if each["kind"] == "source"}
    known = {each["id"]: {"title": each["title"], "path": each["path"]} for each in cards}

    def whole(ref: Document) -> Document:
        return {"path": f"/{FOLDERS[ref['kind']]}/{ref.get('slug')}/"} | known.get(ref["id"], {}) | ref

    return [
        claim
        | {name: whole(claim[name]) for name in ("subject",) if name in claim}
        | {
            "said_by": {name: whole(who) if name == "actor" else who for name, who in claim["said_by"].items()},
            "speaker_source": sources.get(claim["said_by"].get("source")),
            "relays": [sources[slug] for slug in claim["relayed_by"]],
        }
        for claim in claims
    ]


def documents_of(claims: Iterable[RecordClaim]) -> dict[int, Opened]:
    """The documents that hold these claims, by the `since_seq` of the claims. One query where there are claims."""
    wanted = {claim.since_seq for claim in claims}
    bodies = RevisionBody.objects.filter(pk__in=wanted) if wanted else ()
    return {body.pk: Opened(parse_document(body.document)) for body in bodies}


def in_full(row: RecordClaim, holder: Opened) -> Document:
    """The card of a claim with what only its document tells for certain: every party in the source's own words, and
    what is unknown and disputed of it.
    """
    key = str(row.object_id)
    parties = next(claim["parties"] for claim in holder.document["claims"] if claim["id"] == key)
    return card(row) | {"parties": parties, "silences": holder.silences[key], "disputes": holder.disputes[key]}


def capacities(claim: Document, who: str, parts: Iterable[str]) -> tuple[Capacity, ...]:
    """As what somebody stands in a claim; words that are no other than their name in the record are left out."""
    of_who = [party for party in claim["parties"] if party["who"] and party["who"]["id"] == who and party["as_stated"]]
    told = [(party["part"], party["as_stated"]) for party in of_who if not _is_name(party)]
    return tuple(Capacity(part, tuple(dict.fromkeys(words for its, words in told if its == part))) for part in parts)


def _is_name(party: Document) -> bool:
    return party["as_stated"].casefold() in {title.casefold() for title in party["who"]["title"].values()}


def with_leads(cards: list[Document], seq: int | None) -> list[Document]:
    """The cards of records, each lead with who says it. One query where there are leads."""
    leads = [each["lead"] for each in cards if each.get("lead")]
    said = iter(with_speakers(leads, seq) if leads else [])
    return [each | {"lead": next(said)} if each.get("lead") else each for each in cards]


def groups(rows: QuerySet[Any], kinds: list[str], seq: int | None, **query: str) -> list[Group]:
    """The records by kind, in two queries; `query` is that of the lists where the rest can be seen."""
    place = Window(RowNumber(), partition_by="kind", order_by=["sort_key", "object_id"])
    of_kinds = rows.filter(kind__in=kinds).annotate(place=place).filter(place__lte=PER_GROUP + 1)
    by_kind: dict[str, list[Any]] = {}
    for record in of_kinds.order_by("place"):
        by_kind.setdefault(record.kind, []).append(record)
    shown = [record for kind in kinds for record in by_kind.get(kind, [])[:PER_GROUP]]
    cards = with_leads([card(record) | {"record": record.pk} for record in shown], seq)
    found = []
    for kind in (kind for kind in kinds if kind in by_kind):
        more = with_query(f"/{FOLDERS[kind]}/", query) if len(by_kind[kind]) > PER_GROUP else None
        own = [each for each in cards if each["kind"] == kind]
        found.append(Group(kind, str(FOLDER_TITLES[kind]), own, more))
    return found
