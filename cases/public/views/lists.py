"""Lists: by kind, by topic, by words."""

from django.http import HttpRequest, HttpResponse

from cases.documents.build import FOLDERS
from cases.public import list_filters
from cases.public.labels import FOLDER_TITLES
from cases.public.page_view import door
from cases.public.pagination import cursor_of, sheet_of_records
from cases.public.presenters.listing import card, groups, with_leads
from cases.public.presenters.places import tree
from cases.public.rendering import render
from cases.public.times import moment_of, seq_of
from cases.record.lookup import Missing, naming
from cases.vocabularies import topics

from .home import topics_with_counts

OF_A_TOPIC = ["case", "collaboration", "system", "actor", "place"]


@door("q", "place", "topic", "as_of", "after", "before")
def listing(request: HttpRequest, kind: str) -> HttpResponse:
    """The records of one kind, by title; places, unless narrowed, under the places in which they lie."""
    asked = list_filters.filters_of(request, kind)
    common = {"kind": kind, "title": FOLDER_TITLES[kind], "folder": f"/{FOLDERS[kind]}/", "filters": asked}
    common["topics"] = topics().values()
    if kind == "place" and not asked.set and not cursor_of(request):
        branches = tree(seq_of(asked.as_of))
        if branches is not None:
            return render(request, "places.html", common | {"tree": branches}, as_of=asked.as_of)
    sheet = sheet_of_records(request, list_filters.listed(asked), kind)
    cards = with_leads([card(row) for row in sheet.rows], seq_of(asked.as_of))
    context = common | {"sheet": sheet, "cards": cards}
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
    seq, query = seq_of(as_of), {"topic": code, "as_of": as_of.text if as_of else ""}
    found = groups(naming(code, seq=seq), OF_A_TOPIC, seq, **query)
    return render(request, "topic.html", {"topic": topics()[code], "groups": found}, as_of=as_of)
