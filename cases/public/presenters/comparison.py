"""Collaborations side by side: for each question what the statements say, or why nothing stands there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.claim_kinds import REGISTRY, ClaimKind
from cases.claim_kinds.base import Label
from cases.claim_kinds.plain import FINDING, LEGAL_BASIS, ROLE
from cases.claim_kinds.transfer import TRANSFER
from cases.documents.references import SourceRef
from cases.documents.types import SubjectDocument
from cases.public.labels import word
from cases.public.markup import own
from cases.vocabularies import FindingAspect
from sources.dates import PartialDate
from sources.json_fields import LanguageMap

from .claim_view import ClaimView
from .record_cards import SubjectCard

Views = list[ClaimView]


@dataclass(frozen=True)
class Cell:
    """What one collaboration answers. `reason` says why it is empty, and is empty itself where something stands."""

    title: LanguageMap
    # By which readers know it beside others; its title where no place is named
    city: LanguageMap
    path: str
    claims: Views
    sources: tuple[SourceRef, ...]
    reason: str


@dataclass(frozen=True)
class Choice:
    """A collaboration that can be chosen, by its city."""

    slug: str
    city: LanguageMap
    title: LanguageMap


@dataclass(frozen=True)
class ComparisonRow:
    """One question, and the answer of each collaboration in the order in which they were chosen."""

    code: str
    title: str
    cells: list[Cell]


def _of_kind(kind: ClaimKind, *aspects: str) -> Callable[[Views], Views]:
    """Return what keeps the claims of a kind, of some second words only if any are given."""
    return lambda views: [
        view for view in views if view.claim.kind == kind.name and (not aspects or (view.claim.aspect or "") in aspects)
    ]


def _earliest(views: Views) -> Views:
    """Return the claims of the earliest date among those that date a collaboration."""
    dating = {kind.name for kind in REGISTRY.values() if kind.dates_its_subject}
    starts = [(view, view.claim.start) for view in views if view.claim.kind in dating]
    days = [(view, PartialDate(start).first_day) for view, start in starts if start]
    first = min((day for _view, day in days), default=None)
    return [view for view, day in days if day == first]


# The questions, by the property under which a document says that it cannot answer one
QUESTIONS: dict[str, tuple[Label, Callable[[Views], Views]]] = {
    "partner": (gettext_lazy("Partners and their roles"), _of_kind(ROLE)),
    "instrument": (gettext_lazy("Instrument"), _of_kind(LEGAL_BASIS)),
    "start": (gettext_lazy("Start"), _earliest),
    "contribution": (gettext_lazy("Contributions"), _of_kind(TRANSFER)),
    "results": (gettext_lazy("Results"), _of_kind(FINDING, FindingAspect.OUTCOME, FindingAspect.IMPACT)),
    "barriers": (gettext_lazy("Barriers"), _of_kind(FINDING, FindingAspect.BARRIER)),
    "enablers": (gettext_lazy("Enablers"), _of_kind(FINDING, FindingAspect.ENABLER)),
}


def compared(documents: list[SubjectDocument]) -> list[ComparisonRow]:
    """Return the rows of the comparison; the last names the sources of each."""
    viewed = [(document, [ClaimView(claim, document) for claim in document.claims]) for document in documents]
    rows = [
        ComparisonRow(code, str(title), [_cell(document, code, choose(views)) for document, views in viewed])
        for code, (title, choose) in QUESTIONS.items()
    ]
    sources = [
        Cell(document.title, city_of(document), document.path, [], document.sources, "") for document in documents
    ]
    return [*rows, ComparisonRow("sources", _("Sources"), sources)]


def _cell(document: SubjectDocument, code: str, views: Views) -> Cell:
    return Cell(
        document.title, city_of(document), document.path, views, (), "" if views else _why_empty(document, code)
    )


def city_of(record: SubjectDocument | SubjectCard) -> LanguageMap:
    """Return the first place of a record; its title where it names none."""
    place = record.places[0].title if record.places else None
    return place if isinstance(place, LanguageMap) else record.title


def _why_empty(document: SubjectDocument, code: str) -> str:
    """Return why no statement stands there: what the document says of it, and how much of its sources we hold."""
    unknowns = [unknown for unknown in document.unknowns if unknown.property == code]
    unknowns.sort(key=lambda unknown: unknown.claim is not None)  # what is said of the whole comes first
    extents = {own(source.extent): None for source in document.sources if source.extent}
    copies = [_("Our copy: %s.") % extent for extent in extents]
    if not unknowns:
        return " ".join([_("No statement of the record says so."), *copies])
    note = f" ({own(unknowns[0].note)})" if unknowns[0].note else ""
    reason = word(unknowns[0].reason, "unknown")
    return " ".join([f"{reason[:1].upper()}{reason[1:]}{note}.", *copies])
