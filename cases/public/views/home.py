"""The front page."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from cases.documents.build import FOLDERS
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision
from cases.public.labels import FOLDER_TITLES
from cases.public.page_view import door
from cases.public.presenters.listing import card, with_leads
from cases.public.rendering import render
from cases.vocabularies import Standing, topics

NEWS = 3
"""How many cases, and how many collaborations, the front page tells of. What was withdrawn is told under changes."""
PLACES = 12


@door()
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "figures": _figures(),
        "news": [(FOLDERS[kind], FOLDER_TITLES[kind], _latest(kind)) for kind in ("case", "collaboration")],
        "places": [card(row) for row in Record.objects.current().filter(kind="place").order_by("sort_key")[:PLACES]],
        "topics": topics_with_counts(used=True),
    }
    return render(request, "home.html", context)


def _latest(kind: str) -> list[dict[str, Any]]:
    """The records of a kind that were published or corrected last, with what was done to them."""
    rows = list(Record.objects.current().filter(kind=kind).order_by("-since_seq")[:NEWS])
    actions = dict(Revision.objects.filter(seq__in=[row.since_seq for row in rows]).values_list("seq", "action"))
    return with_leads([card(row) | {"action": actions[row.since_seq]} for row in rows], None)


def _figures() -> dict[str, Any]:
    """The record in figures, counted from the data."""
    kinds = dict(Record.objects.current().values_list("kind").annotate(n=Count("id")))
    standings = dict(RecordClaim.objects.current().values_list("standing").annotate(n=Count("id")))
    return {
        "kinds": [(FOLDERS[kind], FOLDER_TITLES[kind], kinds.get(kind, 0)) for kind in FOLDERS],
        "claims": sum(standings.values()),
        "standings": [(standing.value, standings.get(standing.value, 0)) for standing in Standing],
        "excerpts": RecordExcerpt.objects.current().values("object_id").distinct().count(),
        "revisions": Revision.objects.count(),
    }


def topics_with_counts(*, used: bool = False) -> list[dict[str, Any]]:
    """The topics in the order of the list, with how many current records have each, in themselves or in a claim."""
    links = RecordLink.objects.current().filter(part="topic").values_list("target")
    counts = dict(links.annotate(n=Count("record", distinct=True)))
    rows = [topic._asdict() | {"count": counts.get(code, 0)} for code, topic in topics().items()]
    return [row for row in rows if row["count"] or not used]
