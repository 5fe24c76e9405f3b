"""Topics: the closed list with labels, scopes, and how much of the record each holds."""

from collections import defaultdict
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse

from cases.documents.build import FOLDERS, LICENSE
from cases.documents.canonical import Document
from cases.models import RecordClaim, RecordLink
from cases.record.names import nearest_word
from cases.vocabularies import Topic, topics

from . import fields
from .details import AsOfForm, compact
from .lists import envelope
from .openapi import answers, in_path, in_query
from .problems import ROOT, NotHere
from .responses import View, answer, links

Counts = dict[str, dict[str, int]]


class TopicList(View):
    """The closed list of topics; analytical lenses are topics too."""

    operation = "list_topics"
    summary = "All topics"
    answers = answers("topic_list", 304, 400)
    parameters = in_query(AsOfForm)

    def get(self, request: HttpRequest) -> HttpResponse:
        seq = fields.asked(AsOfForm(request.GET))["as_of"]
        counted, asked = counts(seq), request.GET.get("as_of")
        head: dict[str, Any] = {
            "query": {},
            "as_of": as_of(asked, seq),
            "next": None,
            "previous": None,
            "license": LICENSE,
        }
        return answer(request, envelope(head, [compact(entry(topic, counted, asked)) for topic in topics().values()]))


class TopicDetail(View):
    """One topic."""

    operation = "get_topic"
    summary = "One topic"
    answers = answers("topic_detail", 304, 400, 404)
    parameters = [in_path("code", "The code of the topic.", **fields.NAME), *in_query(AsOfForm)]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        seq = fields.asked(AsOfForm(request.GET))["as_of"]
        if code not in topics():
            near = nearest_word(code[:60], topics())
            raise NotHere(f"There is no topic “{code[:60]}”.", [near] if near else [])
        asked = request.GET.get("as_of")
        told = entry(topics()[code], counts(seq), asked) | {"as_of": as_of(asked, seq), "license": LICENSE}
        return answer(request, compact(told), Link=links(told["path"]))


def as_of(asked: str | None, seq: int | None) -> Document | None:
    """The day that was asked for, and the last seq of it."""
    return {"asked": asked, "seq": seq} if asked else None


def entry(topic: Topic, counted: Counts, asked: str | None = None) -> Document:
    """A topic as it stood then, with the list of its claims as they stood then."""
    then = f"&as_of={quote(asked)}" if asked else ""
    return {
        "code": topic.code,
        "path": f"/topics/{topic.code}/",
        "label": topic.label,
        "scope": topic.scope,
        "counts": counted[topic.code],
        "claims": f"{ROOT}/claims/?topic={topic.code}{then}",
    }


def counts(seq: int | None) -> Counts:
    """How many documents and claims each topic has: exactly those that the lists have for `topic=`. Two queries.

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
