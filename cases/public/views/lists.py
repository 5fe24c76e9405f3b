"""Lists: by kind, by topic, by words, and of every change."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.models import Revision
from cases.parameters import BadParameter
from cases.publication.represent import FOLDERS
from cases.reading import Missing, naming
from cases.vocabularies import topics

from .. import filters
from ..cards import card, groups
from ..changes import changes as changes_of
from ..door import door
from ..moments import moment_of, seq_of
from ..pages import render
from ..paging import cursor_of, sheet, sheet_of_records
from ..words import FOLDER_TITLES
from .home import topics_with_counts

CHANGES = 30
OF_A_TOPIC = ["case", "collaboration", "system", "actor", "place"]


@door("q", "place", "topic", "as_of", "after", "before")
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """The records of one kind, by title."""
    asked = filters.filters_of(request, kind)
    sheet = sheet_of_records(request, filters.listed(asked), kind)
    context = {
        "kind": kind,
        "title": FOLDER_TITLES[kind],
        "folder": f"/{FOLDERS[kind]}/",
        "filters": asked,
        "topics": topics().values(),
        "sheet": sheet,
        "cards": [card(row) for row in sheet.rows],
    }
    return render(request, "list.html", context, as_of=asked.as_of)


@door()
def topic_list(request: HttpRequest) -> HttpResponse:
    return render(request, "topics.html", {"topics": topics_with_counts()})


@door("as_of")
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """The records that have a topic, in themselves or in a claim."""
    if code not in topics():
        raise Missing(code)
    as_of = moment_of(request)
    found = groups(naming(code, seq=seq_of(as_of)), OF_A_TOPIC, topic=code, as_of=as_of.text if as_of else "")
    return render(request, "topic.html", {"topic": topics()[code], "groups": found}, as_of=as_of)


@door("after", "before")
def changes(request: HttpRequest) -> HttpResponse:
    """Every revision, newest first: `after` means older, further down the list."""
    cursor = cursor_of(request)
    rows = Revision.objects.order_by("-seq")
    if cursor:
        name, seq = cursor
        if not re.fullmatch(r"[1-9]\d{0,14}", seq, re.ASCII):
            raise BadParameter(name, _("“%s” is not the number of a change.") % seq[:60])
        rows = rows.filter(seq__lt=seq) if name == "after" else rows.filter(seq__gt=seq).order_by("seq")
    found = sheet(request, changes_of(rows[: CHANGES + 1]), cursor, lambda change: change["seq"], CHANGES)
    return render(request, "changes.html", {"sheet": found})
