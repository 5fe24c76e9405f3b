"""Lists: cards and documents as they are stored, joined into an envelope without being read again."""

import json
from typing import Any

from django.db import connection
from django.http import HttpResponse
from rest_framework.request import Request

from cases.models import Record, RecordClaim, RecordExcerpt
from cases.publication.represent import LICENSE

from . import paging
from .answers import View, answer
from .filtersets import Claims, Declared, Excerpts, Listing
from .openapi import answers


class ListView(View):
    """A list of rows with cards."""

    resource = ""
    model: Any = Record
    filterset_class: Any = Listing
    filter_backends = [Declared]

    def get_queryset(self) -> Any:
        return self.model.objects.all()

    def get(self, request: Request) -> HttpResponse:
        asked = Declared().get_filterset(request, self.get_queryset(), self)
        query, cleaned, as_of = asked.applied(), asked.form.cleaned_data, request.GET.get("as_of")
        bound = paging.binding(self.resource, query, as_of)
        cursor = paging.decode(cleaned["cursor"], bound, cleaned["order"]) if cleaned["cursor"] else None
        page = paging.read_page(asked.qs, cleaned["order"], cleaned["limit"], cursor)
        head = {
            "query": query,
            "as_of": {"asked": as_of, "seq": cleaned["as_of"]} if as_of else None,
            "next": link(request, page.next, bound),
            "previous": link(request, page.previous, bound),
            "license": LICENSE,
        }
        if cleaned["count"]:
            head["count"] = asked.qs.count()
        head |= asked.told()
        texts = [card for _key, _id, _seq, card in page.rows]
        if cleaned.get("include"):
            texts, head["meta"] = documents([seq for _key, _id, seq, _card in page.rows])
        return answer(request, envelope(head, texts))


class RecordList(ListView):
    """Documents of one kind."""

    kind = ""

    def get_queryset(self) -> Any:
        return Record.objects.filter(kind=self.kind)


class ClaimList(ListView):
    """Claims: each the fact of one subject, with its standing and who says it."""

    resource = "claims"
    model = RecordClaim
    filterset_class = Claims
    operation = "list_claims"
    summary = "List claims"
    answers = answers("claim_list", 304, 400)


class ExcerptList(ListView):
    """Excerpts: the exact words of sources that claims cite."""

    resource = "excerpts"
    model = RecordExcerpt
    filterset_class = Excerpts
    operation = "list_excerpts"
    summary = "List excerpts"
    answers = answers("excerpt_list", 304, 400)


WRITTEN = """
    SELECT v.seq, b.document, v.version, v.commitment, b.salt
    FROM cases_revision v JOIN cases_revisionbody b ON b.revision_id = v.seq WHERE v.seq IN"""


def documents(seqs: list[int]) -> tuple[list[str], list[dict[str, Any]]]:
    """The documents that these revisions wrote, and what it takes to check each. One query.

    Written by hand: it is asked for every page of every mirror, and the ORM takes longer to build it than to run it.
    """
    bodies: dict[int, tuple[str, int, str, str]] = {}
    if seqs:
        with connection.cursor() as cursor:
            cursor.execute(f"{WRITTEN} ({', '.join(['%s'] * len(seqs))})", seqs)
            bodies = {seq: rest for seq, *rest in cursor.fetchall()}
    texts, meta = [], []
    for seq in seqs:
        if seq in bodies:
            text, version, commitment, salt = bodies[seq]
            texts.append(text)
            meta.append({"seq": seq, "version": version, "commitment": commitment, "salt": salt})
        else:  # its words were erased between the two queries
            texts.append("null")
            meta.append({"seq": seq, "redacted": True})
    return texts, meta


def link(request: Request, cursor: paging.Cursor | None, bound: str) -> str | None:
    """The same query from another place on: a path without host, so that no header of a proxy can bend it."""
    if cursor is None:
        return None
    query = request.GET.copy()
    query["cursor"] = paging.encode(cursor, bound)
    return f"{request.path}?{query.urlencode()}"


def envelope(head: dict[str, Any], results: list[str]) -> str:
    """The envelope with `results`, which are JSON texts already."""
    opening = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return f'{opening[:-1]},"results":[{",".join(results)}]}}'
