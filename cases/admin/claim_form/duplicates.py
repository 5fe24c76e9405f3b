"""Claims of the working copy that may tell the same fact: for one more passage or, where they differ, a conflict."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from cases.claim_kinds import DETAILED
from cases.models import Citation, Claim, Party, Subject
from sources.dates import PartialDate
from sources.models import Capture
from sources.quotes import Span

from .proposal import Duplicate, Value

MAX_COMPARED, MAX_OFFERED = 200, 5
NUMBERS = ("amount", "value", "months", "percent")
# How near two sums are for one to be a slip of the other, and how near two days
NEAR_SHARE, NEAR_DAYS = Decimal("0.02"), 3
# A digit too many or too few, or thousands for millions
SLIPS_OF_SCALE = tuple(Decimal(10) ** power for power in (1, 2, 3, 6, -1, -2, -3, -6))


def claims_near(
    kind: str, subject: Subject | None, people: Iterable[uuid.UUID], capture: Capture, spans: Sequence[Span]
) -> list[Claim]:
    """Return claims of a kind, and steps, that are about the same, name the same or cite these words. Two queries."""
    citing = Citation.objects.filter(_touching(spans), claim=OuterRef("pk"), excerpt__capture=capture)
    naming = Party.objects.filter(claim=OuterRef("pk"), who__in=[*people])
    rows = Claim.objects.annotate(is_cited=Exists(citing)).filter(kind__in=[kind, "stage"])
    near = (
        rows.filter(Q(subject=subject) | Q(is_cited=True) | Exists(naming))
        if subject
        else rows.filter(Q(is_cited=True) | Exists(naming))
    )
    near = near.select_related(*DETAILED).prefetch_related("parties")
    return list(near.order_by("-is_cited", "-pk")[:MAX_COMPARED])


def _touching(spans: Sequence[Span]) -> Q:
    """Return the condition that an excerpt shares a character with one of the spans."""
    parts = (Q(excerpt__start__lt=end, excerpt__end__gt=start) for start, end in spans)
    return reduce(or_, parts)


def duplicates_of(
    claims: Iterable[Claim],
    kind: str,
    values: Mapping[str, Value],
    people: Iterable[uuid.UUID],
) -> tuple[Duplicate, ...]:
    """Return those of the claims that may tell the same fact, with why; those that cite these words first."""
    found: list[tuple[int, Duplicate]] = []
    people = {*people}
    for claim in (claim for claim in claims if claim.kind == kind):
        for rank, (reason, differs) in _reasons(claim, values, people):
            found.append((rank, Duplicate(claim.pk, str(claim), reason, differs)))
            break
    return tuple(each for _rank, each in sorted(found, key=lambda pair: pair[0])[:MAX_OFFERED])


def _reasons(
    claim: Claim, values: Mapping[str, Value], people: set[uuid.UUID]
) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Yield why a claim may tell the same, the strongest reason first, and whether it differs."""
    is_cited = bool(claim.is_cited)  # type: ignore[attr-defined]
    own, theirs = _number(values), _number_of(claim)
    if not is_cited and _is_other_thing(claim, values):
        return
    other_day = _other_date(claim, values)
    if own and theirs and own == theirs:
        differs = bool(other_day) and not is_cited
        yield 1 - is_cited, (_("the same number, another date") if differs else _("the same number"), differs)
    elif own and theirs and (said := _near(own, theirs)):
        yield 2, (said, True)
    elif is_cited:
        yield 0, (_("it cites these words already"), bool(own and theirs))
    shared = {party.who_id for party in claim.parties.all()} & people
    if own and theirs and own != theirs and len(shared) > 1 and _are_near_days(claim, values):
        yield 3, (_("the same parties about that time, another number"), True)
    if not own and shared and (said := _same_step(claim, values, other_day)):
        yield 3, (said, bool(other_day))


def _is_other_thing(claim: Claim, values: Mapping[str, Value]) -> bool:
    """Return whether both name a word of their closed list, or a currency, and not the same."""
    linked = DETAILED[claim.kind].linked_field if claim.kind in DETAILED else ""
    pairs = [(values[name].value, getattr(claim.detail, name, "")) for name in (linked, "currency") if name in values]
    return any(own and theirs and own != theirs for own, theirs in pairs)


def _number(values: Mapping[str, Value]) -> Decimal | None:
    return next((Decimal(values[name].value) for name in NUMBERS if name in values), None)


def _number_of(claim: Claim) -> Decimal | None:
    detail = claim.detail
    texts = (str(getattr(detail, name, "") or "") for name in NUMBERS)
    return next((Decimal(text) for text in texts if text), None)


def _near(one: Decimal, other: Decimal) -> str:
    """Return in what way two numbers are near, empty where they are not."""
    if any(one == other * scale for scale in SLIPS_OF_SCALE):
        return _("the same digits, but another number of zeros")
    if any(_are_near(one, other * scale) for scale in SLIPS_OF_SCALE):
        return _("nearly the same digits, but another number of zeros")
    return _("nearly the same number") if _are_near(one, other) else ""


def _are_near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= NEAR_SHARE * max(abs(one), abs(other))


def _other_date(claim: Claim, values: Mapping[str, Value]) -> bool:
    """Return whether both are dated, and neither date lies in the other."""
    own, theirs = values["start"].value if "start" in values else "", str(claim.start or "")
    return bool(own and theirs) and not own.startswith(theirs) and not theirs.startswith(own)


def _are_near_days(claim: Claim, values: Mapping[str, Value]) -> bool:
    own, theirs = values["start"].value if "start" in values else "", str(claim.start or "")
    if len(own) < 10 or len(theirs) < 10:
        return False
    return abs((PartialDate(own).first_day - PartialDate(theirs).first_day).days) <= NEAR_DAYS


def _same_step(claim: Claim, values: Mapping[str, Value], other_day: bool) -> str:
    """Return that a claim tells the same step of the same person; empty of other kinds and steps."""
    step = values["stage"].value if "stage" in values else ""
    if not step or step != getattr(claim.detail, "stage", ""):
        return ""
    return _("the same step of the same person, another date") if other_day else _("the same step of the same person")
