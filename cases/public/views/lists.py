"""Lists: by kind, by topic, by words."""

from django.http import HttpRequest, HttpResponse

from cases.documents.kinds import FOLDERS
from cases.public import list_filters
from cases.public.labels import FOLDER_TITLES
from cases.public.page_view import page_view
from cases.public.pagination import cursor_of, sheet_of_records
from cases.public.presenters.listing import grouped, with_leads
from cases.public.presenters.places import place_tree
from cases.public.rendering import render
from cases.public.times import moment_of, seq_of
from cases.record.lookup import records_naming
from cases.record.stored_document import NotInRecordError
from cases.vocabularies import topics

from .home import topics_with_counts

KINDS_OF_TOPIC = ["case", "collaboration", "system", "actor", "place"]


@page_view("q", "place", "topic", "as_of", "after", "before")
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """Return the records of one kind, by title; places, unless narrowed, under the places in which they lie."""
    filters = list_filters.filters_of(request, kind)
    as_of, seq = filters.as_of, seq_of(filters.as_of)
    common = {"kind": kind, "title": FOLDER_TITLES[kind], "folder": f"/{FOLDERS[kind]}/", "filters": filters}
    common["topics"] = topics().values()
    if kind == "place" and not filters.set and not cursor_of(request):
        branches = place_tree(seq)
        if branches is not None:
            return render(request, "places.html", common | {"tree": branches}, as_of=as_of)
    sheet = sheet_of_records(request, list_filters.filtered_records(filters), kind)
    context = common | {"sheet": sheet, "records": with_leads(sheet.rows, seq)}
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
    seq, query = seq_of(as_of), {"topic": code, "as_of": as_of.text if as_of else ""}
    groups = grouped(records_naming(code, seq=seq), KINDS_OF_TOPIC, seq, **query)
    return render(request, "topic.html", {"topic": topics()[code], "groups": groups}, as_of=as_of)
