"""The digest: one hash over the log, which a mirror compares with its own."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from django.http import HttpResponse
from rest_framework.request import Request

from cases.documents.kinds import FOLDERS, LICENSE
from cases.models import Record, Revision
from cases.record.stored_document import RevisionHeader

from . import fields
from .changes import NoForm
from .openapi import responses_of
from .responses import json_response, last_modified
from .views import ApiView

BATCH_ROWS = 5000


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
        fields.clean_query(NoForm(request.GET))
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
