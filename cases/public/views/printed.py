"""What goes on paper: a sheet for a notice board, and the code that leads from it back to the record."""

import io

import segno
from django.http import HttpRequest, HttpResponse

from cases.documents.types import SubjectDocument
from cases.public.language_urls import local, page_language
from cases.public.page_view import check_path, page_view
from cases.public.presenters.changes import version_entries, version_path
from cases.public.presenters.cite_this import citable_document, said_by_line
from cases.public.presenters.proceedings import without_stage
from cases.public.presenters.replies import reply_lines
from cases.public.presenters.subject_page import SubjectPage
from cases.public.rendering import render, root_of
from cases.record.lookup import find_version, history

# Statements on the sheet of a record without a lead. The sheet says how many more there are.
MAX_CLAIMS_ON_SHEET = 6


@page_view()
def printed_sheet(request: HttpRequest, kind: str, slug: str, number: int) -> HttpResponse:
    """Return the lead, its words, the sources and what is not known, on one sheet of A4 where they fit."""
    found = find_version(kind, slug, number)
    document = found.document
    path = version_path(document)
    check_path(request, f"{path}sheet/")
    subject = SubjectPage(document) if isinstance(document, SubjectDocument) else None
    shown = (subject.lead or subject.claims[:MAX_CLAIMS_ON_SHEET]) if subject else []
    seq = None if found.current else found.revision.seq
    told = {reply.who.id for view in shown for reply in view.replies}
    newest = version_entries(each.document for each in history(document.id, 1))[0]
    context = {
        "document": document,
        "subject": subject,
        "claims": shown,
        "untold": reply_lines(reply for reply in subject.replies if reply.who.id not in told) if subject else [],
        "unshown": len(document.claims) - len(shown),
        "versioned": True,
        "current": found.current,
        "withdrawn": newest.version if newest.is_withdrawal else None,
        "without_stage": without_stage([view.claim for view in shown], seq),
        "said_by": said_by_line(subject.speakers if subject else []),
        "sentence": citable_document(document).sentence(root_of(request), page_language()),
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
