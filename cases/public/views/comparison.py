"""Collaborations side by side, as a page and as CSV of what the page shows."""

import codecs
from collections.abc import Iterator
from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.documents.canonical import Document
from cases.documents.types import parse_document
from cases.exports.csv_cells import lines
from cases.http.query_parameters import BadParameter, check_choice
from cases.models import Record, RevisionBody
from cases.public.labels import word
from cases.public.language_urls import active, local, with_query
from cases.public.markup import own
from cases.public.page_view import door
from cases.public.presenters.comparison import Cell, Row, compared
from cases.public.presenters.speakers import cited, voices
from cases.public.rendering import render, root_of
from cases.public.times import moment_of, seq_of
from cases.record.lookup import Missing, Moved, find

AT_ONCE = 4
"""Collaborations in one comparison: more columns cannot be read, and each is a whole document."""
HEADS = ("collaboration", "question", "statement", "standing", "said_by", "told_in", "empty_because", "address")

BOM = codecs.BOM_UTF8
"""Without it spreadsheets misread accents."""


@door("with", "as_of", repeatable=("with",))
def compare(request: HttpRequest) -> HttpResponse:
    """The chosen collaborations, and those that can be chosen. The choice stands in the address."""
    as_of = moment_of(request)
    known, chosen = _chosen(request)
    day = as_of.text if as_of else ""
    context = {
        "known": known.values(),
        "chosen": chosen,
        "at_once": AT_ONCE,
        "rows": compared(_documents([known[slug] for slug in chosen])) if chosen else [],
        "download": with_query(local("/compare/table.csv"), {"with": chosen, "as_of": day}),
    }
    return render(request, "compare.html", context, as_of=as_of)


@door("with", "as_of", repeatable=("with",))
def as_table(request: HttpRequest) -> HttpResponse:
    """One line for each statement, source or empty answer of the page."""
    known, chosen = _chosen(request)
    if not chosen:
        raise BadParameter("with", _("Name at least one collaboration."))
    rows, root = compared(_documents([known[slug] for slug in chosen])), root_of(request)
    told = (
        dict(zip(HEADS, line, strict=True)) for row in rows for cell in row.cells for line in _lines(row, cell, root)
    )
    response = HttpResponse(BOM + lines(told, header=True), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="casedb-compare-{active()}.csv"'
    return response


def _chosen(request: HttpRequest) -> tuple[dict[str, Record], list[str]]:
    """Every collaboration by slug, and the slugs that are asked for. Raises Gone for one that was withdrawn, and
    BadParameter for one that is not known.
    """
    seq = seq_of(moment_of(request))
    rows = Record.objects.as_of(seq).filter(kind="collaboration").order_by("sort_key")
    known = {row.slug: row for row in rows.only("slug", "title_id", "title_en", "since_seq")}
    chosen = list(dict.fromkeys(slug.strip() for slug in request.GET.getlist("with") if slug.strip()))
    for slug in chosen:
        if slug not in known:
            with suppress(Missing, Moved):
                find("collaboration", slug, seq=seq)
        check_choice("with", slug, known)
    if len(chosen) > AT_ONCE:
        raise BadParameter("with", _("At most %d can be compared side by side.") % AT_ONCE)
    return known, chosen


def _documents(records: list[Record]) -> list[Document]:
    bodies = RevisionBody.objects.in_bulk([record.since_seq for record in records])
    return [parse_document(bodies[record.since_seq].document) for record in records]


def _lines(row: Row, cell: Cell, root: str) -> Iterator[list[str]]:
    """A statement never leaves without its standing and who says it."""
    head = [own(cell.title), row.title]
    for claim in cell.claims:
        first, *relays = voices(claim)
        told = "; ".join(relay.name for relay in relays)
        said = [own(claim["statement"]), word(claim["standing"], "standing"), first.name, told]
        yield [*head, *said, "", root + local(claim["path"])]
    for source in cell.sources:
        through = "; ".join(cited(other) for other in source["known_through"])
        yield [*head, "", "", cited(source), through, "", root + local(source["path"])]
    if cell.reason:
        yield [*head, "", "", "", "", cell.reason, root + local(cell.path)]
