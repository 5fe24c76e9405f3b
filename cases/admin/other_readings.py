"""Another copy of the same file: misreadings of a machine put right, or the file read again in another way."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.models import SourceSection
from sources.captures import WrongTextError
from sources.corrections import Correction, CorrectionError, corrections_between, moved
from sources.forms import SeenCharacters, Verbatim
from sources.intake import files, queue
from sources.intake.extracted import IntakeError
from sources.intake.limits import MAX_TEXT_CHARS
from sources.models import Capture, PrivateSpan
from sources.reading import OpenCapture

from .base import DraftingAdmin
from .source_texts import SourceTexts, sheets_of

CONTEXT_CHARS = 30
# What a corrected copy has in common with the first one; the geometry of its pages is not that of other words
OF_THE_FILE = ["source", "extent_id", "extent_en", "archive_url", "file_name", "media_type", "file_sha256", "file_size"]
OF_THE_FILE += ["file_metadata", "extractor", "extractor_version", "extraction_notes"]


class CorrectForm(SeenCharacters, forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text"),
        strip=False,
        max_length=MAX_TEXT_CHARS,
        widget=Verbatim(attrs={"rows": 40, "spellcheck": "true"}),
    )

    def __init__(self, old: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old = old
        self.corrections: list[Correction] = []

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        try:
            self.corrections = corrections_between(self.old, text)
        except CorrectionError as error:
            raise ValidationError(str(error)) from error
        return text


@dataclass(frozen=True)
class ShownCorrection:
    """A correction between the words that stand around it."""

    before: str
    correction: Correction
    after: str
    page: int


class OtherReadings(SourceTexts, DraftingAdmin):
    """Adds to the desk's copies the ways to another copy of the same file. What was cited of the first stays."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:object_id>/correct/", view(self.correct_view), name="sources_capture_correct"),
            path("<uuid:object_id>/again/", require_POST(view(self.again_view)), name="sources_capture_again"),
            *super().get_urls(),
        ]

    def again_view(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """Put the file of a copy on the table once more, where another reading of it can be kept."""
        capture, user = self._whole_capture(request, object_id)
        try:
            incoming = queue.bring_again(capture, user)
        except IntakeError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:sources_capture_change", args=[capture.pk]))
        queue.read(incoming)
        return HttpResponseRedirect(reverse("admin:sources_incoming", args=[incoming.pk]))

    def correct_view(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """Show the text beside its pages to be put right; then each correction, to be looked at and kept."""
        capture, user = self._whole_capture(request, object_id)
        try:
            opened = OpenCapture(capture)
        except WrongTextError as error:
            raise Http404(str(error)) from error
        if not opened.text or not opened.is_read_by_machine:
            raise Http404
        form = CorrectForm(opened.text, request.POST or None, initial={"text": opened.text})
        if request.method == "POST" and form.is_valid() and "keep" in request.POST:
            try:
                with transaction.atomic():
                    made = _kept(capture, form.cleaned_data["text"], form.corrections, user)
            except ValidationError as error:
                form.add_error("text", error.messages)
            else:
                self.log_addition(request, made, [{"added": {}}])
                self.note(request, [made.source])
                messages.success(request, _("The corrected text is a new copy. What was quoted of the old one stays."))
                return HttpResponseRedirect(reverse("admin:sources_capture_read", args=[made.pk]))
        context = self._context(request, _("Correct misreadings")) | {
            "capture": capture,
            "form": form,
            "sheets": sheets_of(opened, []),
            "shown": [_shown(opened, each) for each in form.corrections],
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/desk/correct.html", context, status=status)

    def _whole_capture(self, request: HttpRequest, object_id: UUID) -> tuple[Capture, User]:
        """Return a copy to whoever may add one, and see all of this one."""
        capture, user = self.capture_of(request, object_id), request.user
        may_see = not capture.private or user.has_perm("sources.view_privatespan")
        if not isinstance(user, User) or not self.has_add_permission(request) or not may_see:
            raise PermissionDenied
        return capture, user


def _shown(opened: OpenCapture, correction: Correction) -> ShownCorrection:
    before = opened.text[max(0, correction.at - CONTEXT_CHARS) : correction.at]
    after = opened.text[correction.end : correction.end + CONTEXT_CHARS]
    return ShownCorrection(before, correction, after, opened.page_of(correction.at))


def _kept(capture: Capture, text: str, corrections: list[Correction], by: User) -> Capture:
    """Make the corrected copy, with what was hidden and who speaks where. Call it in a transaction.

    Raises ValidationError for a text that the source has.
    """
    made = Capture(
        text=text,
        captured_at=timezone.now(),
        page_map=[moved((start, start), corrections)[0] for start in capture.page_map],
        corrects=capture,
        corrections=[asdict(each) for each in corrections],
        corrected_by=by.get_username(),
        **{name: getattr(capture, name) for name in OF_THE_FILE},
    )
    made.full_clean()
    if capture.file and files.path_of(capture.file).is_file():
        made.file = files.store(files.chunks_of(capture.file))[0]
    try:
        made.save()
        PrivateSpan.objects.bulk_create(_moved_span(made, span, corrections) for span in capture.private)
        for section in capture.sections.all():
            _copy_section(section, made, corrections)
    except BaseException:
        files.remove(made.file)
        raise
    return made


def _moved_span(made: Capture, span: tuple[int, int], corrections: list[Correction]) -> PrivateSpan:
    start, end = moved(span, corrections)
    return PrivateSpan(capture=made, start=start, end=end)


def _copy_section(section: SourceSection, made: Capture, corrections: list[Correction]) -> None:
    start, end = moved((section.start, section.start + len(section.title)), corrections)
    section.pk, section.capture, section.start, section.title = None, made, start, made.text[start:end]
    section._state.adding = True
    section.save()
