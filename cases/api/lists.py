"""Lists: stored cards or whole documents, joined into an envelope without being parsed."""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import msgspec
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import HttpResponse
from rest_framework.request import Request

from cases.documents.kinds import LICENSE
from cases.http.pagination import Ordering, Page, Position, decode_cursor, encode_cursor, query_hash, read_page
from cases.models import Record, RecordClaim, RecordExcerpt, RevisionBody
from cases.models.record import Versioned, VersionedQuerySet
from cases.record.as_of import statuses
from cases.record.lookup import raise_if_withdrawn

from .filtersets import Claims, Excerpts, Listing
from .openapi import responses_of
from .responses import envelope, raw_response, robots_header, url_with
from .views import ApiView

ORDERINGS = dict.fromkeys(("title", "subject", "source"), Ordering("sort_key"))
ORDERINGS["recent"] = Ordering("since_seq", is_number=True, descending=True)
# Of each row, in this order; a list of cards has `card` as well
COLUMNS = ("sort_key", "id_text", "since_seq")
SEQ = COLUMNS.index("since_seq")
# An id as text: to make UUIDs of a page takes Python as long as to read the rest of it
ID_TEXT = Cast("object_id", TextField())
ListRow = tuple[str | int, ...]
# What may change from page to page: it does not change which rows there are, nor their order
UNBOUND = ("limit", "count", "include")


class ListView(ApiView):
    """A list of rows with cards."""

    resource = ""
    kind = ""
    model: type[Versioned] = Record
    filterset_class: type[Listing] = Listing

    def get_queryset(self) -> VersionedQuerySet:
        rows = self.model.objects.all()
        return rows.filter(Q(kind=self.kind)) if self.kind else rows

    def get(self, request: Request) -> HttpResponse:
        filterset = self.filterset_class(request.GET, self.get_queryset())
        filterset.validate()
        query, cleaned, as_of = filterset.applied(), filterset.cleaned, request.GET.get("as_of")
        with_documents = bool(cleaned.get("include"))
        links = PageLinks(request, self.resource, query, ORDERINGS[cleaned["order"]])
        rows = filterset.qs.annotate(id_text=ID_TEXT).values_list(*COLUMNS, *([] if with_documents else ["card"]))
        page = read_page(rows, links.ordering, links.position, cleaned["limit"])
        head: dict[str, Any] = {
            "query": query,
            "as_of": {"asked": as_of, "seq": cleaned["as_of"]} if as_of else None,
            "next": links.next(page),
            "previous": links.previous(page),
            "license": LICENSE,
        }
        if cleaned["count"]:
            head["count"] = filterset.qs.count()
        head |= filterset.extra_members()
        if as_of:
            became = statuses([row[SEQ] for row in page.rows])
            head["statuses"] = [became[row[SEQ]] for row in page.rows]
        # whoever follows one subject that was withdrawn learns that: it did not just lose its claims
        if cleaned.get("subject") and not (as_of or page.rows or links.position):
            raise_if_withdrawn(cleaned["subject"])
        headers = robots_header(is_current=not as_of)
        if not with_documents:
            return raw_response(request, envelope(head, [row[-1] for row in page.rows]), headers=headers)
        texts, head["meta"] = texts_and_meta([row[SEQ] for row in page.rows])
        tag = hashlib.sha256(msgspec.json.encode(head)).hexdigest()  # the commitments in it vouch for the documents
        return raw_response(request, envelope(head, texts), etag=f'"{tag}"', headers=headers)


class PageLinks:
    """The position that the cursor of a request names, and the URLs of the neighbouring pages."""

    def __init__(self, request: Request, resource: str, query: Mapping[str, object], ordering: Ordering) -> None:
        self.request, self.ordering = request, ordering
        bound = {name: value for name, value in query.items() if name not in UNBOUND}
        self.bound_to = query_hash(resource, bound, request.GET.get("as_of"))

    @cached_property
    def position(self) -> Position | None:
        """Return the position of the cursor. Raises BadParameterError."""
        cursor = self.request.GET.get("cursor")
        return decode_cursor(cursor, self.bound_to, self.ordering) if cursor else None

    def previous(self, page: Page[ListRow]) -> str | None:
        return self._url(page.rows[0], backwards=True) if page.has_previous else None

    def next(self, page: Page[ListRow]) -> str | None:
        return self._url(page.rows[-1], backwards=False) if page.has_next else None

    def _url(self, row: ListRow, *, backwards: bool) -> str:
        position = Position(backwards, row[COLUMNS.index(self.ordering.column)], str(row[1]))
        return url_with(self.request, "cursor", encode_cursor(position, self.bound_to))


class RecordList(ListView):
    """Documents of one kind."""


class ClaimList(ListView):
    """Claims: each the fact of one subject, with its standing and who says it."""

    resource = "claims"
    model = RecordClaim
    filterset_class = Claims
    operation = "list_claims"
    summary = "List claims"
    responses = responses_of("claim_list", 304, 400, 410)


class ExcerptList(ListView):
    """Excerpts: the exact words of sources that claims cite."""

    resource = "excerpts"
    model = RecordExcerpt
    filterset_class = Excerpts
    operation = "list_excerpts"
    summary = "List excerpts"
    responses = responses_of("excerpt_list", 304, 400)


def texts_and_meta(seqs: list[int]) -> tuple[list[str], list[dict[str, object]]]:
    """Return the documents that these revisions wrote, and what it takes to verify each; one query.

    One whose words are missing is null, though `redact` leaves no row of it behind.
    """
    columns = ("revision__version", "revision__commitment", "salt", "document")
    bodies = {pk: row for pk, *row in RevisionBody.objects.filter(pk__in=seqs).values_list("pk", *columns)}
    texts, meta = [], []
    for seq in seqs:
        if seq in bodies:
            version, commitment, salt, text = bodies[seq]
            texts.append(text)
            meta.append({"seq": seq, "version": version, "commitment": commitment, "salt": salt})
        else:
            texts.append("null")
            meta.append({"seq": seq, "redacted": True})
    return texts, meta
