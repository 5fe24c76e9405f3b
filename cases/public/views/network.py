"""Who is connected with whom: in the whole record, and around one record; as a page with a table, and as a drawing."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.documents.types import Document
from cases.public.language_urls import local, with_query
from cases.public.markup import name
from cases.public.page_view import check_path, page_view
from cases.public.presenters.islands import islands, open_and_folded
from cases.public.presenters.network import network
from cases.public.presenters.network_svg import svg
from cases.public.presenters.proceedings import without_stage
from cases.public.presenters.unlisted import is_unlisted
from cases.public.rendering import render, root_of, visible
from cases.public.times import moment_of
from cases.record.lookup import find_document
from cases.vocabularies import Standing


@page_view("as_of")
def network_page(request: HttpRequest, *, drawn: bool = False) -> HttpResponse:
    """Return all ties of the record."""
    return _answer(request, "/network/", _("Who is connected with whom"), None, drawn=drawn)


@page_view("as_of")
def network_of_record(request: HttpRequest, kind: str, slug: str, *, drawn: bool = False) -> HttpResponse:
    """Return the ties in which one record stands, or that it tells."""
    document = find_document(kind, slug, seq=moment_of(request).seq).document
    check_path(request, f"{document.path}network{'.svg' if drawn else '/'}")
    title = _("Who is connected with whom: %s") % name(document)
    return _answer(request, f"{document.path}network/", title, document, drawn=drawn)


def _answer(request: HttpRequest, path: str, title: str, document: Document | None, *, drawn: bool) -> HttpResponse:
    as_of = moment_of(request)
    ties = network(as_of.seq, document.id if document else None)
    if drawn:
        file = visible(svg(ties, title, root=root_of(request), as_of=as_of.text))
        response = HttpResponse(file, content_type="image/svg+xml; charset=utf-8")
        response.headers["Content-Disposition"] = 'inline; filename="casedb-network.svg"'
        return response
    shown, folded = open_and_folded(islands(ties, document.id if document else None))
    context = {
        "title": title,
        "subject": document,
        "network": ties,
        "unlisted": bool(document and is_unlisted(document)),
        "without_stage": without_stage([view.claim for bond in ties.bonds for view in bond.claims], as_of.seq),
        "islands": shown,
        "folded": folded,
        "standings": [each for each in Standing.values if each in {bond.standing for bond in ties.bonds}],
        "download": with_query(local(f"{path[:-1]}.svg"), {"as_of": as_of.text}),
    }
    return render(request, "network.html", context, as_of=as_of)
