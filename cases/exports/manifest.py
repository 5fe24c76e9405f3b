"""What an export holds, and one hash by which two copies can be told to be equal."""

import hashlib
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery

from cases.documents.kinds import FOLDERS, LICENSE
from cases.documents.schemas import VERSION
from cases.models import Record, RecordClaim, Revision, RevisionBody

COMMITMENT_BATCH_MAX_ROWS = 5000
EXPORT_FILES = {
    "documents.ndjson": "Every document as it was published, one a line: `documents`, evidence included.",
    **{f"{folder}.ndjson": f"The {folder}, one document a line." for folder in FOLDERS.values()},
    "claims.csv": "One claim a row, with its standing, who says it, who replied, what disagrees and what is unknown.",
    **{f"{folder}.csv": f"One row for each of the {folder}." for folder in FOLDERS.values()},
    "entities.ftm.json": "Entities of FollowTheMoney, one a line.",
    "sources.csl.json": "The sources in CSL-JSON, for reference managers.",
    "sources.bib": "The sources in BibTeX.",
    "record.sqlite": "The whole record as one SQLite file, ready for Datasette.",
    "commitments.ndjson": "Seq, id, commitment and salt of every document: what the manifest's hash is made of.",
}


class CommitmentRow(NamedTuple):
    """What proves one document; without a salt when its words were erased while the export ran."""

    seq: int
    object_id: UUID
    commitment: str
    salt: str | None


def manifest(seq: int) -> dict[str, object]:
    """Return the manifest as JSON has it: counts and hash of the record as it stood at a seq, which never change."""
    return _manifest(seq, Revision.objects.filter(pk=seq).values_list("commitment", flat=True).first())


@lru_cache(maxsize=2)
def _manifest(seq: int, commitment: str | None) -> dict[str, object]:
    """Linear in the record, then cached; by the commitment too, since a database may be set back to an earlier day."""
    counted = dict(Record.objects.as_of(seq).order_by("kind").values_list("kind").annotate(Count("pk")))
    counts = {folder: counted.get(kind, 0) for kind, folder in FOLDERS.items()}
    digest = hashlib.sha256()
    for rows in commitment_batches(seq):
        for row in rows:
            digest.update(f"{row.seq} {row.commitment}\n".encode())
    return {
        "seq": seq,
        "documents": sum(counts.values()),
        "claims": RecordClaim.objects.as_of(seq).count(),
        "counts": counts,
        "hash": digest.hexdigest(),
        "schema_version": str(VERSION),
        "license": LICENSE,
        "files": {name: {"url": f"/api/v1/export/{name}", "holds": holds} for name, holds in EXPORT_FILES.items()},
    }


def commitment_batches(seq: int) -> Iterator[list[CommitmentRow]]:
    """Yield what proves each document that stood at a seq, in its order. One query a batch."""
    commitment = Revision.objects.filter(pk=OuterRef("since_seq")).values("commitment")
    salt = RevisionBody.objects.filter(pk=OuterRef("since_seq")).values("salt")
    rows = Record.objects.as_of(seq).order_by("since_seq")
    rows = rows.annotate(commitment=Subquery(commitment), salt=Subquery(salt))
    values = rows.values_list("since_seq", "object_id", "commitment", "salt")
    after = 0
    while batch := [CommitmentRow(*row) for row in values.filter(since_seq__gt=after)[:COMMITMENT_BATCH_MAX_ROWS]]:
        yield batch
        after = batch[-1].seq


def commitment_lines(seq: int) -> Iterator[bytes]:
    """Yield seq, id, commitment and salt of each document, one a line."""
    for rows in commitment_batches(seq):
        yield "".join(
            json.dumps({"seq": row.seq, "id": str(row.object_id), "commitment": row.commitment, "salt": row.salt})
            + "\n"
            for row in rows
        ).encode()
