"""What the front page shows: two statements with their words, where, what about, and what changed."""

from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Value, When

from cases.documents.types import SubjectDocument
from cases.models import Record, Revision
from cases.vocabularies import Topic

from .changes import ChangeSet, change_sets
from .claim_view import ClaimView
from .listing import documents_of
from .province_map import PlaceCount, ProvinceMap, province_map
from .quotes import SourcedExcerpt

STATEMENTS_SHOWN, CITIES_SHOWN, TOPICS_SHOWN, CHANGES_SHOWN = 2, 8, 8, 3
# Longer words are read on the page of their record
MAX_QUOTE_CHARS = 240


@dataclass(frozen=True)
class ShownStatement:
    """A statement of a record's lead with words that back it; without any where all of them are long."""

    document: SubjectDocument
    view: ClaimView
    quote: SourcedExcerpt | None


@dataclass(frozen=True)
class FrontPage:
    """The parts of the front page, in the order of a reader's questions."""

    statements: list[ShownStatement]
    map: ProvinceMap
    topics: list[tuple[Topic, int]]
    topics_used: int
    changes: list[ChangeSet]

    @property
    def cities(self) -> list[PlaceCount]:
        return self.map.cities[:CITIES_SHOWN]


def front_page(topics: list[tuple[Topic, int]]) -> FrontPage:
    """Return the front page; `topics` are those in use, each with the number of its records."""
    return FrontPage(
        statements=_statements(),
        map=province_map(None),
        topics=sorted(topics, key=lambda pair: -pair[1])[:TOPICS_SHOWN],
        topics_used=len(topics),
        changes=change_sets(Revision.objects.filter(seq=F("batch")).order_by("-seq")[:CHANGES_SHOWN]),
    )


def _statements() -> list[ShownStatement]:
    """Return one statement of each of the latest records, cases first. Two queries."""
    cases_first = Case(When(kind="case", then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Record.objects.current().filter(kind__in=("case", "collaboration")).order_by(cases_first, "-since_seq")
    shown = list(rows.only("since_seq")[:STATEMENTS_SHOWN])
    documents = documents_of(shown)
    found = [documents[row.since_seq] for row in shown]
    return [_statement(document) for document in found if isinstance(document, SubjectDocument) and document.lead]


def _statement(document: SubjectDocument) -> ShownStatement:
    """Return the first of the lead that names no person and has short words; else the headline."""
    views = [ClaimView(claim, document) for claim in document.lead_claims]
    for view in views:
        short = _short_quote(view)
        if short and not view.claim.names_person:
            return ShownStatement(document, view, short)
    return ShownStatement(document, views[0], _short_quote(views[0]))


def _short_quote(view: ClaimView) -> SourcedExcerpt | None:
    quotes = [quote for quote in view.quotes if quote.relation == "supports"]
    return next((quote for quote in quotes if len(quote.excerpt.exact) <= MAX_QUOTE_CHARS), None)
