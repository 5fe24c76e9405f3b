"""Citation files: of a version, of a claim, of an excerpt."""

from django.http import HttpRequest, HttpResponse

from cases.public.language_urls import bare
from cases.public.page_view import door
from cases.public.presenters import resolved
from cases.public.presenters.changes import version_path
from cases.public.presenters.cite_this import FORMS, Cited, of_claim, of_document, of_excerpt
from cases.public.rendering import root_of
from cases.public.times import moment_of, seq_of
from cases.record.lookup import Moved, find_claim, find_excerpt, find_version


@door()
def version(request: HttpRequest, kind: str, slug: str, number: int, form: str) -> HttpResponse:
    """A version of a record or source, for good."""
    document = find_version(kind, slug, number).document
    if not bare(request.path).startswith(version_path(document)):
        raise Moved(f"{version_path(document)}cite.{form}")
    return _file(request, of_document(document), form)


@door("as_of")
def claim(request: HttpRequest, claim_id: str, form: str) -> HttpResponse:
    row, holder = find_claim(claim_id, seq=seq_of(moment_of(request)))
    document = holder.document
    return _file(request, of_claim(resolved.find_claim(document, row["id"]), document), form)


@door("as_of")
def excerpt(request: HttpRequest, excerpt_id: str, form: str) -> HttpResponse:
    row, holders, _more = find_excerpt(excerpt_id, seq=seq_of(moment_of(request)))
    return _file(request, of_excerpt(resolved.quote(row["id"], holders[-1].document)), form)


def _file(request: HttpRequest, cited: Cited, form: str) -> HttpResponse:
    write, media_type = FORMS[form]
    root = root_of(request)
    response = HttpResponse(write(cited, root), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{cited.item(root, "id")["id"]}.{form}"'
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
