"""Every change to the record, set by set and record by record; and feeds of all, of one record's and of one place's."""

import re
import uuid
from dataclasses import replace

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameterError
from cases.models import Record, Revision
from cases.public.feeds import FeedEntry, atom
from cases.public.language_urls import local
from cases.public.list_filters import PLACE_PARTS
from cases.public.markup import name, own
from cases.public.page_view import check_path, page_view
from cases.public.pagination import cursor_of, sheet
from cases.public.presenters.changes import (
    Change,
    ChangeSet,
    change_sets,
    changes_of,
    differences_of,
    headline,
    version_entries,
)
from cases.public.presenters.document_diff import differences
from cases.public.presenters.told_news import news_of
from cases.public.rendering import render
from cases.record.lookup import history
from cases.record.stored_document import MovedError, NotInRecordError

SETS_PER_PAGE = 15
# Comparing two versions of a large record takes some milliseconds
MEMBERS_PER_PAGE = 20
VERSIONS_PER_PAGE = 10
ENTRIES_IN_FEED = 30
# Members of a set of which a feed reads the documents
MEMBERS_TOLD_IN_FEED = 2


@page_view("after", "before")
def change_list(request: HttpRequest) -> HttpResponse:
    """Return the sets, newest first: `after` means older, further down the list."""
    cursor = _cursor(request)
    rows = _first_revisions()
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


def _first_revisions() -> QuerySet[Revision]:
    """Return the first revision of every set, newest first."""
    return Revision.objects.filter(seq=F("batch")).order_by("-seq")


@page_view("before")
def versions(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Return the versions of a record, newest first, or those older than version `before`, and what each changed."""
    object_id = _object_id(kind, slug)
    if object_id is None:
        raise NotInRecordError(slug)
    before = request.GET.get("before", "").strip()
    if before and not (before.isdecimal() and before.isascii() and len(before) < 10):
        raise BadParameterError("before", _("“%s” is not the number of a version.") % before[:60])
    found = history(object_id, VERSIONS_PER_PAGE + 1, before=int(before) if before else None)
    documents = [each.document for each in found]
    if not documents:
        raise NotInRecordError(slug)
    newest = documents[0]
    check_path(request, f"{newest.path}history/")
    entries = version_entries(documents[:VERSIONS_PER_PAGE])
    for place, (old, new) in enumerate(zip(documents[1:], documents[:VERSIONS_PER_PAGE], strict=False)):
        entries[place] = replace(entries[place], differences=differences(old, new))
    context = {
        "document": newest,
        "versions": entries,
        "older": documents[VERSIONS_PER_PAGE - 1].version.number if len(documents) > VERSIONS_PER_PAGE else None,
        "erased": Revision.objects.filter(object_id=object_id, body=None).count(),
    }
    return render(request, "history.html", context, indexed=False)


def _object_id(kind: str, slug: str) -> uuid.UUID | None:
    return Record.objects.filter(kind=kind, slug=slug).values_list("object_id", flat=True).first()


@page_view()
def changes_feed(request: HttpRequest) -> HttpResponse:
    """Return the latest sets as Atom."""
    entries = _set_entries(change_sets(_first_revisions()[:ENTRIES_IN_FEED]))
    # What was once public stays in the feeds: no search engine is to keep it
    return atom(request, _("CaseDB: changes"), local("/changes/"), entries, indexed=False)


@page_view()
def record_feed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Return the latest versions of one record; of a place, of every record that names or named it, too."""
    object_id = _object_id(kind, slug)
    newest = history(object_id, 1) if object_id else []
    if not newest:
        raise NotInRecordError(slug)
    document = newest[0].document
    check_path(request, f"{document.path}atom.xml")
    rows = _in_place(document.id) if kind == "place" else Revision.objects.filter(object_id=document.id)
    title = _("CaseDB: changes to %s") if kind != "place" else _("CaseDB: changes in %s")
    changes = changes_of(rows.order_by("-seq")[:ENTRIES_IN_FEED])
    told = news_of(change.revision for change in changes)
    entries = [_entry(change, told[change.revision.seq]) for change in changes]
    return atom(request, title % name(document), local(f"{document.path}history/"), entries, indexed=False)


def _in_place(object_id: str) -> QuerySet[Revision]:
    """Return the versions of a place and of what names or named it, in any of its versions."""
    linked = Record.objects.filter(links__target=object_id, links__part__in=PLACE_PARTS)
    return Revision.objects.filter(Q(object_id=object_id) | Q(object_id__in=linked.values("object_id")))


def _set_entries(sets: list[ChangeSet]) -> list[FeedEntry]:
    """Return an entry for each set, which leads with what its first records say."""
    told = news_of(member.revision for each in sets for member in each.members[:MEMBERS_TOLD_IN_FEED])
    return [_entry_of_set(each, told) for each in sets]


def _entry_of_set(each: ChangeSet, told: dict[int, list[str]]) -> FeedEntry:
    lines = [_member_line(member, told.get(member.revision.seq, [])) for member in each.members]
    lines += [_("and %d more") % each.unshown] if each.unshown else []
    return FeedEntry(
        id=uuid.uuid5(each.first.object_id, f"set {each.first.version}").urn,
        title=own(each.reason) or _("Changes %(first)d to %(last)d") % {"first": each.batch, "last": each.last},
        path=f"/changes/{each.batch}/",
        updated=each.at.isoformat(),
        summary="\n".join(lines),
    )


def _member_line(member: Change, told: list[str]) -> str:
    """Return one member of a set with the first sentence that it brought."""
    called = headline(member, named=bool(told))
    return f"{called}. {told[0]}" if told else called


def _entry(change: Change, told: list[str]) -> FeedEntry:
    revision = change.revision
    reason = own(change.reason) or _("The words of this version were erased.")
    return FeedEntry(
        id=uuid.uuid5(revision.object_id, f"version {revision.version}").urn,
        title=headline(change, named=bool(told)),
        path=change.path or f"/changes/{revision.batch}/",
        updated=revision.recorded_at.isoformat(),
        summary="\n".join([*told, reason]),
    )
