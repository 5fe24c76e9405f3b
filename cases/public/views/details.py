"""Pages of one subject or source, now, as of a day, or in one version."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.publication.canonical import Document
from cases.reading import Found, Moved, find, find_version, history, naming

from .. import naming as named
from ..addresses import bare
from ..cards import groups
from ..changes import numbers, version_path
from ..documents import opened
from ..door import door
from ..moments import moment_of, seq_of
from ..pages import render

NAMED_IN = ("actor", "system")
IN_A_PLACE = ["case", "collaboration", "system", "actor", "place"]
USING_A_SOURCE = ["case", "collaboration", "system", "actor", "place", "source"]


@door("as_of")
def detail(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What stands now, or stood on a day. The document is rendered as it is stored."""
    as_of = moment_of(request)
    found = find(kind, slug, seq=seq_of(as_of))
    document = found.document
    if document["path"] != bare(request.path):
        raise Moved(document["path"])
    context = _context(found, document) | _beside(document, seq_of(as_of), as_of.text if as_of else "")
    return render(request, _template(document), context, as_of=as_of)


@door()
def version(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """One version for good. It says when it is not the one that stands."""
    found = find_version(kind, slug, number)
    document = found.document
    if version_path(document) != bare(request.path):
        raise Moved(version_path(document))
    context = _context(found, document) | {"versioned": True}
    template = "withdrawn.html" if "withdrawn" in document else _template(document)
    path = document["path"] if found.current else ""
    return render(request, template, context, indexed=found.current, path=path)


def _template(document: Document) -> str:
    return "source.html" if document["kind"] == "source" else "subject.html"


def _context(found: Found, document: Document) -> dict[str, Any]:
    versions = numbers(each.document for each in history(document["id"]))
    return {
        "document": opened(document),
        "current": found.current,
        "withdrawn": versions[0] if versions[0]["w"] else None,
        "versions": versions,
        "version_path": version_path(document),
    }


def _beside(document: Document, seq: int | None, as_of: str) -> dict[str, Any]:
    """What stands beside a document and never in it: who names it, and what rests on it."""
    if document["kind"] in NAMED_IN:
        return {
            "named_in": named.named_in(document["id"], seq),
            "no_legal_status": named.without_legal_status(document, seq),
        }
    if document["kind"] == "place":
        query = {"place": document["slug"], "as_of": as_of}
        others = naming(document["id"], seq=seq).exclude(object_id=document["id"])
        return {"groups": groups(others, IN_A_PLACE, **query)}
    if document["kind"] == "source":
        rows = naming(document["id"], seq=seq)
        return {
            "excerpts": named.excerpts_of(document["id"], seq),
            "groups": groups(rows, USING_A_SOURCE),
        }
    return {}
