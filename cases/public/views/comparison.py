"""Collaborations side by side, as a page and as CSV of what the page shows."""

import codecs
from collections.abc import Iterator
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.documents.types import SubjectDocument
from cases.exports.csv_tables import csv_lines
from cases.http.query_parameters import BadParameterError, check_choice
from cases.models import Record
from cases.public.language_urls import local, page_language, with_query
from cases.public.markup import own
from cases.public.page_view import page_view
from cases.public.presenters.comparison import Cell, Choice, ComparisonRow, city_of, compared
from cases.public.presenters.listing import documents_of
from cases.public.presenters.record_cards import SubjectCard, read_card
from cases.public.presenters.speakers import cited
from cases.public.rendering import render, root_of
from cases.public.times import moment_of
from cases.record.lookup import find_document
from cases.record.stored_document import MovedError, NotInRecordError

# More columns cannot be read, and each is a whole document
MAX_COMPARED = 4
HEADS = ("collaboration", "question", "statement", "standing", "said_by", "told_in", "empty_because", "address")
# Without it spreadsheets misread accents
BOM = codecs.BOM_UTF8


@page_view("with", "as_of", repeatable=("with",))
def compare(request: HttpRequest) -> HttpResponse:
    """Return the chosen collaborations, and those that can be chosen. The choice stands in the URL."""
    as_of = moment_of(request)
    by_slug, chosen = _chosen(request)
    context = {
        "choices": _choices(by_slug),
        "chosen": chosen,
        "at_once": MAX_COMPARED,
        "rows": compared(_documents([by_slug[slug] for slug in chosen])) if chosen else [],
        "download": with_query(local("/compare/table.csv"), {"with": chosen, "as_of": as_of.text}),
    }
    return render(request, "compare.html", context, as_of=as_of)


@page_view("with", "as_of", repeatable=("with",))
def as_table(request: HttpRequest) -> HttpResponse:
    """Return one line for each statement, source or empty answer of the page."""
    by_slug, chosen = _chosen(request)
    if not chosen:
        raise BadParameterError("with", _("Name at least one collaboration."))
    rows, root = compared(_documents([by_slug[slug] for slug in chosen])), root_of(request)
    table = (
        dict(zip(HEADS, line, strict=True)) for row in rows for cell in row.cells for line in _lines(row, cell, root)
    )
    response = HttpResponse(BOM + csv_lines(table, header=True), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="casedb-compare-{page_language()}.csv"'
    return response


def _chosen(request: HttpRequest) -> tuple[dict[str, Record], list[str]]:
    """Return every collaboration by slug, and the chosen slugs. Raises WithdrawnError and BadParameterError."""
    seq = moment_of(request).seq
    rows = Record.objects.as_of(seq).filter(kind="collaboration").order_by("sort_key")
    by_slug = {row.slug: row for row in rows.only("slug", "title_id", "title_en", "since_seq", "kind", "card")}
    chosen = list(dict.fromkeys(slug.strip() for slug in request.GET.getlist("with") if slug.strip()))
    for slug in chosen:
        if slug not in by_slug:
            with suppress(NotInRecordError, MovedError):
                find_document("collaboration", slug, seq=seq)
        check_choice("with", slug, by_slug)
    if len(chosen) > MAX_COMPARED:
        raise BadParameterError("with", _("At most %d can be compared side by side.") % MAX_COMPARED)
    return by_slug, chosen


def _choices(by_slug: dict[str, Record]) -> list[Choice]:
    """Return what can be chosen, by city."""
    cards = {slug: read_card(row, SubjectCard) for slug, row in by_slug.items()}
    choices = [Choice(slug, city_of(card), card.title) for slug, card in cards.items()]
    return sorted(choices, key=lambda choice: own(choice.city).casefold())


def _documents(records: list[Record]) -> list[SubjectDocument]:
    by_seq = documents_of(records)
    documents = [by_seq[record.since_seq] for record in records]
    return [document for document in documents if isinstance(document, SubjectDocument)]


def _lines(row: ComparisonRow, cell: Cell, root: str) -> Iterator[list[str]]:
    """Yield the lines of a cell. A statement never leaves without its standing, what goes with it and who says it."""
    head = [own(cell.title), row.title]
    for view in cell.claims:
        claim = view.claim
        first, *relays = view.speaker.voices
        told_in = "; ".join(relay.name for relay in relays)
        said = [own(claim.statement), "; ".join([view.standing, *view.caveats]), first.name, told_in]
        yield [*head, *said, "", root + local(claim.path)]
    for source in cell.sources:
        through = "; ".join(cited(other) for other in source.known_through)
        yield [*head, "", "", cited(source), through, "", root + local(source.path)]
    if cell.reason:
        yield [*head, "", "", "", "", cell.reason, root + local(cell.path)]
