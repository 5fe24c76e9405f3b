"""Records in lists: each with its lead and who says it, and grouped by kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber

from cases.claim_kinds.base import Label
from cases.documents.claims import PublishedClaim, PublishedParty
from cases.documents.kinds import FOLDERS
from cases.documents.types import Document, parse_document
from cases.models import Record, RecordClaim, RevisionBody
from cases.public.labels import FOLDER_TITLES
from cases.public.language_urls import with_query
from cases.public.times import Moment
from sources.json_fields import or_none

from .proceedings import part_word
from .record_cards import CardLead, RecordCard, SourceCard, SubjectCard, read_record_card
from .speakers import Speaker

MAX_RECORDS_IN_GROUP = 20
GROUPED_KINDS = ("case", "collaboration", "system", "actor", "place")


@dataclass(frozen=True)
class ListedRecord:
    """A record in a list; `speaker` says its lead, where it has one."""

    card: RecordCard
    speaker: Speaker | None


@dataclass(frozen=True)
class RecordGroup:
    """Records of one kind. `more` is where the rest are, when there are more than shown."""

    kind: str
    title: Label
    records: list[ListedRecord]
    more: str | None

    @property
    def is_of_matters(self) -> bool:
        """Return whether each is a matter, which is told with its first words; of others a name says enough."""
        return self.kind in ("case", "collaboration")


@dataclass(frozen=True)
class Capacity:
    """As what somebody stands in statements: the part, its word, and the words by which the sources say it of them."""

    part: str
    label: str
    stated: tuple[str, ...]


def documents_of(rows: Iterable[Record | RecordClaim]) -> dict[int, Document]:
    """Return the documents of these rows by their `since_seq`. One query where there are any."""
    wanted = {row.since_seq for row in rows}
    bodies = RevisionBody.objects.filter(pk__in=wanted) if wanted else ()
    return {body.pk: parse_document(body.document) for body in bodies}


def capacities(claim: PublishedClaim, who: str, parts: Iterable[str]) -> tuple[Capacity, ...]:
    """Return as what somebody stands in a claim; words that are no other than their name in the record are left out."""
    of_who = [party for party in claim.parties if party.who and party.who.id == who and not _says_name(party)]
    return tuple(
        Capacity(
            part,
            part_word(claim, part),
            tuple(dict.fromkeys(p.as_stated for p in of_who if p.as_stated and p.part == part)),
        )
        for part in parts
    )


def _says_name(party: PublishedParty) -> bool:
    """Return whether the words of the source are the name that the record has."""
    names = [party.who.title.id, party.who.title.en] if party.who else []
    return (party.as_stated or "").casefold() in {name.casefold() for name in names}


def with_leads(rows: Sequence[Record], seq: int | None) -> list[ListedRecord]:
    """Return the cards of these records, each lead with who says it. One query where there are leads."""
    cards = [read_record_card(row) for row in rows]
    leads = {card.id: card.lead for card in cards if isinstance(card, SubjectCard) and card.lead}
    speaking = _speaking(list(leads.values()), seq) if leads else {}
    return [ListedRecord(card, _speaker(leads[card.id], speaking) if card.id in leads else None) for card in cards]


def _speaking(leads: list[CardLead], seq: int | None) -> dict[str, RecordCard]:
    """Return by slug the sources that say or relay these leads, and by id the actors whose titles did not fit."""
    slugs = {slug for lead in leads for slug in (*lead.relayed_by, or_none(lead.said_by.source)) if slug}
    actors = [lead.said_by.actor for lead in leads if lead.said_by.actor]
    wanted = Q(kind="source", slug__in=slugs) | Q(object_id__in={actor.id for actor in actors if not actor.title})
    cards = map(read_record_card, Record.objects.as_of(seq).filter(wanted).only("kind", "card"))
    return {card.slug if isinstance(card, SourceCard) else card.id: card for card in cards}


def _speaker(lead: CardLead, speaking: dict[str, RecordCard]) -> Speaker:
    relays = tuple(card for slug in lead.relayed_by if isinstance(card := speaking[slug], SourceCard))
    if actor := or_none(lead.said_by.actor):
        named = speaking.get(actor.id)
        title = named.title if isinstance(named, SubjectCard) else or_none(actor.title)
        return Speaker(title, f"/{FOLDERS['actor']}/{actor.slug}/", None, relays)
    source = speaking.get(or_none(lead.said_by.source) or "")
    return Speaker(or_none(lead.said_by.speaker), "", source if isinstance(source, SourceCard) else None, relays)


def grouped(rows: QuerySet[Record], as_of: Moment, **query: str) -> list[RecordGroup]:
    """Return the records by kind, in two queries; `query` is that of the lists where the rest can be seen."""
    query["as_of"] = as_of.text
    place = Window(RowNumber(), partition_by="kind", order_by=["sort_key", "object_id"])
    of_kinds = rows.filter(kind__in=GROUPED_KINDS).annotate(place=place).filter(place__lte=MAX_RECORDS_IN_GROUP + 1)
    by_kind: dict[str, list[Record]] = {kind: [] for kind in GROUPED_KINDS}
    for row in of_kinds.order_by("place"):
        by_kind[row.kind].append(row)
    shown = [row for members in by_kind.values() for row in members[:MAX_RECORDS_IN_GROUP]]
    listed = with_leads(shown, as_of.seq)
    groups = []
    for kind, members in by_kind.items():
        if members:
            more = with_query(f"/{FOLDERS[kind]}/", query) if len(members) > MAX_RECORDS_IN_GROUP else None
            of_kind = [each for each in listed if each.card.kind == kind]
            groups.append(RecordGroup(kind, FOLDER_TITLES[kind], of_kind, more))
    return groups
