"""The front page, and the lists: by kind, by topic, by words."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from cases.documents.kinds import FOLDERS
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, Revision
from cases.public import list_filters
from cases.public.labels import FOLDER_TITLES
from cases.public.page_view import page_view
from cases.public.pagination import cursor_of, sheet_of_records
from cases.public.presenters.listing import ListedRecord, grouped, with_leads
from cases.public.presenters.places import place_tree
from cases.public.presenters.record_cards import read_record_card
from cases.public.rendering import render
from cases.public.times import moment_of
from cases.record.lookup import records_naming
from cases.record.stored_document import NotInRecordError
from cases.vocabularies import Standing, Topic, topics

# How many cases, and how many collaborations, the front page tells of. What was withdrawn is told under changes.
RECORDS_IN_NEWS = 3
PLACES_ON_FRONT_PAGE = 12


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


def _latest(kind: str) -> list[tuple[ListedRecord, str]]:
    """Return the records of a kind that were published or corrected last, each with the action."""
    rows = list(Record.objects.current().filter(kind=kind).order_by("-since_seq")[:RECORDS_IN_NEWS])
    actions = dict(Revision.objects.filter(seq__in=[row.since_seq for row in rows]).values_list("seq", "action"))
    return [(listed, actions[row.since_seq]) for row, listed in zip(rows, with_leads(rows, None), strict=True)]


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


def topics_with_counts(*, used: bool = False) -> list[tuple[Topic, int]]:
    """Return the topics, each with how many current records have it, in themselves or in a claim."""
    links = RecordLink.objects.current().filter(part="topic").values_list("target")
    counts = dict(links.annotate(n=Count("record", distinct=True)))
    return [(topic, counts.get(code, 0)) for code, topic in topics().items() if code in counts or not used]


@page_view("q", "place", "topic", "as_of", "after", "before")
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """Return the records of one kind, by title; places, unless narrowed, under the places in which they lie."""
    filters = list_filters.filters_of(request, kind)
    as_of = filters.as_of
    common: dict[str, object] = {"kind": kind, "title": FOLDER_TITLES[kind], "folder": f"/{FOLDERS[kind]}/"}
    common |= {"filters": filters, "topics": topics().values()}
    if kind == "place" and not filters.set and not cursor_of(request):
        branches = place_tree(as_of.seq)
        if branches is not None:
            return render(request, "places.html", common | {"tree": branches}, as_of=as_of)
    sheet = sheet_of_records(request, list_filters.filtered_records(filters), kind)
    context = common | {"sheet": sheet, "records": with_leads(sheet.rows, as_of.seq)}
    return render(request, "list.html", context, as_of=as_of)


@page_view()
def topic_list(request: HttpRequest) -> HttpResponse:
    """Return the topics, each with how many records have it."""
    return render(request, "topics.html", {"topics": topics_with_counts()})


@page_view("as_of")
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """Return the records that have a topic, in themselves or in a claim."""
    if code not in topics():
        raise NotInRecordError(code)
    as_of = moment_of(request)
    groups = grouped(records_naming(code, seq=as_of.seq), as_of, topic=code)
    return render(request, "topic.html", {"topic": topics()[code], "groups": groups}, as_of=as_of)
