"""Pages of the desk on the texts of copies: search in all of them, and read one."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.search.query.parser import MAX_QUERY_CHARS, SearchQueryError
from sources.captures import WrongTextError, pages_of, text_of
from sources.excerpt_forms import NewExcerptForm
from sources.generics import ModelAdmin
from sources.models import Capture, Excerpt
from sources.quotes import Span
from sources.reading import Page, read

from . import desk_texts

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class TextSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Words"),
        max_length=MAX_QUERY_CHARS,
        widget=forms.TextInput(attrs={"type": "search", "class": "vTextField", "autofocus": True}),
        help_text=_(
            "All of them within a page or so; “a phrase” in quotation marks, -without, source:slug of one source."
        ),
    )


class SourceTexts(ModelAdmin):
    """Adds to the desk's copies a search in all their texts, and a page on which to read one."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("search/", require_safe(view(self.search_view)), name="sources_capture_search"),
            path("<uuid:object_id>/read/", view(self.read_view), name="sources_capture_read"),
            *super().get_urls(),
        ]

    def search_view(self, request: HttpRequest) -> HttpResponse:
        """Find words in the texts of all copies. What is private is in no text that is searched."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = TextSearchForm(request.GET if "q" in request.GET else None)
        results = None
        if form.is_valid():
            try:
                results = desk_texts.search(form.cleaned_data["q"])
            except SearchQueryError as error:
                form.add_error("q", error.sentence)
            except OSError:
                form.add_error("q", _("The index of the texts is being made or cannot be kept. Try again in a minute."))
        context = self._context(request, _("Search in sources")) | {"form": form, "results": results}
        return TemplateResponse(request, "admin/desk/text_search.html", context)

    def read_view(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """Show the text of a copy by pages, `?at=START-END` marked, and a form to quote from it."""
        captures = Capture.objects.select_related("source").prefetch_related("private_spans")
        capture = get_object_or_404(captures, pk=object_id)
        if not self.has_view_permission(request, capture):
            raise PermissionDenied
        may_see = request.user.has_perm("sources.view_privatespan")
        problem: StrOrPromise = ""
        pages = list[Page]()
        try:
            if (text := text_of(capture)) is None:
                problem = _("The text is not kept here; its quotes rest on its SHA-256.")
            else:
                private = [] if may_see else capture.private
                pages = read(text, pages_of(capture, text), capture.excerpts.all(), private, _span(request))
        except WrongTextError as error:
            problem = str(error)
        form = NewExcerptForm(initial={"capture": capture.pk}, auto_id="id_%s")
        form.fields["capture"].widget = forms.HiddenInput()
        context = self._context(request, str(capture.source)) | {
            "capture": capture,
            "pages": pages,
            "problem": problem,
            "form": form if request.user.has_perm("sources.add_excerpt") else None,
        }
        return TemplateResponse(request, "admin/desk/read.html", context)

    def _context(self, request: HttpRequest, title: Any) -> dict[str, object]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}


def place_of(excerpt: Excerpt) -> str:
    """Return the address at which an excerpt is read in its copy."""
    return f"{reverse('admin:sources_capture_read', args=[excerpt.capture_id])}?at={excerpt.start}-{excerpt.end}#at"


def _span(request: HttpRequest) -> Span | None:
    """Return the words that an address asks for: `?at=120-148`, or `?at=120`."""
    if not (given := request.GET.get("at", "")):
        return None
    start, _dash, end = given.partition("-")
    if not all(each.isascii() and each.isdigit() and len(each) < 10 for each in (start, end or "0")):
        raise BadRequest(_("“%s” is not a place like 120-148.") % given[:60])
    return int(start), max(int(end or 0), int(start) + 1)
