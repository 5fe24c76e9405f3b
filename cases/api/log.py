"""The log: what changed, in one gapless order, and the bytes of every revision."""

import json
from typing import Any

from django import forms
from django.db.models import F
from django.http import HttpResponse
from rest_framework.request import Request

from cases.models import Revision
from cases.parameters import BadParameter
from cases.publication.canonical import Document, loads
from cases.publication.record import titles
from cases.publication.represent import LICENSE
from cases.reading import Missing, found, last_seq

from . import fields
from .answers import View, answer, leaf, stored
from .details import OF_REVISION, compact, raise_redacted, status_of
from .lists import envelope
from .openapi import answers, in_path, in_query
from .problems import ROOT, NotHere


class LogForm(forms.Form):
    after = fields.WholeField(initial=0, help_text="Only revisions after this seq.")
    limit = fields.WholeField(minimum=1, maximum=200, initial=50, help_text="Revisions on one page.")


class NoForm(forms.Form):
    """For addresses that take no parameters."""


class Log(View):
    """Revisions after a seq, in order. `next` is always there: ask it again later for what is new."""

    parameters = in_query(LogForm)

    def get(self, request: Request) -> HttpResponse:
        query = fields.asked(LogForm(request.GET))
        after, limit = query["after"], query["limit"]
        rows = list(self.revisions().filter(seq__gt=after).order_by("seq")[:limit])
        if not rows and after > (last := last_seq()):
            raise BadParameter("after", f"“after” is {after}, but the last revision is {last}.", str(last))
        next_after = rows[-1].seq if rows else after
        head = {
            "query": query,
            "as_of": None,
            "next": f"{request.path}?after={next_after}&limit={limit}",
            "next_after": next_after,
            "previous": None,
            "license": LICENSE,
        }
        return answer(request, envelope(head, [compact(self.entry(row)) for row in rows]))

    def revisions(self) -> Any:
        return Revision.objects.all()

    def entry(self, revision: Any) -> Document:
        return leaf(revision) | {"url": f"{ROOT}/revisions/{revision.seq}/"}


class Changes(Log):
    """The feed for mirrors: every publication, correction, withdrawal and reinstatement, with its reason."""

    operation = "list_changes"
    summary = "What changed, in order"
    answers = answers("change_list", 304, 400)

    def revisions(self) -> Any:
        """With the documents, which hold the reasons and titles; one query."""
        return Revision.objects.annotate(document=F("body__document"))

    def entry(self, revision: Any) -> Document:
        document = loads(revision.document) if revision.document else None
        version = document["version"] if document else {}
        return super().entry(revision) | {
            "reason": version.get("reason"),
            "reason_code": version.get("reason_code"),
            "title": titles(document) if document else None,
            "path": document["path"] if document else None,
        }


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
    parameters = [in_path("seq", "The seq of the revision.", type="integer", minimum=1), *OF_REVISION]

    def get(self, request: Request, seq: int) -> HttpResponse:
        fields.asked(NoForm(request.GET))
        try:
            one = found(min(seq, fields.BIGGEST))
        except Missing as missing:
            raise_redacted(missing)
            raise NotHere(f"There is no revision {seq}; the last is {last_seq()}.") from missing
        path = json.loads(one.text)["path"]
        return stored(request, one, canonical=path, status=status_of(seq, one.revision.object_id))
