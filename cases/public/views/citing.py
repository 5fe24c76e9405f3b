"""Citation files: of a version, of a claim, of an excerpt."""

from django.http import HttpRequest, HttpResponse

from cases.reading import Moved, find_claim, find_excerpt, find_version

from .. import documents
from ..addresses import bare
from ..changes import version_path
from ..citing import FORMS, Cited, of_claim, of_document, of_excerpt
from ..door import door
from ..moments import moment_of, seq_of
from ..pages import root_of


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
    return _file(request, of_claim(documents.find_claim(document, row["id"]), document), form)


@door("as_of")
def excerpt(request: HttpRequest, excerpt_id: str, form: str) -> HttpResponse:
    row, holders, _more = find_excerpt(excerpt_id, seq=seq_of(moment_of(request)))
    return _file(request, of_excerpt(documents.quote(row["id"], holders[-1].document)), form)


def _file(request: HttpRequest, cited: Cited, form: str) -> HttpResponse:
    write, media_type = FORMS[form]
    root = root_of(request)
    response = HttpResponse(write(cited, root), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{cited.item(root, "id")["id"]}.{form}"'
    response.headers["Cache-Control"] = "public, max-age=60"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
