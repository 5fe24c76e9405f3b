"""Every change to the record, set by set; and feeds of all changes, of one record's and of one place's."""

import re
import uuid

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameterError
from cases.models import Record, Revision
from cases.public.feeds import FeedEntry, atom
from cases.public.labels import word
from cases.public.language_urls import local, without_language
from cases.public.list_filters import PLACE_PARTS
from cases.public.markup import name, own
from cases.public.page_view import page_view
from cases.public.pagination import cursor_of, sheet
from cases.public.presenters.changes import (
    Change,
    ChangeSet,
    change_sets,
    changes_of,
    differences_of,
    first_revisions,
)
from cases.public.rendering import render
from cases.record.lookup import history
from cases.record.stored_document import MovedError, NotInRecordError

SETS_PER_PAGE = 15
# Comparing two versions of a large record takes some milliseconds
MEMBERS_PER_PAGE = 20
ENTRIES_IN_FEED = 30


@page_view("after", "before")
def change_list(request: HttpRequest) -> HttpResponse:
    """Return the sets, newest first: `after` means older, further down the list."""
    cursor = _cursor(request)
    rows = first_revisions()
    if cursor:
        side, seq = cursor
        rows = rows.filter(seq__lt=seq) if side == "after" else rows.filter(seq__gt=seq).order_by("seq")
    found = sheet(request, change_sets(rows[: SETS_PER_PAGE + 1]), cursor, lambda each: each.batch, SETS_PER_PAGE)
    return render(request, "changes.html", {"sheet": found, "feed": local("/changes/atom.xml")})


@page_view("after", "before")
def change_set(request: HttpRequest, number: int) -> HttpResponse:
    """Return one set, its members in their order, and what each correction changed. Any of its numbers leads here."""
    batch = Revision.objects.filter(seq=number).values_list("batch", flat=True).first()
    if batch is None:
        raise NotInRecordError(str(number))
    if batch != number:
        raise MovedError(f"/changes/{batch}/")
    found_set, cursor = change_sets(Revision.objects.filter(seq=batch))[0], _cursor(request)
    rows = Revision.objects.filter(batch=batch).order_by("seq")
    if cursor:
        side, seq = cursor
        rows = rows.filter(seq__gt=seq) if side == "after" else rows.filter(seq__lt=seq).order_by("-seq")
    found = sheet(
        request, changes_of(rows[: MEMBERS_PER_PAGE + 1]), cursor, lambda change: change.revision.seq, MEMBERS_PER_PAGE
    )
    compared = differences_of(found.rows)
    members = [(change, compared.get(change.revision.seq)) for change in found.rows]
    context = {"set": found_set, "sheet": found, "members": members}
    return render(request, "change_set.html", context, indexed=False)


def _cursor(request: HttpRequest) -> tuple[str, int] | None:
    cursor = cursor_of(request)
    if cursor is None:
        return None
    side, seq = cursor
    if not re.fullmatch(r"[1-9]\d{0,14}", seq, re.ASCII):
        raise BadParameterError(side, _("“%s” is not the number of a change.") % seq[:60])
    return side, int(seq)


@page_view()
def changes_feed(request: HttpRequest) -> HttpResponse:
    """Return the latest sets as Atom."""
    entries = [_entry_of_set(each) for each in change_sets(first_revisions()[:ENTRIES_IN_FEED])]
    return _unindexed(atom(request, _("CaseDB: changes"), local("/changes/"), entries))


@page_view()
def record_feed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Return the latest versions of one record; of a place, of every record that names or named it, too."""
    object_id = Record.objects.filter(kind=kind, slug=slug).values_list("object_id", flat=True).first()
    versions = history(object_id, 1) if object_id else []
    if not versions:
        raise NotInRecordError(slug)
    document = versions[0].document
    if without_language(request.path) != f"{document.path}atom.xml":
        raise MovedError(f"{document.path}atom.xml")
    rows = _in_place(document.id) if kind == "place" else Revision.objects.filter(object_id=document.id)
    title = _("CaseDB: changes to %s") if kind != "place" else _("CaseDB: changes in %s")
    entries = [_entry(change) for change in changes_of(rows.order_by("-seq")[:ENTRIES_IN_FEED])]
    return _unindexed(atom(request, title % name(document), local(f"{document.path}history/"), entries))


def _in_place(object_id: str) -> QuerySet[Revision]:
    """Return the versions of a place and of what names or named it, in any of its versions."""
    linked = Record.objects.filter(links__target=object_id, links__part__in=PLACE_PARTS)
    return Revision.objects.filter(Q(object_id=object_id) | Q(object_id__in=linked.values("object_id")))


def _entry_of_set(each: ChangeSet) -> FeedEntry:
    lines = [_headline(member) for member in each.members]
    lines += [_("and %d more") % each.unshown] if each.unshown else []
    first = each.members[0].revision
    return FeedEntry(
        id=uuid.uuid5(first.object_id, f"set {first.version}").urn,
        title=each.reason or _("Changes %(first)d to %(last)d") % {"first": each.batch, "last": each.last},
        path=f"/changes/{each.batch}/",
        updated=each.at.isoformat(),
        summary="; ".join(lines),
    )


def _entry(change: Change) -> FeedEntry:
    revision = change.revision
    return FeedEntry(
        id=uuid.uuid5(revision.object_id, f"version {revision.version}").urn,
        title=_headline(change),
        path=change.path or f"/changes/{revision.batch}/",
        updated=revision.recorded_at.isoformat(),
        summary=change.reason or _("The words of this version were erased."),
    )


def _headline(change: Change) -> str:
    """Return “Corrected: Kota Bandung”, or only the kind where the words were erased."""
    called = own(change.title) if change.title else word(change.revision.kind, "kind")
    return f"{capfirst(word(change.revision.action, 'action'))}: {called}"


def _unindexed(response: HttpResponse) -> HttpResponse:
    """Return the feed, marked for no search engine to keep: what was once public stays in it."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
