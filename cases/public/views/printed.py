"""What goes on paper: a sheet for a notice board, and the code that leads from it back to the record."""

import io

import segno
from django.http import HttpRequest, HttpResponse

from cases.public.language_urls import local
from cases.public.page_view import check_path, page_view
from cases.public.presenters.changes import version_entries, version_path
from cases.public.presenters.sheet import sheet_of
from cases.public.rendering import render, root_of
from cases.record.lookup import find_version, history
from cases.record.stored_document import NotInRecordError


@page_view()
def printed_sheet(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """Return statements with their words, the sources and what to know of them, on one sheet of A4."""
    found = find_version(kind, slug, number)
    document = found.document
    path = version_path(document)
    check_path(request, f"{path}sheet/")
    sheet = sheet_of(found)
    if sheet is None:
        raise NotInRecordError(slug)
    newest = version_entries(each.document for each in history(document.id, 1))[0]
    address = root_of(request) + local(document.path if found.current else path)
    context = {
        "document": document,
        "sheet": sheet,
        "versioned": True,
        "current": found.current,
        "withdrawn": newest.version if newest.is_withdrawal else None,
        "short_address": address.partition("://")[2],
        "version_path": path,
    }
    return render(request, "sheet.html", context, indexed=False, path=path)


@page_view()
def qr_code(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """Return a QR code of the versioned address, black on white, as SVG."""
    path = version_path(find_version(kind, slug, number).document)
    check_path(request, f"{path}qr.svg")
    drawing = io.BytesIO()
    address = root_of(request) + local(path)
    shape = {"border": 2, "light": "#fff", "omitsize": True, "svgclass": None, "lineclass": None}
    segno.make_qr(address, error="m").save(drawing, kind="svg", **shape)
    response = HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
