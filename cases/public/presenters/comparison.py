"""Collaborations side by side: for each question what the statements say, or why nothing stands there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.documents.build import PERIOD_KINDS
from cases.documents.canonical import Document
from cases.public.labels import word
from cases.public.markup import own
from cases.vocabularies import FindingAspect
from sources.dates import PartialDate

from .resolved import Opened


@dataclass(frozen=True)
class Cell:
    """What one collaboration answers. `reason` says why it is empty, and is empty itself where something stands."""

    title: dict[str, str]
    path: str
    claims: list[Document]
    sources: list[Document]
    reason: str


@dataclass(frozen=True)
class Row:
    """One question, and the answer of each collaboration in the order in which they were chosen."""

    code: str
    title: str
    cells: list[Cell]


def _of_kind(kind: str) -> Callable[[list[Document]], list[Document]]:
    return lambda claims: [claim for claim in claims if claim["kind"] == kind]


def _found(*aspects: str) -> Callable[[list[Document]], list[Document]]:
    return lambda claims: [c for c in claims if c["kind"] == "finding" and c["subkind"] in aspects]


def _earliest(claims: list[Document]) -> list[Document]:
    """The statements of the earliest date among those that date a collaboration."""
    dated = [claim for claim in claims if claim["kind"] in PERIOD_KINDS and claim["start"]]
    first = min((PartialDate(claim["start"]).first_day for claim in dated), default=None)
    return [claim for claim in dated if PartialDate(claim["start"]).first_day == first]


QUESTIONS: dict[str, tuple[str | Promise, Callable[[list[Document]], list[Document]]]] = {
    "partner": (gettext_lazy("Partners and their roles"), _of_kind("role")),
    "instrument": (gettext_lazy("Instrument"), _of_kind("legal_basis")),
    "start": (gettext_lazy("Start"), _earliest),
    "contribution": (gettext_lazy("Contributions"), _of_kind("transfer")),
    "results": (gettext_lazy("Results"), _found(FindingAspect.OUTCOME, FindingAspect.IMPACT)),
    "barriers": (gettext_lazy("Barriers"), _found(FindingAspect.BARRIER)),
    "enablers": (gettext_lazy("Enablers"), _found(FindingAspect.ENABLER)),
}
"""The questions, by the property under which a document says that it cannot answer one."""


def compared(documents: list[Document]) -> list[Row]:
    """The rows of the comparison; the last names the sources of each."""
    opened = [(document, [Opened(document).claim(claim) for claim in document["claims"]]) for document in documents]
    rows = [
        Row(code, str(title), [_cell(document, code, choose(claims)) for document, claims in opened])
        for code, (title, choose) in QUESTIONS.items()
    ]
    sources = [Cell(d["title"], d["path"], [], d["sources"], "") for d in documents]
    return [*rows, Row("sources", _("Sources"), sources)]


def _cell(document: Document, code: str, claims: list[Document]) -> Cell:
    return Cell(document["title"], document["path"], claims, [], "" if claims else _why_empty(document, code))


def _why_empty(document: Document, code: str) -> str:
    """Why no statement stands there: what the document says of it, and how much of its sources we hold."""
    said: list[dict[str, Any]] = [unknown for unknown in document["unknowns"] if unknown["property"] == code]
    said.sort(key=lambda unknown: unknown["claim"] is not None)  # what is said of the whole comes first
    extents = {own(source["extent"]): None for source in document["sources"] if source["extent"]}
    held = [_("Our copy: %s.") % extent for extent in extents]
    if not said:
        return " ".join([_("No statement of the record says so."), *held])
    note = f" ({own(said[0]['note'])})" if said[0]["note"] else ""
    reason = word(said[0]["reason"], "unknown")
    return " ".join([f"{reason[:1].upper()}{reason[1:]}{note}.", *held])
