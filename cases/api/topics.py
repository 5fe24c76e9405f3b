"""Topics: the closed list with labels, scopes, and how much of the record each holds."""

from collections import defaultdict
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from cases.models import RecordLink
from cases.parameters import nearest
from cases.publication.canonical import Document
from cases.publication.represent import FOLDERS, LICENSE
from cases.vocabularies import Topic, topics

from . import fields
from .answers import View, answer, links
from .details import AsOfForm, compact
from .lists import envelope
from .openapi import answers, in_path, in_query
from .problems import ROOT, NotHere

Counts = dict[str, dict[str, int]]


class TopicList(View):
    """The closed list of topics; analytical lenses are topics too."""

    operation = "list_topics"
    summary = "All topics"
    answers = answers("topic_list", 304, 400)
    parameters = in_query(AsOfForm)

    def get(self, request: HttpRequest) -> HttpResponse:
        seq = fields.asked(AsOfForm(request.GET))["as_of"]
        counted = counts(seq)
        head = {
            "query": {},
            "as_of": {"asked": request.GET["as_of"], "seq": seq} if seq is not None else None,
            "next": None,
            "previous": None,
            "license": LICENSE,
        }
        return answer(request, envelope(head, [compact(entry(topic, counted)) for topic in topics().values()]))


class TopicDetail(View):
    """One topic."""

    operation = "get_topic"
    summary = "One topic"
    answers = answers("topic_detail", 304, 400, 404)
    parameters = [in_path("code", "The code of the topic.", **fields.NAME), *in_query(AsOfForm)]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        seq = fields.asked(AsOfForm(request.GET))["as_of"]
        if code not in topics():
            near = nearest(code[:60], topics())
            raise NotHere(f"There is no topic “{code[:60]}”.", [near] if near else [])
        told = entry(topics()[code], counts(seq))
        return answer(request, compact(told | {"license": LICENSE}), Link=links(told["path"]))


def entry(topic: Topic, counted: Counts) -> Document:
    return {
        "code": topic.code,
        "path": f"/topics/{topic.code}/",
        "label": topic.label,
        "scope": topic.scope,
        "counts": counted[topic.code],
        "claims": f"{ROOT}/claims/?topic={topic.code}",
    }


def counts(seq: int | None) -> Counts:
    """How many documents of each kind have a topic themselves, and how many claims have it. One query."""
    links: Any = RecordLink.objects.as_of(seq).filter(part="topic")
    rows = links.values("target", "record__kind").annotate(all=Count("id"), claims=Count("claim_id"))
    counted: Counts = defaultdict(lambda: dict.fromkeys([*FOLDERS.values(), "claims"], 0))
    for row in rows:
        counted[row["target"]][FOLDERS[row["record__kind"]]] += row["all"] - row["claims"]
        counted[row["target"]]["claims"] += row["claims"]
    return counted
