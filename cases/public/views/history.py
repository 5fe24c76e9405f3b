"""The history of one record: every version, and what each changed, word by word."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameterError
from cases.models import Record, Revision
from cases.public.language_urls import without_language
from cases.public.page_view import page_view
from cases.public.presenters.changes import differences_between, version_entries
from cases.public.rendering import render
from cases.record.lookup import history
from cases.record.stored_document import MovedError, NotInRecordError

# Comparing two versions of a large record takes some milliseconds
VERSIONS_PER_PAGE = 10


@page_view("before")
def versions(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Return the versions, newest first; `before` is the number of a version, and older ones follow."""
    object_id = Record.objects.filter(kind=kind, slug=slug).values_list("object_id", flat=True).first()
    if object_id is None:
        raise NotInRecordError(slug)
    before = request.GET.get("before", "").strip()
    if before and not (before.isdecimal() and before.isascii() and len(before) < 10):
        raise BadParameterError("before", _("“%s” is not the number of a version.") % before[:60])
    found = history(object_id, VERSIONS_PER_PAGE + 1, before=int(before) if before else None)
    documents = [each.document for each in found]
    if not documents:
        raise NotInRecordError(slug)
    newest = documents[0]
    if without_language(request.path) != f"{newest.path}history/":
        raise MovedError(f"{newest.path}history/")
    entries = version_entries(documents[:VERSIONS_PER_PAGE])
    for place, (old, new) in enumerate(zip(documents[1:], documents[:VERSIONS_PER_PAGE], strict=False)):
        entries[place] = replace(entries[place], differences=differences_between(old, new))
    context = {
        "document": newest,
        "versions": entries,
        "older": documents[VERSIONS_PER_PAGE - 1].version.number if len(documents) > VERSIONS_PER_PAGE else None,
        "erased": Revision.objects.filter(object_id=object_id, body=None).count(),
    }
    return render(request, "history.html", context, indexed=False)
