"""What a page would look like if it went out now: the site's own templates, with a document that nobody stored."""

import dataclasses

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from msgspec.structs import replace

from cases.documents.base import Version
from cases.documents.build import Item
from cases.documents.types import SourceDocument
from cases.public.language_urls import languages, page_language
from cases.public.presenters.changes import version_entries
from cases.public.presenters.record_page import subject_page, template_of
from cases.public.presenters.source_page import SourcePage
from cases.public.rendering import PageFrame, page_frame, visible
from cases.publication.acts import Act
from cases.publication.ledger import last_revision, timestamp
from cases.publication.plan import PublicationPlan
from sources.json_fields import LanguageMap


def preview(request: HttpRequest, acts: list[Act], item: Item) -> HttpResponse:
    """Return the page of `item` as this set would publish it, in the language of the address (`?language=en`)."""
    act = next(act for act in acts if act.item.pk == item.pk)
    document = replace(PublicationPlan.of(acts).documents[item.pk], version=_next_version(item, act))
    language = request.GET.get("language")
    with translation.override(language if language in dict(settings.LANGUAGES) else page_language()):
        context = {
            "page": _page(request),
            "template": f"public/{template_of(document)}",
            "document": document,
            "subject": subject_page(document),
            "source": SourcePage(document) if isinstance(document, SourceDocument) else None,
            "current": True,
            "versions": version_entries([document]),
        }
        return HttpResponse(visible(render_to_string("admin/desk/preview.html", context)))


def _next_version(item: Item, act: Act) -> Version:
    last = last_revision(item.pk)
    number = last.version + 1 if last else 1
    now = timestamp(timezone.now())
    reason = LanguageMap(id="…", en="…")
    return Version(number=number, recorded_at=now, action=act.action, reason=reason, reason_code=None)


def _page(request: HttpRequest) -> PageFrame:
    """Return the frame of the site, whose other language is the same preview and whose permanent address is none."""
    page = page_frame(request, indexed=False)
    others = [{"language": code, "name": name, "here": f"?language={code}"} for code, name in languages()]
    return dataclasses.replace(page, canonical="", alternates=others)
