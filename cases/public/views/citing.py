"""Citation files: of a version, of a claim, of an excerpt."""

from django.http import HttpRequest, HttpResponse

from cases.public.page_view import check_path, page_view
from cases.public.presenters.changes import version_path
from cases.public.presenters.cite_this import (
    FORMS,
    Citable,
    citable_claim,
    citable_document,
    citable_quote,
    citation_file,
)
from cases.public.presenters.claim_view import ClaimView
from cases.public.presenters.quotes import quote_of
from cases.public.rendering import root_of
from cases.public.times import moment_of
from cases.record.lookup import find_claim, find_excerpt, find_version


@page_view()
def version_citation(request: HttpRequest, kind: str, slug: str, number: int, form: str) -> HttpResponse:
    """Return the citation file of a version of a record or source."""
    document = find_version(kind, slug, number).document
    check_path(request, f"{version_path(document)}cite.{form}")
    return _file(request, citable_document(document), form)


@page_view("as_of")
def claim_citation(request: HttpRequest, claim_id: str, form: str) -> HttpResponse:
    """Return the citation file of a claim."""
    claim, holder = find_claim(claim_id, seq=moment_of(request).seq)
    return _file(request, citable_claim(ClaimView(claim, holder.document)), form)


@page_view("as_of")
def excerpt_citation(request: HttpRequest, excerpt_id: str, form: str) -> HttpResponse:
    """Return the citation file of the words of a source."""
    excerpt, holders, _more = find_excerpt(excerpt_id, seq=moment_of(request).seq)
    return _file(request, citable_quote(quote_of(holders[-1].document, excerpt.id)), form)


def _file(request: HttpRequest, citable: Citable, form: str) -> HttpResponse:
    root = root_of(request)
    response = HttpResponse(citation_file(citable, form, root), content_type=FORMS[form][1])
    response.headers["Content-Disposition"] = f'attachment; filename="{citable.item(root, "id")["id"]}.{form}"'
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
