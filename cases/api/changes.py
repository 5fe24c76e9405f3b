"""The log: what changed, in one gapless order, the bytes of every revision, and one hash over all of it."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import F, QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from cases.documents.kinds import FOLDERS, LICENSE
from cases.documents.types import parse_document
from cases.http.query_parameters import BadParameterError, check_names
from cases.models import Record, Revision
from cases.publication.ledger import timestamp
from cases.record.as_of import last_seq
from cases.record.lookup import document_of_revision
from cases.record.stored_document import NotInRecordError, RevisionHeader

from . import fields
from .details import REVISION_HEADERS
from .filtersets import MAX_DOCUMENTS
from .openapi import in_path, in_query, responses_of
from .problems import ROOT, NoSuchResourceError
from .responses import document_response, envelope, json_response, json_text, last_modified, raw_response, revision_leaf
from .views import ApiView

BATCH_ROWS = 5000


class LogForm(forms.Form):
    after = fields.WholeField(initial=0, help_text="Only revisions after this seq.")
    limit = fields.WholeField(minimum=1, maximum=200, initial=50, help_text="Revisions on one page.")


class ChangesForm(LogForm):
    include = fields.ChoiceField(
        words=("document",),
        help_text="`document`: also the exact text that was committed to, and its salt; "
        f"at most {MAX_DOCUMENTS} revisions.",
    )


class Log(ApiView):
    """Revisions after a seq, in order. `next` is always there: ask it again later for what is new.

    `head` is the last revision of all. It is read first, so that the set it closes is on the page or still to come
    as a whole, and it is there when nothing is new: a sign of life, and of the ledger still being the same one.
    """

    form: type[forms.Form] = LogForm
    parameters = in_query(LogForm)

    def get(self, request: Request) -> HttpResponse:
        query = fields.clean_query(self.form(request.GET))
        after, limit = query["after"], query["limit"]
        if query.get("include") and limit > MAX_DOCUMENTS:
            detail = f"With include=document, “limit” is at most {MAX_DOCUMENTS}."
            raise BadParameterError("limit", detail, str(MAX_DOCUMENTS))
        last = Revision.objects.last()
        if after > (seq := last.seq if last else 0):
            raise BadParameterError("after", f"“after” is {after}, but the last revision is {seq}.", str(seq))
        rows = list(self.revisions().filter(seq__gt=after, seq__lte=seq).order_by("seq")[:limit])
        next_after = rows[-1].seq if rows else after
        shown = {name: value for name, value in query.items() if value is not None}
        head = {
            "query": shown,
            "as_of": None,
            "next": request.build_absolute_uri(f"{request.path}?{urlencode(shown | {'after': next_after})}"),
            "next_after": next_after,
            "previous": None,
            "head": head_of(last) if last else None,
            "license": LICENSE,
        }
        headers = last_modified(RevisionHeader.by(last)) if last else {}
        results = [json_text(self.entry(row, query)) for row in rows]
        return raw_response(request, envelope(head, results), headers=headers)

    def revisions(self) -> QuerySet[Revision]:
        return Revision.objects.all()

    def entry(self, revision: Any, query: Mapping[str, object]) -> dict[str, object]:
        return revision_leaf(revision) | {"url": f"{ROOT}/revisions/{revision.seq}/"}


def head_of(revision: Revision) -> dict[str, object]:
    at = timestamp(revision.recorded_at)
    return {"seq": revision.seq, "at": at, "commitment": revision.commitment}


class Changes(Log):
    """The feed for mirrors: everything that happened to the record, with its reason.

    Rows of one `batch` were published together: apply them together. A batch is whole when the next row has another,
    or when `head` is reached. `redacts` names the revision whose words were erased: erase them too.
    """

    form = ChangesForm
    parameters = in_query(ChangesForm)
    operation = "list_changes"
    summary = "What changed, in order"
    responses = responses_of("change_list", 304, 400)

    def revisions(self) -> QuerySet[Any]:
        """Return revisions with their documents, which hold the reasons and titles; one query."""
        return Revision.objects.annotate(document=F("body__document"), salt=F("body__salt"))

    def entry(self, revision: Any, query: Mapping[str, object]) -> dict[str, object]:
        document = parse_document(revision.document) if revision.document else None
        entry = super().entry(revision, query)
        if query["include"]:
            entry |= {"document": revision.document, "salt": revision.salt}
        return entry | {
            "reason": document.version.reason if document else None,
            "reason_code": document.version.reason_code if document else None,
            "title": document.titles if document else None,
            "path": document.path if document else None,
        }


class Revisions(Log):
    """The leaves of the log: no words, only what happened to what, and the commitment to its bytes."""

    operation = "list_revisions"
    summary = "The log itself"
    responses = responses_of("revision_list", 304, 400)


class RevisionDetail(ApiView):
    """The bytes that one revision wrote, current or not. A withdrawn thing stays readable here, marked as withdrawn."""

    operation = "get_revision"
    summary = "The bytes of one revision"
    responses = responses_of("document", 304, 400, 404, 410)
    parameters = [
        in_path("seq", "The seq of the revision.", type="integer", minimum=1, maximum=fields.MAX_INTEGER),
        *REVISION_HEADERS,
    ]

    def get(self, request: Request, seq: int) -> HttpResponse:
        check_names(request.GET, ())
        try:
            revision = document_of_revision(min(seq, fields.MAX_INTEGER))
        except NotInRecordError as missing:
            if type(missing) is not NotInRecordError:
                raise
            raise NoSuchResourceError(f"There is no revision {seq}; the last is {last_seq()}.") from missing
        return document_response(request, revision)


class Digest(ApiView):
    """How many revisions and documents there are up to `seq`, and one hash over the log, erased words included.

    `log` is the SHA-256 of a line for each revision in order: its seq, its commitment, and `kept` or, when its words
    were erased, `erased`; parted by spaces, each ended by a line feed. Whoever has the same seq and the same hash has
    the same record, and has erased what was erased here.
    """

    operation = "get_digest"
    summary = "Counts and one hash, to compare a mirror with"
    responses = responses_of("digest", 304, 400)

    def get(self, request: Request) -> HttpResponse:
        check_names(request.GET, ())
        last = Revision.objects.last()
        if last is None:
            return json_response(request, digest(0, ""))
        return json_response(request, digest(last.seq, last.commitment), headers=last_modified(RevisionHeader.by(last)))


@lru_cache(maxsize=2)
def digest(seq: int, commitment: str) -> Mapping[str, object]:
    """Return the digest of the ledger whose last revision is this one. Linear in the ledger, then cached."""
    hashed = hashlib.sha256()
    after = erased = 0
    rows = Revision.objects.filter(seq__lte=seq).values_list("seq", "commitment", "body__salt")
    while batch := list(rows.filter(seq__gt=after).order_by("seq")[:BATCH_ROWS]):
        for number, committed, salt in batch:
            hashed.update(f"{number} {committed} {'erased' if salt is None else 'kept'}\n".encode())
            erased += salt is None
        after = batch[-1][0]
    documents = {folder: Record.objects.as_of(seq).filter(kind=kind).count() for kind, folder in FOLDERS.items()}
    return {
        "seq": seq,
        "commitment": commitment or None,
        "revisions": after,
        "erased": erased,
        "documents": sum(documents.values()),
        "counts": documents,
        "log": hashed.hexdigest(),
        "license": LICENSE,
    }
