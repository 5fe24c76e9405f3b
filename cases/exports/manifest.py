"""What an export holds, and one hash by which two copies can be told to be equal."""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db.models import Count, OuterRef, Subquery

from cases.documents.build import FOLDERS, LICENSE
from cases.models import Record, RecordClaim, Revision, RevisionBody

SCHEMA_VERSION = "1"
COMMITMENT_ROWS = 5000
FILES = {
    "documents.ndjson": "Every document as it was published, one a line: `documents`, evidence included.",
    **{f"{folder}.ndjson": f"The {folder}, one document a line." for folder in FOLDERS.values()},
    "claims.csv": "One claim a row, with its standing, who says it, what is in dispute and what is unknown.",
    **{f"{folder}.csv": f"One row for each of the {folder}." for folder in FOLDERS.values()},
    "entities.ftm.json": "Entities of FollowTheMoney, one a line.",
    "sources.csl.json": "The sources in CSL-JSON, for reference managers.",
    "sources.bib": "The sources in BibTeX.",
    "record.sqlite": "The whole record as one SQLite file, ready for Datasette.",
    "commitments.ndjson": "Seq, id, commitment and salt of every document: what the manifest's hash is made of.",
}


EXPORT_ROOT = "/api/v1/export"


def manifest(seq: int) -> dict[str, Any]:
    """Counts and hash of the record as it stood at a seq, which never change."""
    return _manifest(seq, Revision.objects.filter(pk=seq).values_list("commitment", flat=True).first())


@lru_cache(maxsize=2)
def _manifest(seq: int, commitment: str | None) -> dict[str, Any]:
    """Linear in the record, then kept; by the commitment too, since a database may be set back to an earlier day."""
    records = Record.objects.as_of(seq)
    counted = dict(records.order_by("kind").values_list("kind").annotate(Count("pk")))
    counts = {folder: counted.get(kind, 0) for kind, folder in FOLDERS.items()}
    digest: Any = hashlib.sha256()
    for rows in commitments(seq):
        for number, _object_id, commitment, _salt in rows:
            digest.update(f"{number} {commitment}\n".encode())
    return {
        "seq": seq,
        "documents": sum(counts.values()),
        "claims": RecordClaim.objects.as_of(seq).count(),
        "counts": counts,
        "hash": digest.hexdigest(),
        "schema_version": SCHEMA_VERSION,
        "license": LICENSE,
        "files": {name: {"url": f"{EXPORT_ROOT}/{name}", "holds": holds} for name, holds in FILES.items()},
    }


def commitments(seq: int) -> Iterator[list[Any]]:
    """(seq, id, commitment, salt) of what stood at a seq, in its order, in batches."""
    written = Revision.objects.filter(pk=OuterRef("since_seq")).values("commitment")
    salt = RevisionBody.objects.filter(pk=OuterRef("since_seq")).values("salt")
    rows = Record.objects.as_of(seq).order_by("since_seq")
    rows = rows.annotate(commitment=Subquery(written), salt=Subquery(salt))
    wanted: Any = rows.values_list("since_seq", "object_id", "commitment", "salt")
    after = 0
    while found := list(wanted.filter(since_seq__gt=after)[:COMMITMENT_ROWS]):
        yield found
        after = found[-1][0]


def commitment_lines(seq: int) -> Iterator[bytes]:
    for rows in commitments(seq):
        yield "".join(
            json.dumps({"seq": number, "id": str(object_id), "commitment": commitment, "salt": salt}) + "\n"
            for number, object_id, commitment, salt in rows
        ).encode()
