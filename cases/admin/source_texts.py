"""Pages of the desk on the texts of copies: search in all of them, and read one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from cases.models import ReadingPlace
from cases.search.query.parser import MAX_QUERY_CHARS, SearchQueryError
from sources.captures import WrongTextError
from sources.excerpt_forms import NewExcerptForm
from sources.intake.page_images import page_count
from sources.models import Capture, Excerpt
from sources.page_boxes import PageBox, boxes, page_sizes
from sources.quotes import Span
from sources.reading import OpenCapture, read

from . import desk_texts
from .claim_form.views import ClaimsFromText

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

MAX_PAGES_READ = 5_000
# In points, where the size of a page is not known
A4 = (595.0, 842.0)


class TextSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Words"),
        max_length=MAX_QUERY_CHARS,
        widget=forms.TextInput(attrs={"type": "search", "class": "vTextField", "autofocus": True}),
        help_text=_(
            "All of them within a page or so; “a phrase” in quotation marks, -without, source:slug of one source."
        ),
    )


class PlaceForm(forms.Form):
    """Where a reader is, and which pages were read since the last time."""

    page = forms.IntegerField(min_value=1, max_value=MAX_PAGES_READ)
    read = forms.RegexField(r"^(\d{1,4}( \d{1,4})*)?$", max_length=400, required=False)


class SourceTexts(ClaimsFromText):
    """Adds to the desk's copies a search in all their texts, and a page on which to read one and write claims."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("search/", require_safe(view(self.search_view)), name="sources_capture_search"),
            path("<uuid:object_id>/read/", view(self.read_view), name="sources_capture_read"),
            path("<uuid:object_id>/place/", require_POST(view(self.place_view)), name="sources_capture_place"),
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
        """Show the text of a copy by pages, `?at=START-END` marked; `?start=&end=` opens a claim on those words."""
        capture = self.capture_of(request, object_id)
        if "start" in request.GET or "words" in request.GET:
            return self.claim_page(request, capture)
        return self.reading_page(request, capture)

    def reading_page(
        self, request: HttpRequest, capture: Capture, claim: dict[str, object] | None = None, status: int = 200
    ) -> HttpResponse:
        problem: StrOrPromise = ""
        opened = None
        try:
            opened = OpenCapture(capture)
            if not opened.text:
                problem = _("The text is not kept here; its quotes rest on its SHA-256.")
        except WrongTextError as error:
            problem = str(error)
        context = self._context(request, str(capture.source)) | {
            "capture": capture,
            "problem": problem,
            "claim": claim,
            "may_claim": self.may_claim(request),
            **(self._text_context(request, opened, claim or {}) if opened and opened.text else {}),
        }
        return TemplateResponse(request, "admin/desk/read.html", context, status=status)

    def _text_context(self, request: HttpRequest, opened: OpenCapture, claim: dict[str, Any]) -> dict[str, object]:
        capture = opened.capture
        private = [] if request.user.has_perm("sources.view_privatespan") else capture.private
        excerpts = list(capture.excerpts.prefetch_related("citations__claim"))
        given = _span(request)
        wanted = claim.get("spans") or ([given] if given else [])
        form = NewExcerptForm(initial={"capture": capture.pk}, auto_id="id_%s")
        form.fields["capture"].widget = forms.HiddenInput()
        place = ReadingPlace.objects.filter(by=request.user.pk, capture=capture).first()
        return {
            "pages": read(
                opened.text, opened.page_starts, excerpts, private, wanted, opened.furniture, opened.paragraph_ends
            ),
            "excerpts": excerpts,
            "sheets": sheets_of(opened, excerpts),
            "is_flowing": opened.is_flowing,
            "has_furniture": bool(opened.furniture),
            "by_machine": opened.is_read_by_machine,
            "corrected_in": capture.corrected_in.defer("text", "layout").last(),
            "place": place,
            "read_pages": len(place.pages_read) if place else 0,
            "form": form if request.user.has_perm("sources.add_excerpt") else None,
        }

    def place_view(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """Keep where somebody reads, and which pages were read."""
        capture = self.capture_of(request, object_id)
        form = PlaceForm(request.POST)
        if not form.is_valid():
            raise BadRequest(_("A page is a number."))
        user: Any = request.user
        place, _made = ReadingPlace.objects.get_or_create(by=user, capture=capture)
        place.page = form.cleaned_data["page"]
        read_now = {int(number) for number in form.cleaned_data["read"].split()}
        place.pages_read = sorted({*place.pages_read, *read_now})[:MAX_PAGES_READ]
        place.save(update_fields=["page", "pages_read", "at"])
        return HttpResponse(status=204)

    def capture_of(self, request: HttpRequest, object_id: UUID) -> Capture:
        captures = Capture.objects.select_related("source").prefetch_related("private_spans")
        capture = get_object_or_404(captures, pk=object_id)
        if not self.has_view_permission(request, capture):
            raise PermissionDenied
        return capture

    def _context(self, request: HttpRequest, title: Any) -> dict[str, object]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}


@dataclass(frozen=True)
class PageSheet:
    """The image of a page in the reader: its proportions, and where excerpts stand on it, in percent."""

    number: int
    url: str
    width: int
    height: int
    boxes: list[PageBox]


def sheets_of(opened: OpenCapture, excerpts: Sequence[Excerpt]) -> list[PageSheet]:
    """Return the images of a copy's pages, none where its file has no pages or is not held."""
    capture, layout = opened.capture, opened.layout
    numbers = range(1, page_count(capture) + 1)
    sizes = page_sizes(layout) if layout else [A4 for _number in numbers]
    drawn: dict[int, list[PageBox]] = {}
    for box in boxes(layout, [(each.start, each.end) for each in excerpts]) if layout else ():
        drawn.setdefault(box.page, []).append(box)
    return [
        PageSheet(
            number,
            reverse("admin:sources_capture_page", args=[capture.pk, number]),
            round(sizes[number - 1][0]),
            round(sizes[number - 1][1]),
            drawn.get(number, []),
        )
        for number in numbers
    ]


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
