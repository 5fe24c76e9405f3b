"""The passages of a source that the record quotes, in its own order: excerpts that overlap or touch are one passage."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameterError
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink
from sources.json_fields import LanguageMap

from .record_cards import ClaimCard, ExcerptCard, RecordCard, read_card, read_record_card

PASSAGES_PER_PAGE = 12
# Where excerpts overlap in a chain, a passage still ends somewhere
MAX_PASSAGE_CHARS = 900
# In the drawing of where in the document we quote
WIDTH, MIN_MARK = 328, 1.5


class ExcerptPlace(NamedTuple):
    """Where an excerpt stands in the text of its source."""

    id: UUID
    start: int
    end: int


@dataclass(frozen=True)
class ExcerptOfSource:
    """An excerpt with the claims that rest on it, and the records that hold it without such a claim."""

    excerpt: ExcerptCard
    claims: list[ClaimCard] = field(default_factory=list)
    holders: list[RecordCard] = field(default_factory=list)


@dataclass(frozen=True)
class Passage:
    """Words of a source that stand together, with every excerpt of them."""

    excerpts: list[ExcerptOfSource]

    @property
    def first(self) -> ExcerptCard:
        return self.excerpts[0].excerpt

    @property
    def words(self) -> str:
        """Return the words of all its excerpts, each once."""
        text, end = "", self.first.start
        for each in self.excerpts:
            excerpt = each.excerpt
            if excerpt.end > end:
                text, end = text + excerpt.exact[end - excerpt.start :], excerpt.end
        return text

    @property
    def locator(self) -> LanguageMap | None:
        return next((each.excerpt.locator for each in self.excerpts if each.excerpt.locator), None)

    @property
    def claims(self) -> list[ClaimCard]:
        return list({claim.path: claim for each in self.excerpts for claim in each.claims}.values())

    @property
    def holders(self) -> list[RecordCard]:
        return list({holder.id: holder for each in self.excerpts for holder in each.holders}.values())


@dataclass(frozen=True)
class PassagePage:
    """One page of the passages of a source: those from number `first` of `total`, and where all its excerpts stand.

    `previous` and `next` are ids of excerpts after which the other pages begin; an empty one begins with the first.
    """

    passages: list[Passage]
    places: list[ExcerptPlace]
    first: int
    total: int
    previous: UUID | str | None
    next: UUID | None

    @property
    def last(self) -> int:
        return min(self.first + PASSAGES_PER_PAGE - 1, self.total)

    @property
    def by_locator(self) -> list[tuple[LanguageMap | None, list[Passage]]]:
        """Return the passages with where they stand in the document, which is told once for all that stand there."""
        return [(place, list(same)) for place, same in groupby(self.passages, key=lambda each: each.locator)]

    def strip(self, length: int) -> str:
        """Return the path of SVG that marks each excerpt on a line that stands for the text of the source."""
        marks = []
        for place in self.places:
            left, right = (min(edge / length, 1) * WIDTH for edge in (place.start, place.end))
            left = min(left, WIDTH - MIN_MARK)
            marks.append(f"M{left:.1f} 0h{max(right - left, MIN_MARK):.1f}v10H{left:.1f}z")
        return "".join(dict.fromkeys(marks))

    @cached_property
    def quoted_chars(self) -> int:
        """Return how many characters of the text are quoted."""
        count = end = 0
        for place in self.places:
            count += max(0, place.end - max(place.start, end))
            end = max(end, place.end)
        return count


def groups(places: Iterable[ExcerptPlace]) -> Iterator[list[ExcerptPlace]]:
    """Yield the excerpts of a source, in its order, by the passages that they are part of."""
    group: list[ExcerptPlace] = []
    end = 0
    for place in places:
        if group and (place.start > end or max(end, place.end) - group[0].start > MAX_PASSAGE_CHARS):
            yield group
            group, end = [], 0
        group.append(place)
        end = max(end, place.end)
    if group:
        yield group


def passages_of(source_id: str, seq: int | None, after: str = "") -> PassagePage:
    """Return the passages of a source in its own order, with the claims that rest on each and what else holds it.

    `after` is the id of an excerpt; what follows it is given. Raises BadParameterError when the source has none such.
    """
    of_source = RecordExcerpt.objects.as_of(seq).filter(source_id=source_id)
    keys = of_source.order_by("sort_key", "object_id").values_list("sort_key", "object_id").distinct()
    places = [ExcerptPlace(key, *map(int, sort_key.split(":")[-2:])) for sort_key, key in keys]
    all_groups = list(groups(places))
    first = _place_after(all_groups, after) if after else 0
    shown = all_groups[first : first + PASSAGES_PER_PAGE]
    excerpts = _excerpts(of_source.filter(object_id__in=[place.id for group in shown for place in group]), seq)
    passages = [
        Passage(list(same))
        for group in shown
        for _sha256, same in groupby((excerpts[place.id] for place in group), key=lambda each: each.excerpt.text_sha256)
    ]
    before = first - PASSAGES_PER_PAGE
    return PassagePage(
        passages,
        places,
        first + 1,
        len(all_groups),
        (all_groups[before - 1][-1].id if before > 0 else "") if first else None,
        shown[-1][-1].id if len(all_groups) > first + len(shown) else None,
    )


def _place_after(all_groups: list[list[ExcerptPlace]], after: str) -> int:
    """Return which passage follows an excerpt; one that goes on behind it counts as following."""
    for place, group in enumerate(all_groups):
        ids = [str(each.id) for each in group]
        if after in ids:
            return place + 1 if after == ids[-1] else place
    raise BadParameterError("after", _("“%s” is not an excerpt of this source.") % after[:60])


def _excerpts(rows: Iterable[RecordExcerpt], seq: int | None) -> dict[UUID, ExcerptOfSource]:
    excerpts: dict[UUID, ExcerptOfSource] = {}
    holders: dict[UUID, list[Record]] = {}
    for row in rows.select_related("record").order_by("since_seq"):  # type: ignore[attr-defined]
        excerpts.setdefault(row.object_id, ExcerptOfSource(read_card(row, ExcerptCard)))
        holders.setdefault(row.object_id, []).append(row.record)
    _add_claims(excerpts, {record.pk for records in holders.values() for record in records}, seq)
    for key, excerpt in excerpts.items():
        subjects = {claim.subject.id for claim in excerpt.claims}
        others = [record for record in holders[key] if str(record.object_id) not in subjects]
        excerpt.holders.extend(map(read_record_card, others))
    return excerpts


def _add_claims(excerpts: dict[UUID, ExcerptOfSource], records: Iterable[int], seq: int | None) -> None:
    """Put the claims of these records with the excerpts that they cite, in the order of their documents."""
    by_id = {str(key): excerpt for key, excerpt in excerpts.items()}
    links = RecordLink.objects.as_of(seq).filter(part="excerpt", record__in=records, target__in=list(by_id))
    pairs = [(target, claim_id) for target, claim_id in links.values_list("target", "claim_id") if claim_id]
    rows = RecordClaim.objects.as_of(seq).filter(object_id__in={claim_id for _target, claim_id in pairs})
    claims = {row.object_id: read_card(row, ClaimCard) for row in rows.order_by("sort_key", "object_id")}
    order = {claim_id: place for place, claim_id in enumerate(claims)}
    for target, claim_id in sorted(pairs, key=lambda pair: order.get(pair[1], 0)):
        if claim_id in claims:
            by_id[target].claims.append(claims[claim_id])
