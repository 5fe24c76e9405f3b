"""Every change to the record, set by set; and feeds of all changes, of one record's and of one place's."""

import re
import uuid

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameter
from cases.models import Record, Revision
from cases.public.feeds import Entry, atom
from cases.public.labels import word
from cases.public.language_urls import bare, local
from cases.public.list_filters import PLACE_PARTS
from cases.public.markup import name
from cases.public.page_view import door
from cases.public.pagination import cursor_of, sheet
from cases.public.presenters.changes import Change, ChangeSet, changes, differences_of, heads, sets
from cases.public.rendering import render
from cases.record.lookup import Missing, Moved, history

SETS = 15
MEMBERS = 20
"""Members of a set on one page; comparing two versions of a large record takes some milliseconds."""
IN_FEED = 30


@door("after", "before")
def change_list(request: HttpRequest) -> HttpResponse:
    """The sets, newest first: `after` means older, further down the list."""
    cursor = _cursor(request)
    rows = heads()
    if cursor:
        side, seq = cursor
        rows = rows.filter(seq__lt=seq) if side == "after" else rows.filter(seq__gt=seq).order_by("seq")
    found = sheet(request, sets(rows[: SETS + 1]), cursor, lambda each: each.batch, SETS)
    return render(request, "changes.html", {"sheet": found, "feed": local("/changes/atom.xml")})


@door("after", "before")
def change_set(request: HttpRequest, number: int) -> HttpResponse:
    """One set, its members in their order, and what each correction changed. Any of its numbers leads here."""
    batch = Revision.objects.filter(seq=number).values_list("batch", flat=True).first()
    if batch is None:
        raise Missing(str(number))
    if batch != number:
        raise Moved(f"/changes/{batch}/")
    head, cursor = sets(Revision.objects.filter(seq=batch))[0], _cursor(request)
    rows = Revision.objects.filter(batch=batch).order_by("seq")
    if cursor:
        side, seq = cursor
        rows = rows.filter(seq__gt=seq) if side == "after" else rows.filter(seq__lt=seq).order_by("-seq")
    found = sheet(request, changes(rows[: MEMBERS + 1]), cursor, lambda change: change.seq, MEMBERS)
    compared = differences_of(found.rows)
    members = [(change, compared.get(change.seq)) for change in found.rows]
    context = {"set": head, "sheet": found, "members": members}
    return render(request, "change_set.html", context, indexed=False)


def _cursor(request: HttpRequest) -> tuple[str, int] | None:
    cursor = cursor_of(request)
    if cursor is None:
        return None
    side, seq = cursor
    if not re.fullmatch(r"[1-9]\d{0,14}", seq, re.ASCII):
        raise BadParameter(side, _("“%s” is not the number of a change.") % seq[:60])
    return side, int(seq)


@door()
def feed(request: HttpRequest) -> HttpResponse:
    """The latest sets as Atom."""
    entries = [_entry_of_set(each) for each in sets(heads()[:IN_FEED])]
    return _marked(atom(request, _("CaseDB: changes"), local("/changes/"), entries))


@door()
def record_feed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The latest versions of one record; of a place, of every record that names or named it, too."""
    object_id = Record.objects.filter(kind=kind, slug=slug).values_list("object_id", flat=True).first()
    versions = history(object_id, 1) if object_id else []
    if not versions:
        raise Missing(slug)
    document = versions[0].document
    if bare(request.path) != f"{document['path']}atom.xml":
        raise Moved(f"{document['path']}atom.xml")
    key = document["id"]
    rows = _in_place(key) if kind == "place" else Revision.objects.filter(object_id=key)
    title = _("CaseDB: changes to %s") if kind != "place" else _("CaseDB: changes in %s")
    entries = [_entry(change) for change in changes(rows.order_by("-seq")[:IN_FEED])]
    return _marked(atom(request, title % name(document), local(f"{document['path']}history/"), entries))


def _in_place(object_id: str) -> QuerySet[Revision]:
    """Versions of a place and of what names or named it, in any of its versions."""
    linked = Record.objects.filter(links__target=object_id, links__part__in=PLACE_PARTS)
    return Revision.objects.filter(Q(object_id=object_id) | Q(object_id__in=linked.values("object_id")))


def _entry_of_set(each: ChangeSet) -> Entry:
    told = [_told(member) for member in each.members]
    told += [_("and %d more") % each.unshown] if each.unshown else []
    first = each.members[0]
    return Entry(
        id=uuid.uuid5(uuid.UUID(first.object_id), f"set {first.version}").urn,
        title=each.reason or _("Changes %(first)d to %(last)d") % {"first": each.batch, "last": each.last},
        path=f"/changes/{each.batch}/",
        updated=each.at.isoformat(),
        summary="; ".join(told),
    )


def _entry(change: Change) -> Entry:
    return Entry(
        id=uuid.uuid5(uuid.UUID(change.object_id), f"version {change.version}").urn,
        title=_told(change),
        path=change.path or f"/changes/{change.batch}/",
        updated=change.at.isoformat(),
        summary=change.reason or _("The words of this version were erased."),
    )


def _told(change: Change) -> str:
    """“Corrected: Kota Bandung (city)”, or only the kind where the words were erased."""
    named = name(change.ref) if change.ref else word(change.kind, "kind")
    return f"{capfirst(word(change.action, 'action'))}: {named}"


def _marked(response: HttpResponse) -> HttpResponse:
    """What was once public stays in these feeds, so no search engine is to keep them."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
