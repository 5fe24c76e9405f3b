"""What a page would look like if it went out now: the site's own templates, with a document that nobody stored."""

from dataclasses import replace

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from cases.documents.build import Item
from cases.documents.types import SubjectDocument, parse_document
from cases.public.language_urls import active, languages
from cases.public.presenters.changes import version_entries
from cases.public.presenters.subject_page import SubjectPage
from cases.public.rendering import Page, page_of, visible
from cases.publication.acts import Act, PublishingSet
from cases.publication.ledger import last_revision, timestamp


def preview(request: HttpRequest, acts: list[Act], item: Item) -> HttpResponse:
    """The page of `item` as this set would publish it, in the language that the address asks for (`?language=en`)."""
    act = next(act for act in acts if act.item.pk == item.pk)
    document = parse_document(msgspec.json.encode(PublishingSet(acts).document(act) | _next_version(item, act)))
    language = request.GET.get("language")
    with translation.override(language if language in dict(settings.LANGUAGES) else active()):
        context = {
            "page": _page(request),
            "template": "public/source.html" if document.kind == "source" else "public/subject.html",
            "document": document,
            "subject": SubjectPage(document) if isinstance(document, SubjectDocument) else None,
            "current": True,
            "versions": version_entries([document]),
        }
        return HttpResponse(visible(render_to_string("admin/desk/preview.html", context)))


def _next_version(item: Item, act: Act) -> dict[str, object]:
    last = last_revision(item.pk)
    number = last.version + 1 if last else 1
    now = timestamp(timezone.now())
    return {"version": {"number": number, "recorded_at": now, "action": act.action, "reason": "…", "reason_code": None}}


def _page(request: HttpRequest) -> Page:
    """The frame of the site, whose other language is the same preview and whose permanent address is none."""
    page = page_of(request, indexed=False)
    others = [{"language": code, "name": name, "here": f"?language={code}"} for code, name in languages()]
    return replace(page, canonical="", alternates=others)
