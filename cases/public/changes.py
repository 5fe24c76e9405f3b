"""The ledger as readers see it: what happened to what, when and why."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from cases.models import Revision, RevisionBody
from cases.publication.canonical import Document, loads
from cases.publication.represent import FOLDERS

Change = dict[str, Any]


def changes(revisions: QuerySet[Revision]) -> list[Change]:
    """The revisions with what their documents say of them; of a redacted one only that it was."""
    rows = list(revisions)
    bodies = RevisionBody.objects.in_bulk([row.seq for row in rows])
    return [change(row, bodies.get(row.seq)) for row in rows]


def change(revision: Revision, body: RevisionBody | None) -> Change:
    known = {"seq": revision.seq, "action": revision.action, "kind": revision.kind, "at": revision.recorded_at}
    known |= {"version": revision.version, "cause": revision.cause}
    if body is None:
        return known | {"erased": True}
    document = loads(body.document)
    return known | {
        "title": document["title"],
        "title_given": document.get("title_given"),
        "reason": document["version"]["reason"],
        "withdrawn": document.get("withdrawn"),
        "lead": lead_of(document),
        "path": document["path"],
        "version_path": version_path(document),
    }


def version_path(document: Document) -> str:
    """The permanent address of this very version."""
    folder = FOLDERS[document["kind"]]
    return f"/{folder}/{document['slug']}/v/{document['version']['number']}/"


def lead_of(document: Document) -> Document | None:
    """The first claim of the lead, if there is one."""
    lead = document.get("lead") or []
    return next((claim for claim in document.get("claims", []) if lead and claim["id"] == lead[0]), None)


def numbers(documents: Iterable[Document]) -> list[Change]:
    """The history of one document, newest first, as its versions tell it."""
    return [
        document["version"] | {"path": version_path(document), "w": document.get("withdrawn")} for document in documents
    ]
