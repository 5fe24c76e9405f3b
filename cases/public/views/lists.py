"""The front page, and the lists: by kind, by topic, by words."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from cases.documents.kinds import FOLDERS
from cases.models import RecordLink
from cases.public import list_filters
from cases.public.labels import FOLDER_TITLES
from cases.public.language_urls import local
from cases.public.page_view import page_view
from cases.public.pagination import cursor_of, sheet_of_records
from cases.public.presenters.actor_uses import actor_uses
from cases.public.presenters.front_page import front_page
from cases.public.presenters.listing import grouped, with_leads
from cases.public.presenters.places import place_tree
from cases.public.presenters.province_map import province_map
from cases.public.rendering import render
from cases.public.times import moment_of
from cases.record.lookup import records_naming
from cases.record.stored_document import NotInRecordError
from cases.vocabularies import Topic, topics


@page_view()
def home(request: HttpRequest) -> HttpResponse:
    """Return the front page."""
    context = {"front": front_page(topics_with_counts(used=True)), "feed": local("/changes/atom.xml")}
    return render(request, "home.html", context)


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
            return render(
                request, "places.html", common | {"tree": branches, "map": province_map(as_of.seq)}, as_of=as_of
            )
    sheet = sheet_of_records(request, list_filters.filtered_records(filters), kind)
    uses = actor_uses(sheet.rows, as_of.seq) if kind == "actor" else {}
    records = [(listed, uses.get(listed.card.id)) for listed in with_leads(sheet.rows, as_of.seq)]
    context = common | {"sheet": sheet, "records": records}
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
