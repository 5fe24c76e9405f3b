"""The history of one record: every version, and what each changed, word by word."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cases.http.query_parameters import BadParameter
from cases.models import Record, Revision
from cases.public.language_urls import bare
from cases.public.page_view import door
from cases.public.presenters.changes import numbers
from cases.public.presenters.document_diff import differences
from cases.public.rendering import render
from cases.record.lookup import Missing, Moved, history

AT_ONCE = 10
"""Versions on one page; comparing two of a large record takes some milliseconds."""


@door("before")
def versions(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Newest first; `before` is the number of a version, and older ones follow."""
    object_id = Record.objects.filter(kind=kind, slug=slug).values_list("object_id", flat=True).first()
    if object_id is None:
        raise Missing(slug)
    before = request.GET.get("before", "").strip()
    if before and not (before.isdecimal() and before.isascii() and len(before) < 10):
        raise BadParameter("before", _("“%s” is not the number of a version.") % before[:60])
    found = history(object_id, AT_ONCE + 1, before=int(before) if before else None)
    documents = [each.document for each in found]
    if not documents:
        raise Missing(slug)
    newest = documents[0]
    if bare(request.path) != f"{newest['path']}history/":
        raise Moved(f"{newest['path']}history/")
    entries = numbers(documents[:AT_ONCE])
    for entry, new, old in zip(entries, documents, [*documents[1:], None], strict=False):
        compared = old is not None and "withdrawn" not in new and "withdrawn" not in old
        entry["differences"] = differences(old, new) if old is not None and compared else None
    context = {
        "document": newest,
        "versions": entries,
        "older": documents[AT_ONCE - 1]["version"]["number"] if len(documents) > AT_ONCE else None,
        "erased": Revision.objects.filter(object_id=object_id, body=None).count(),
    }
    return render(request, "history.html", context, indexed=False)
