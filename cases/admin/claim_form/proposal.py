"""What the desk proposes for a claim on selected words. A curator reads all of it and changes what is wrong."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum

from sources.quotes import Span


class Origin(StrEnum):
    """Where a proposed value comes from. What does not stand in the quotation is drawn with a broken line."""

    QUOTATION = "quotation"  # read in the selected words
    SECTION = "section"  # set for the section of the source in which they stand
    NAME = "name"  # a name that stands for somebody in this source (“Terdakwa”)
    SOURCE = "source"  # said by the source about itself
    KIND = "kind"  # the kind of claim leaves no choice
    KEPT = "kept"  # kept from the claim before


@dataclass(frozen=True)
class Value:
    """A proposed value of one field of the form, in the form's own notation."""

    # Name of the column: "amount", "unit_id", "start", "standing", "aspect" …; "kind" and "stage" are the detail's own
    field: str
    value: str
    origin: Origin
    words: str = ""  # the words it was read from: “2,5 miliar”
    read_back: str = ""  # what it means, for the eye: “2.500.000.000”


@dataclass(frozen=True)
class ProposedParty:
    """Somebody whom the words name. `part` is empty where the kind leaves a choice; `who` where it is not certain."""

    part: str
    who: uuid.UUID | None
    title: str  # of the subject, or empty
    about: str  # office or kind, so that two namesakes can be told apart
    as_stated: str  # the words that name it
    origin: Origin
    namesakes: tuple[uuid.UUID, ...] = ()  # several subjects are called so: nobody is chosen


@dataclass(frozen=True)
class Duplicate:
    """A claim that may tell the same fact, and why it is offered."""

    claim: uuid.UUID
    statement: str
    reason: str
    differs: bool  # a number or date differs: a conflict rather than one more passage


@dataclass(frozen=True)
class Slip:
    """What people get wrong and the software notices. One that blocks publication still lets a draft be kept."""

    field: str  # name of the form's field, or empty
    sentence: str
    blocks: bool = False


@dataclass(frozen=True)
class Proposal:
    """All that is proposed for a claim of one kind on some spans of a copy's text."""

    spans: tuple[Span, ...]
    kinds: tuple[str, ...]  # kinds of claim that fit, best first; all others may be chosen too
    kind: str
    values: tuple[Value, ...] = ()
    parties: tuple[ProposedParty, ...] = ()
    locator_id: str = ""
    locator_en: str = ""
    statement_id: str = ""  # in the quotation's own words and verbs only; marked as proposed until somebody changes it
    duplicates: tuple[Duplicate, ...] = ()
    slips: tuple[Slip, ...] = field(default=())
