"""Lists: cards and documents as they are stored, joined into an envelope without being read again."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict
from django_filters.rest_framework import DjangoFilterBackend

from cases.documents.build import LICENSE
from cases.models import Record, RecordClaim, RecordExcerpt, RevisionBody
from cases.record.lookup import raise_gone, statuses

from . import pagination
from .filtersets import Claims, Excerpts, Listing, checked, form_class
from .openapi import answers
from .responses import View, answer, not_indexed

SEQ = pagination.COLUMNS_READ.index("since_seq")


@dataclass(frozen=True)
class Asked:
    """What a query means to a list, on whatever page."""

    filterset: Listing
    query: dict[str, Any]
    bound: str
    pages: pagination.Pages
    text: str
    """The query as it is written before a cursor."""


Given = tuple[tuple[str, tuple[str, ...]], ...]
"""A query: every name with its values, in the order given."""


def understand(filterset_class: type[Listing], model: Any, kind: str, resource: str, given: Given) -> Asked:
    """Raises BadParameter for what the list does not know."""
    data = QueryDict(mutable=True)
    for name, values in given:
        data.setlist(name, list(values))
    rows = model.objects.filter(kind=kind) if kind else model.objects.all()
    filterset = checked(filterset_class(data, rows))
    query, cleaned = filterset.applied(), filterset.form.cleaned_data
    return Asked(
        filterset,
        query,
        pagination.binding(resource, query, data.get("as_of")),
        pagination.Pages(filterset.qs, cleaned["order"], whole=bool(cleaned.get("include"))),
        f"{data.urlencode()}&" if given else "",
    )


recall = lru_cache(maxsize=256)(understand)
"""As `understand`, once for each query: without it a mirror, which asks the same for every page, waits for forms and
SQL to be built longer than for the database. Only for what always means the same (`steady`).
"""


class ListView(View):
    """A list of rows with cards."""

    resource = ""
    kind = ""
    model: Any = Record
    filterset_class: Any = Listing
    filter_backends = [DjangoFilterBackend]  # by which drf-spectacular finds the parameters

    def get_queryset(self) -> Any:
        """For drf-spectacular too."""
        return self.model.objects.all()

    def get(self, request: HttpRequest) -> HttpResponse:
        asked, at = self.asked(request)
        cleaned, as_of = asked.filterset.form.cleaned_data, request.GET.get("as_of")
        cursor = pagination.decode(at, asked.bound, cleaned["order"]) if at else None
        page = asked.pages.read(cleaned["limit"], cursor)
        head: dict[str, Any] = {
            "query": asked.query,
            "as_of": {"asked": as_of, "seq": cleaned["as_of"]} if as_of else None,
            "next": link(request, asked, page.next),
            "previous": link(request, asked, page.previous),
            "license": LICENSE,
        }
        if cleaned["count"]:
            head["count"] = asked.filterset.qs.count()
        head |= asked.filterset.told()
        if as_of:
            became = statuses([row[SEQ] for row in page.rows])
            head["statuses"] = [became[row[SEQ]] for row in page.rows]
        if not page.rows and not at:
            self.explain_nothing(cleaned)
        headers = not_indexed(not as_of)
        if not asked.pages.whole:
            return answer(request, envelope(head, [row[-1] for row in page.rows]), **headers)
        texts, head["meta"] = texts_and_meta(page.rows)
        tag = hashlib.sha256(orjson.dumps(head)).hexdigest()  # the commitments in it vouch for the documents
        return answer(request, around(head, b",".join(texts)), etag=f'"{tag}"', **headers)

    def explain_nothing(self, cleaned: dict[str, Any]) -> None:
        """Where there is a reason why nothing is found, raise it."""

    def asked(self, request: HttpRequest) -> tuple[Asked, str | None]:
        """What is asked, and the cursor."""
        cursors = request.GET.getlist("cursor")
        at = cursors[0] if len(cursors) == 1 and cursors[0].strip() else None
        given = tuple((name, tuple(values)) for name, values in request.GET.lists() if not (at and name == "cursor"))
        known = form_class(self.filterset_class).base_fields
        steady = all(name in known and known[name].steady for name, _values in given)
        return (recall if steady else understand)(self.filterset_class, self.model, self.kind, self.resource, given), at


class RecordList(ListView):
    """Documents of one kind."""


class ClaimList(ListView):
    """Claims: each the fact of one subject, with its standing and who says it."""

    resource = "claims"
    model = RecordClaim
    filterset_class = Claims
    operation = "list_claims"
    summary = "List claims"
    answers = answers("claim_list", 304, 400, 410)

    def explain_nothing(self, cleaned: dict[str, Any]) -> None:
        """Whoever follows one subject is told that it was withdrawn, and why; it did not just lose its claims."""
        if cleaned["subject"] and cleaned["as_of"] is None:
            raise_gone(cleaned["subject"])


class ExcerptList(ListView):
    """Excerpts: the exact words of sources that claims cite."""

    resource = "excerpts"
    model = RecordExcerpt
    filterset_class = Excerpts
    operation = "list_excerpts"
    summary = "List excerpts"
    answers = answers("excerpt_list", 304, 400)


def texts_and_meta(rows: list[Any]) -> tuple[list[bytes], list[dict[str, Any]]]:
    """The documents of a page, and what it takes to check each; or that its words are missing, though `redact` leaves
    no such row behind.
    """
    bodies = RevisionBody.objects.filter(pk__in=[row[SEQ] for row in rows])
    read = {seq: text.encode() for seq, text in bodies.values_list("pk", "document")}
    texts, meta = [], []
    for _key, _id, seq, version, commitment, salt in rows:
        text = read.get(seq)
        texts.append(text or b"null")
        checked_by = {"seq": seq, "version": version, "commitment": commitment, "salt": salt}
        meta.append(checked_by if text else {"seq": seq, "redacted": True})
    return texts, meta


def link(request: HttpRequest, asked: Asked, cursor: pagination.Cursor | None) -> str | None:
    """The same query from another place on: a path without host, so that no header of a proxy can bend it."""
    return f"{request.path}?{asked.text}cursor={pagination.encode(cursor, asked.bound)}" if cursor else None


def envelope(head: dict[str, Any], results: list[str]) -> bytes:
    """The envelope with `results`, which are JSON texts already."""
    return around(head, ",".join(results).encode())


def around(head: dict[str, Any], results: bytes) -> bytes:
    return b'%b,"results":[%b]}' % (orjson.dumps(head)[:-1], results)
