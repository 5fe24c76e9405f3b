"""The log: what changed, in one gapless order, and the bytes of every revision."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from cases.documents.build import LICENSE
from cases.documents.canonical import Document
from cases.documents.types import parse_document
from cases.http.query_parameters import BadParameter
from cases.models import Revision
from cases.publication.ledger import timestamp
from cases.publication.projection import titles
from cases.record.lookup import Missing, Written, found, last_seq

from . import fields
from .details import OF_REVISION, compact, raise_redacted, status_of
from .filtersets import FULL
from .lists import envelope
from .openapi import answers, in_path, in_query
from .problems import ROOT, NotHere
from .responses import View, answer, changed, leaf, stored


class LogForm(forms.Form):
    after = fields.WholeField(initial=0, help_text="Only revisions after this seq.")
    limit = fields.WholeField(minimum=1, maximum=200, initial=50, help_text="Revisions on one page.")


class NoForm(forms.Form):
    """For addresses that take no parameters."""


class ChangesForm(LogForm):
    include = fields.ChoiceField(
        words=("document",),
        help_text=f"`document`: also the exact text that was committed to, and its salt; at most {FULL} revisions.",
    )


class Log(View):
    """Revisions after a seq, in order. `next` is always there: ask it again later for what is new.

    `head` is the last revision of all. It is read first, so that the set it closes is on the page or still to come
    as a whole, and it is there when nothing is new: a sign of life, and of the ledger still being the same one.
    """

    form: Any = LogForm
    parameters = in_query(LogForm)

    def get(self, request: HttpRequest) -> HttpResponse:
        query = fields.asked(self.form(request.GET))
        after, limit = query["after"], query["limit"]
        if query.get("include") and limit > FULL:
            raise BadParameter("limit", f"With include=document, “limit” is at most {FULL}.", str(FULL))
        last = Revision.objects.last()
        if after > (seq := last.seq if last else 0):
            raise BadParameter("after", f"“after” is {after}, but the last revision is {seq}.", str(seq))
        rows = list(self.revisions().filter(seq__gt=after, seq__lte=seq).order_by("seq")[:limit])
        next_after = rows[-1].seq if rows else after
        shown = {name: value for name, value in query.items() if value is not None}
        head = {
            "query": shown,
            "as_of": None,
            "next": f"{request.path}?{urlencode(shown | {'after': next_after})}",
            "next_after": next_after,
            "previous": None,
            "head": head_of(last) if last else None,
            "license": LICENSE,
        }
        modified = {"Last_Modified": changed(Written.by(last))} if last else {}
        return answer(request, envelope(head, [compact(self.entry(row, query)) for row in rows]), **modified)

    def revisions(self) -> Any:
        return Revision.objects.all()

    def entry(self, revision: Any, query: Document) -> Document:
        return leaf(revision) | {"url": f"{ROOT}/revisions/{revision.seq}/"}


def head_of(revision: Revision) -> Document:
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
    answers = answers("change_list", 304, 400)

    def revisions(self) -> Any:
        """With the documents, which hold the reasons and titles; one query."""
        return Revision.objects.annotate(document=F("body__document"), salt=F("body__salt"))

    def entry(self, revision: Any, query: Document) -> Document:
        document = parse_document(revision.document) if revision.document else None
        version = document["version"] if document else {}
        bytes_too = {"document": revision.document, "salt": revision.salt} if query["include"] else {}
        return (
            super().entry(revision, query)
            | bytes_too
            | {
                "reason": version.get("reason"),
                "reason_code": version.get("reason_code"),
                "title": titles(document) if document else None,
                "path": document["path"] if document else None,
            }
        )


class Revisions(Log):
    """The leaves of the log: no words, only what happened to what, and the commitment to its bytes."""

    operation = "list_revisions"
    summary = "The log itself"
    answers = answers("revision_list", 304, 400)


class RevisionDetail(View):
    """The bytes that one revision wrote, current or not. A withdrawn thing stays readable here, marked as withdrawn."""

    operation = "get_revision"
    summary = "The bytes of one revision"
    answers = answers("document", 304, 400, 404, 410)
    parameters = [
        in_path("seq", "The seq of the revision.", type="integer", minimum=1, maximum=fields.BIGGEST),
        *OF_REVISION,
    ]

    def get(self, request: HttpRequest, seq: int) -> HttpResponse:
        fields.asked(NoForm(request.GET))
        try:
            one = found(min(seq, fields.BIGGEST))
        except Missing as missing:
            raise_redacted(missing)
            raise NotHere(f"There is no revision {seq}; the last is {last_seq()}.") from missing
        return stored(request, one, canonical=one.path, status=status_of(seq))
