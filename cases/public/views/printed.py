"""What goes on paper: a sheet for a notice board, and the code that leads from it back to the record."""

import io

import segno
from django.http import HttpRequest, HttpResponse

from cases.public.language_urls import bare, local
from cases.public.page_view import door
from cases.public.presenters.changes import numbers, version_path
from cases.public.presenters.cite_this import of_document, sayers
from cases.public.presenters.named_in import without_legal_status, without_stage
from cases.public.presenters.resolved import opened
from cases.public.rendering import render, root_of
from cases.record.lookup import Moved, find_version, history


@door()
def sheet(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """The lead, its words, the sources and what is not known, on one sheet of A4 where they fit."""
    found = find_version(kind, slug, number)
    document = found.document
    path = version_path(document)
    if bare(request.path) != f"{path}sheet/":
        raise Moved(f"{path}sheet/")
    whole = opened(document)
    shown = whole.get("lead_claims") or list(whole["open_claims"].values())[:SHOWN]
    seq = None if found.current else found.revision.seq
    newest = numbers(each.document for each in history(document["id"], 1))[0]
    context = {
        "document": whole,
        "claims": shown,
        "unshown": len(whole["open_claims"]) - len(shown),
        "versioned": True,
        "current": found.current,
        "withdrawn": newest if newest["w"] else None,
        "no_legal_status": without_legal_status(document, seq),
        "without_stage": without_stage(list(whole["open_claims"].values()), seq),
        "sayers": sayers(whole.get("speakers", [])),
        "sentence": of_document(document).sentence(root_of(request), "en" if request.path.startswith("/en/") else "id"),
        "version_path": path,
    }
    return render(request, "sheet.html", context, indexed=False, path=path)


SHOWN = 6
"""Statements on the sheet of a record without a lead. The sheet says how many more there are."""


@door()
def code(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """A QR code of the versioned address, black on white, as SVG."""
    path = version_path(find_version(kind, slug, number).document)
    if bare(request.path) != f"{path}qr.svg":
        raise Moved(f"{path}qr.svg")
    drawing = io.BytesIO()
    address = root_of(request) + local(path)
    shape = {"border": 2, "light": "#fff", "omitsize": True, "svgclass": None, "lineclass": None}
    segno.make_qr(address, error="m").save(drawing, kind="svg", **shape)
    response = HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
