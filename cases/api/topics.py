"""Topics: the closed list with labels, scopes, and how much of the record each holds."""

from collections import defaultdict
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from rest_framework.request import Request

from cases.documents.kinds import FOLDERS, LICENSE
from cases.models import RecordClaim, RecordLink
from cases.record.names import nearest_word
from cases.vocabularies import Topic, topics

from . import fields
from .details import AsOfForm
from .openapi import in_path, in_query, responses_of
from .problems import ROOT, NoSuchResourceError
from .responses import envelope, json_response, json_text, link_header, raw_response
from .views import ApiView

Counts = dict[str, dict[str, int]]


class TopicList(ApiView):
    """The closed list of topics; analytical lenses are topics too."""

    operation = "list_topics"
    summary = "All topics"
    responses = responses_of("topic_list", 304, 400)
    parameters = in_query(AsOfForm)

    def get(self, request: Request) -> HttpResponse:
        seq = fields.clean_query(AsOfForm(request.GET))["as_of"]
        counted, day = counts(seq), request.GET.get("as_of")
        head = {"query": {}, "as_of": as_of(day, seq), "next": None, "previous": None, "license": LICENSE}
        results = [json_text(entry(topic, counted, day)) for topic in topics().values()]
        return raw_response(request, envelope(head, results))


class TopicDetail(ApiView):
    """One topic."""

    operation = "get_topic"
    summary = "One topic"
    responses = responses_of("topic_detail", 304, 400, 404)
    parameters = [in_path("code", "The code of the topic.", **fields.NAME), *in_query(AsOfForm)]

    def get(self, request: Request, code: str) -> HttpResponse:
        seq = fields.clean_query(AsOfForm(request.GET))["as_of"]
        if code not in topics():
            near = nearest_word(code[:60], topics())
            raise NoSuchResourceError(f"There is no topic “{code[:60]}”.", [near] if near else [])
        day = request.GET.get("as_of")
        detail = entry(topics()[code], counts(seq), day) | {"as_of": as_of(day, seq), "license": LICENSE}
        return json_response(request, detail, headers=link_header(request, topic_path(code)))


def as_of(day: str | None, seq: int | None) -> dict[str, object] | None:
    """Return the day or time that was asked for, and the last seq of it."""
    return {"asked": day, "seq": seq} if day else None


def topic_path(code: str) -> str:
    return f"/topics/{code}/"


def entry(topic: Topic, counted: Counts, day: str | None = None) -> dict[str, object]:
    """Return a topic as it stood on a day, with the URL of its claims as they stood then."""
    then = f"&as_of={quote(day)}" if day else ""
    return {
        "code": topic.code,
        "path": topic_path(topic.code),
        "label": topic.label,
        "scope": topic.scope,
        "counts": counted[topic.code],
        "claims": f"{ROOT}/claims/?topic={topic.code}{then}",
    }


def counts(seq: int | None) -> Counts:
    """Return how many documents and claims each topic has: those that the lists find by `topic=`. Two queries.

    A document has it in itself or in a claim; a claim has it in itself or, where it has none, by its subject.
    """
    topical = RecordLink.objects.filter(part="topic")
    rows: Any = topical.as_of(seq).values("target", "record__kind")
    counted: Counts = defaultdict(lambda: dict.fromkeys([*FOLDERS.values(), "claims"], 0))
    for row in rows.annotate(documents=Count("record", distinct=True), claims=Count("claim_id")):
        counted[row["target"]][FOLDERS[row["record__kind"]]] += row["documents"]
        counted[row["target"]]["claims"] += row["claims"]
    own = topical.filter(record=OuterRef("record"), claim_id=OuterRef("object_id"))
    silent: Any = RecordClaim.objects.as_of(seq).filter(~Exists(own))
    inherited = silent.filter(record__links__part="topic", record__links__claim_id=None)
    for code, claims in inherited.values_list("record__links__target").annotate(claims=Count("id")):
        counted[code]["claims"] += claims
    return counted
