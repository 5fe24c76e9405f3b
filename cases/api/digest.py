"""Proof of equality: what a mirror that is in step must have, in one hash."""

import hashlib
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.documents.build import FOLDERS, LICENSE
from cases.models import Record, Revision
from cases.record.lookup import Written

from . import fields
from .changes import NoForm
from .details import compact
from .openapi import answers
from .responses import View, answer, changed

ROWS = 5000


class Digest(View):
    """How many revisions and documents there are up to `seq`, and one hash over the log, erased words included.

    `log` is the SHA-256 of a line for each revision in order: its seq, its commitment, and `kept` or, when its words
    were erased, `erased`; parted by spaces, each ended by a line feed. Whoever has the same seq and the same hash has
    the same record, and has erased what was erased here.
    """

    operation = "get_digest"
    summary = "Counts and one hash, to compare a mirror with"
    answers = answers("digest", 304, 400)

    def get(self, request: HttpRequest) -> HttpResponse:
        fields.asked(NoForm(request.GET))
        last = Revision.objects.last()
        if last is None:
            return answer(request, compact(digest(0, "")))
        return answer(request, compact(digest(last.seq, last.commitment)), Last_Modified=changed(Written.by(last)))


@lru_cache(maxsize=2)
def digest(seq: int, commitment: str) -> dict[str, Any]:
    """The digest of the ledger whose last revision is this one. Linear in the ledger, then kept until the next."""
    hashed: Any = hashlib.sha256()
    after = erased = 0
    rows: Any = Revision.objects.filter(seq__lte=seq).values_list("seq", "commitment", "body__salt")
    while found := list(rows.filter(seq__gt=after).order_by("seq")[:ROWS]):
        for number, committed, salt in found:
            hashed.update(f"{number} {committed} {'erased' if salt is None else 'kept'}\n".encode())
            erased += salt is None
        after = found[-1][0]
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
