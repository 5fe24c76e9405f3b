"""Pages of one subject or source, now, as of a day, or in one version."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.documents.canonical import Document
from cases.http.query_parameters import BadParameter
from cases.public.language_urls import bare
from cases.public.page_view import door
from cases.public.presenters import named_in as named
from cases.public.presenters.changes import numbers, version_path
from cases.public.presenters.cite_this import of_document, sayers, taken
from cases.public.presenters.listing import card, groups
from cases.public.presenters.resolved import opened
from cases.public.rendering import render, root_of
from cases.public.times import moment_of, seq_of
from cases.record.lookup import Found, Moved, find, find_version, history, naming

NAMED_IN = ("case", "collaboration", "actor", "system")
LATEST = 3
"""How many versions the page itself lists; the rest stand in the history."""
IN_A_PLACE = ["case", "collaboration", "system", "actor", "place"]


@door("as_of", "after")
def detail(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What stands now, or stood on a day. The document is rendered as it is stored."""
    as_of = moment_of(request)
    found = find(kind, slug, seq=seq_of(as_of))
    document = found.document
    if document["path"] != bare(request.path):
        raise Moved(document["path"])
    after = request.GET.get("after", "").strip()
    if after and kind != "source":
        raise BadParameter("after", _("“%s” is not a parameter here.") % "after")
    context = _context(request, found, document)
    context |= _beside(context["document"], seq_of(as_of), as_of.text if as_of else "", after)
    return render(request, _template(document), context, as_of=as_of)


@door()
def version(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """One version for good. It says when it is not the one that stands."""
    found = find_version(kind, slug, number)
    document = found.document
    if version_path(document) != bare(request.path):
        raise Moved(version_path(document))
    context = _context(request, found, document) | {"versioned": True}
    if found.current:  # what names it now is no part of an earlier version
        context |= _beside(context["document"], None, "", "")
    template = "withdrawn.html" if "withdrawn" in document else _template(document)
    path = document["path"] if found.current else ""
    return render(request, template, context, indexed=found.current, path=path)


def _template(document: Document) -> str:
    return "source.html" if document["kind"] == "source" else "subject.html"


def _context(request: HttpRequest, found: Found, document: Document) -> dict[str, Any]:
    versions = numbers(_latest(found, document))
    whole = opened(document)
    path = version_path(document)
    return {
        "document": whole,
        "current": found.current,
        "withdrawn": versions[0] if versions[0]["w"] else None,
        "versions": versions,
        "version_path": path,
        "cite": taken(
            of_document(document),
            root=root_of(request),
            link=document["path"] if found.current else path,
            folder=path,
            said_by=sayers(whole.get("speakers", [])),
            sheet=f"{path}sheet/",
        ),
    }


def _latest(found: Found, document: Document) -> list[Document]:
    """The last versions, newest first. The current one is at hand, and nothing stands before the first."""
    if not found.current:
        return [each.document for each in history(document["id"], LATEST)]
    number = document["version"]["number"]
    before = history(document["id"], LATEST - 1, before=number) if number > 1 else []
    return [document, *(each.document for each in before)]


def _beside(document: Document, seq: int | None, as_of: str, after: str) -> dict[str, Any]:
    """What stands beside a document and never in it: who names it, and what rests on it."""
    if document["kind"] in NAMED_IN:
        return {
            "named_in": named.named_in(document["id"], seq),
            "no_legal_status": named.without_legal_status(document, seq),
            "without_stage": named.without_stage(list(document["open_claims"].values()), seq),
        }
    if document["kind"] == "place":
        query = {"place": document["slug"], "as_of": as_of}
        others = naming(document["id"], seq=seq).exclude(object_id=document["id"])
        return {"groups": groups(others, IN_A_PLACE, seq, **query)}
    return {
        "quoted": named.excerpts_of(document["id"], seq, after),
        "users": [card(row) for row in naming(document["id"], seq=seq).only("card")],
    }
