"""The front page."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from cases.documents.kinds import FOLDERS
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision
from cases.public.labels import FOLDER_TITLES
from cases.public.page_view import page_view
from cases.public.presenters.listing import ListedRecord, with_leads
from cases.public.presenters.record_cards import read_record_card
from cases.public.rendering import render
from cases.vocabularies import Standing, Topic, topics

# How many cases, and how many collaborations, the front page tells of. What was withdrawn is told under changes.
RECORDS_IN_NEWS = 3
PLACES_ON_FRONT_PAGE = 12


@dataclass(frozen=True)
class News:
    """A record that was published or corrected lately."""

    listed: ListedRecord
    action: str


@dataclass(frozen=True)
class CountedTopic:
    """A topic with how many current records have it."""

    topic: Topic
    count: int


@page_view()
def home(request: HttpRequest) -> HttpResponse:
    """Return the front page."""
    places = Record.objects.current().filter(kind="place").order_by("sort_key")[:PLACES_ON_FRONT_PAGE]
    context = {
        "figures": _figures(),
        "news": [(FOLDERS[kind], FOLDER_TITLES[kind], _latest(kind)) for kind in ("case", "collaboration")],
        "places": [read_record_card(row) for row in places],
        "topics": topics_with_counts(used=True),
    }
    return render(request, "home.html", context)


def _latest(kind: str) -> list[News]:
    """Return the records of a kind that were published or corrected last, with what was done to them."""
    rows = list(Record.objects.current().filter(kind=kind).order_by("-since_seq")[:RECORDS_IN_NEWS])
    actions = dict(Revision.objects.filter(seq__in=[row.since_seq for row in rows]).values_list("seq", "action"))
    return [News(listed, actions[row.since_seq]) for row, listed in zip(rows, with_leads(rows, None), strict=True)]


def _figures() -> dict[str, object]:
    """Return the record in figures, counted from the data."""
    kinds = dict(Record.objects.current().values_list("kind").annotate(n=Count("id")))
    standings = dict(RecordClaim.objects.current().values_list("standing").annotate(n=Count("id")))
    return {
        "kinds": [(FOLDERS[kind], FOLDER_TITLES[kind], kinds.get(kind, 0)) for kind in FOLDERS],
        "claims": sum(standings.values()),
        "standings": [(standing.value, standings.get(standing.value, 0)) for standing in Standing],
        "excerpts": RecordExcerpt.objects.current().values("object_id").distinct().count(),
        "revisions": Revision.objects.count(),
    }


def topics_with_counts(*, used: bool = False) -> list[CountedTopic]:
    """Return the topics in the order of the list, each with how many current records have it, in themselves or in a
    claim.
    """
    links = RecordLink.objects.current().filter(part="topic").values_list("target")
    counts = dict(links.annotate(n=Count("record", distinct=True)))
    counted = [CountedTopic(topic, counts.get(code, 0)) for code, topic in topics().items()]
    return [each for each in counted if each.count or not used]
