"""The desk's forms for sources, their copies and their exact words. `cases.admin` registers them with its history."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from . import quotes
from .captures import WrongTextError, text_of
from .excerpt_forms import ComparedForm, NewExcerptForm, TranslationForm
from .forms import CaptureForm, OfParent, PrivateSpanForm, SpansForm
from .generics import ModelAdmin, ModelForm, TabularInline
from .intake.views import BringsInFiles, ServesItsFile
from .models import Capture, Excerpt, ExcerptTranslation, PrivateSpan, Source
from .page_checks import check_of, keep_judgement
from .page_view import page_view

if TYPE_CHECKING:
    FormSets = Iterable[BaseModelFormSet[Model, ModelForm]]


class WrittenOnce(ModelAdmin):
    """Rows that are never edited: what was saved is shown, and only what belongs to it can still change."""

    # What the page of a saved row shows, instead of the form it was entered in
    shown: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.shown if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        if not change:
            super().save_model(request, obj, form, change)


class CaptureInline(TabularInline):
    model = Capture
    fields = readonly_fields = ("captured_at", "file_name", "media_type", "text_length", "text_sha256", "extent_id")
    extra = 0
    can_delete = False
    show_change_link = True
    verbose_name_plural = _("copies that we hold (never edited; a new download is a new copy)")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).select_related("source").defer("text", "layout")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class SourceAdmin(BringsInFiles):
    list_display = ["display_title", "source_kind", "published", "language"]
    list_filter = ["source_kind", "language"]
    search_fields = ["slug", "title", "title_given_id", "title_given_en", "authors"]
    ordering = ["slug"]
    autocomplete_fields = ["known_through"]
    inlines = [CaptureInline]
    fieldsets = [
        (None, {"fields": ["source_kind", "title", ("title_given_id", "title_given_en"), "slug", "authors"]}),
        (_("As the work states"), {"fields": ["institution", "publisher", ("published", "language")]}),
        (_("Where it is"), {"fields": ["url", "licence", "known_through"]}),
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return {} if obj else {"slug": ["title", "title_given_id"]}

    @admin.display(description=_("title"), ordering="slug")
    def display_title(self, source: Source) -> str:
        return source.display_title


class PrivateSpanInline(TabularInline):
    model = PrivateSpan
    form = PrivateSpanForm
    formset = OfParent
    extra = 0
    verbose_name_plural = _("private spans: where the name of a private person stands")


class CaptureAdmin(ServesItsFile, WrittenOnce):
    form = CaptureForm
    list_display = ["source", "captured_at", "file_name", "text_length", "text_sha256"]
    list_display_links = ["source", "text_sha256"]
    search_fields = [
        "source__slug",
        "source__title",
        "source__title_given_id",
        "source__title_given_en",
        "file_name",
        "text_sha256",
    ]
    autocomplete_fields = ["source"]
    inlines = [PrivateSpanInline]
    shown = (*(name for name in CaptureForm.Meta.fields if name != "text"), "original", "corrected", "shown_text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).select_related("source").defer("text", "layout")

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        hide = (_("Hide the name of a private person"), {"fields": ["private_name"]})
        if obj:
            return [hide, (_("What we hold (never edited)"), {"fields": list(self.shown)})]
        about = [("extent_id", "extent_en"), ("file_name", "media_type"), "captured_at", "archive_url"]
        return [
            (None, {"fields": ["source"]}),
            (_("The text: a file or pasted words"), {"fields": ["upload", "text", "keep"]}),
            (_("Or only its fingerprint, when the text is not at hand"), {"fields": [("text_sha256", "text_length")]}),
            (_("About this copy"), {"fields": about}),
            hide,
        ]

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: object
    ) -> type[ModelForm]:
        if obj is not None:
            kwargs |= {"form": SpansForm, "fields": ["private_name"]}
        return super().get_form(request, obj, change, **kwargs)

    @admin.display(description=_("original file"))
    def original(self, capture: Capture) -> str:
        if not capture.file:
            return str(_("We do not hold it."))
        return format_html(
            '<a href="{}">{}</a> · SHA-256 {} · {} {}<br>{}',
            reverse("admin:sources_capture_file", args=[capture.pk]),
            capture.file_name,
            capture.file_sha256,
            capture.extractor,
            capture.extractor_version,
            " ".join(capture.extraction_notes),
        )

    @admin.display(description=_("misreadings put right"))
    def corrected(self, capture: Capture) -> str:
        if capture.corrects_id is None:
            return str(_("None."))
        rows = [(each["was"] or "∅", each["now"] or "∅") for each in capture.corrections]
        return format_html(
            '{} <a href="{}">{}</a><ul>{}</ul>',
            _("By %(who)s, of the copy") % {"who": capture.corrected_by},
            reverse("admin:sources_capture_change", args=[capture.corrects_id]),
            capture.corrects,
            format_html_join("", "<li><del>{}</del> → <ins>{}</ins></li>", rows),
        )

    @admin.display(description=_("text"))
    def shown_text(self, capture: Capture) -> str:
        try:
            text = text_of(capture)
        except WrongTextError as error:
            return str(error)
        if text is None:
            return str(_("The text is not kept here; its quotes rest on its SHA-256."))
        return format_html('<div class="capture-text" tabindex="0">{}</div>', text)

    def save_related(self, request: HttpRequest, form: SpansForm, formsets: "FormSets", change: bool) -> None:
        super().save_related(request, form, formsets, change)
        capture: Capture = form.instance
        for start, end in form.private_places:
            PrivateSpan.objects.get_or_create(capture=capture, start=start, end=end)
        if number := len(form.private_places):
            message = ngettext(
                "The name stood in %(number)s place; it is hidden there. The name itself was not kept.",
                "The name stood in %(number)s places; it is hidden there. The name itself was not kept.",
                number,
            )
            self.message_user(request, message % {"number": number})
        self._warn_of_touched_excerpts(request, capture)

    def _warn_of_touched_excerpts(self, request: HttpRequest, capture: Capture) -> None:
        spans = list(capture.private_spans.values_list("start", "end"))
        for excerpt in capture.excerpts.all():
            left, right = excerpt.start - len(excerpt.prefix), excerpt.end + len(excerpt.suffix)
            if quotes.touches(left, right, spans):
                link = reverse("admin:sources_excerpt_change", args=[excerpt.pk])
                message = _("A private span touches an excerpt or its context; replace it: ")
                shown = format_html('{}<a href="{}">“{}”</a>', message, link, excerpt.exact[:60])
                self.message_user(request, shown, "warning")

    def has_delete_permission(self, request: HttpRequest, obj: Capture | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.excerpts.exists())


class TranslationInline(TabularInline):
    model = ExcerptTranslation
    form = TranslationForm
    formset = OfParent
    extra = 0
    verbose_name_plural = _("translations (revisable; never quoted as the original)")


class ExcerptAdmin(WrittenOnce):
    form = NewExcerptForm
    list_display = ["exact", "source_slug", "locator_id", "language", "start"]
    list_filter = ["language", "capture__source"]
    search_fields = ["exact", "locator_id", "locator_en", "capture__source__slug", "capture__source__title"]
    autocomplete_fields = ["capture"]
    inlines = [TranslationInline]
    shown: tuple[str, ...] = (
        "capture",
        "in_context",
        "start",
        "end",
        "locator_id",
        "locator_en",
        "language",
        "on_page",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).select_related("capture__source").defer("capture__text", "capture__layout")

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        if isinstance(obj, Excerpt):
            fields = [*self.shown, "compared"] if ComparedForm.is_asked(obj) else list(self.shown)
            return [(_("Written once; for other words add another excerpt"), {"fields": fields})]
        about = ["capture", "exact", "after", ("locator_id", "locator_en"), "language", "seen_on_page", "shown"]
        return [(None, {"fields": about})]

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: object
    ) -> type[ModelForm]:
        if isinstance(obj, Excerpt):
            kwargs |= {"form": ComparedForm if ComparedForm.is_asked(obj) else ModelForm, "fields": []}
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "capture":
            kwargs["queryset"] = Capture.objects.select_related("source").defer("text", "layout")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """Save words between which a page ends as an excerpt for each part, and what their pages say of them."""
        super().save_model(request, obj, form, change)
        user: Any = request.user
        if isinstance(form, NewExcerptForm) and isinstance(obj, Excerpt):
            parts = [obj, *(self._kept(part) for part in form.parts[1:])]
            keep_judgement(parts, form.judgement, user if form.cleaned_data["seen_on_page"] else None)
            if ComparedForm.is_asked(obj):
                self._ask_for_a_look(request, obj)
        elif isinstance(obj, Excerpt) and form.cleaned_data.get("compared") and (check := check_of(obj)):
            check.confirm(user)

    def _kept(self, part: Excerpt) -> Excerpt:
        """Return the excerpt that a part is, saved if it is new."""
        held = Excerpt.objects.filter(capture=part.capture, start=part.start, end=part.end).first()
        if held is None:
            part.save()
        return held or part

    def _ask_for_a_look(self, request: HttpRequest, excerpt: Excerpt) -> None:
        link = reverse("admin:sources_excerpt_change", args=[excerpt.pk])
        message = _("Whether these words follow each other on the page is doubtful. They cannot go out until somebody")
        shown = format_html('{} <a href="{}">{}</a>.', message, link, _("compares them with the page"))
        self.message_user(request, shown, "warning")

    @admin.display(description=_("on the page"))
    def on_page(self, excerpt: Excerpt) -> str:
        return page_view(excerpt)

    @admin.display(description=_("source"), ordering="capture__source__slug")
    def source_slug(self, excerpt: Excerpt) -> str:
        return excerpt.capture.source.slug

    @admin.display(description=_("exact words, in their context"))
    def in_context(self, excerpt: Excerpt) -> str:
        parts = excerpt.prefix, excerpt.exact, excerpt.suffix
        return format_html('<div class="in-context">{}<mark>{}</mark>{}</div>', *parts)

    def has_delete_permission(self, request: HttpRequest, obj: Excerpt | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and self.is_cited(obj))

    def is_cited(self, excerpt: Excerpt) -> bool:
        """Return whether anything stands on these words; who may cite them is for `cases` to say."""
        return False
