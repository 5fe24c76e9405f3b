"""On the page of a copy: who speaks in which section of it. On the page of a source: whom its names mean."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import SourceName, SourceSection
from sources.captures import WrongTextError, finder_of, text_of
from sources.finding import Finder
from sources.forms import ChildForm, OfParent
from sources.generics import FormSet, ModelAdmin, ModelForm, StackedInline
from sources.models import Capture, Source
from sources.quotes import QuoteError, Span, occurrences, open_occurrences, touches

from .base import without_shortcuts
from .forms import DeskForm, OrderedFormSet, Sentence
from .inlines import ExcerptsInline
from .proposed_sections import SAID_BY_SOURCE, proposed_sections

# Texts of a source, each with its private spans
Texts = list[tuple[str, list[Span]]]


def finder_in(capture: Capture) -> Finder | None:
    """Return what finds words in a copy; None where its text is not at hand."""
    try:
        text = text_of(capture)
    except WrongTextError:
        return None
    return None if text is None else finder_of(capture, text)


class SectionForm(ChildForm, DeskForm):
    """A section is entered by the words with which it begins; the text's own are stored, with their place."""

    after = forms.CharField(
        label=gettext_lazy("After the words"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only where it begins with words that stand in several places: those just before it."),
    )
    fields_of_constraints = {
        "source_section_role_is_known": "role",
        "source_section_has_one_speaker": "said_by_actor",
        "source_section_beside_is_not_the_source": "said_by_source",
    }

    class Meta:
        model = SourceSection
        widgets = {"title": Sentence(rows=1)}
        fields = ["title", "role", "said_by_actor", "said_by_source", "speaker_id", "speaker_en", "stated_on"]

    def __init__(self, *args: Any, finder: Callable[[], Finder | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finder = finder
        self.was = self.instance.title
        if not self.instance._state.adding:
            self.initial["title"] = " ".join(self.was.split())
            self.fields["title"].help_text = self._place()

    def _place(self) -> str:
        """Return where the section begins, as a link that opens it there."""
        section, finder = self.instance, self.finder()
        url = reverse("admin:sources_capture_read", args=[section.capture_id])
        at = f"{url}?at={section.start}-{section.start + max(1, len(section.title))}#at"
        named = {"page": finder.page_of(section.start) if finder else "?", "place": section.start}
        return format_html('<a href="{}">{}</a>', at, _("page %(page)s, character %(place)s") % named)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean()
        words = cleaned.get("title", "")
        is_moved = "title" in self.changed_data or "after" in self.changed_data
        if not is_moved and not self.instance._state.adding:
            cleaned["title"] = self.was
        elif words:
            self._find(words, cleaned.get("after", ""), cleaned)
        elif "title" not in self.errors:
            self.add_error("title", _("Say with which words it begins."))
        return cleaned

    def _find(self, words: str, after: str, cleaned: dict[str, Any]) -> None:
        finder = self.finder()
        if finder is None:
            self.add_error("title", _("The text is not kept here, so that no place in it can be found."))
            return
        try:
            place = finder.find(words, after)[0]
        except QuoteError as error:
            self.add_error("title", str(error))
            return
        self.instance.start = place.start
        cleaned["title"] = finder.text[place.start : place.end]


class SectionFormSet(OfParent):
    """The sections of one copy, whose text is read once for all of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (proposed := getattr(self, "initial_extra", None)) is not None:
            self.extra = len(proposed)
        rows: Any = self.get_queryset()
        self.starts = {each.pk: each.start for each in rows}

    @cached_property
    def _finder(self) -> Finder | None:
        return finder_in(self.instance)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "finder": lambda: self._finder}

    def clean(self) -> None:
        """See that no two begin at one place, nor does one move to where another stood until that is saved."""
        super().clean()
        seen: set[int] = set()
        forms: list[Any] = self.forms
        for form in forms:
            is_deleted = getattr(form, "cleaned_data", {}).get("DELETE")
            start, own = form.instance.start, form.instance.pk
            if start is None or is_deleted:
                continue
            others = {place for key, place in self.starts.items() if key != own} if own else set()
            if start in seen | others:
                form.add_error("title", _("Another section begins there already."))
            seen.add(start)


class SectionInline(StackedInline):
    model = SourceSection
    form = SectionForm
    formset = SectionFormSet
    fields = [
        "title",
        "after",
        ("role", "stated_on"),
        ("said_by_actor", "said_by_source"),
        ("speaker_id", "speaker_en"),
    ]
    autocomplete_fields = ["said_by_actor", "said_by_source"]
    extra = 0
    verbose_name_plural = gettext_lazy("who speaks where: each section runs to the next one, or to the end")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).select_related("said_by_actor", "said_by_source")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return without_shortcuts(super().formfield_for_dbfield(db_field, request, **kwargs))


class ReadInSections(ModelAdmin):
    """Adds to the page of a copy its sections, and proposes them at `?propose=1`."""

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> Any:
        inlines = super().get_inlines(request, obj)
        return [*inlines, SectionInline] if obj else inlines

    def get_formset_kwargs(self, request: HttpRequest, obj: Model, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        is_asked = request.method == "GET" and "propose" in request.GET
        if is_asked and isinstance(inline, SectionInline) and isinstance(obj, Capture):
            kwargs["initial"] = initial_rows(obj)
        return kwargs

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Iterable[FormSet], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if number := hide_private(form.instance):
            message = ngettext(
                "%(number)s section or name of this source held private words; they were taken out of it.",
                "%(number)s sections or names of this source held private words; they were taken out of them.",
                number,
            )
            self.message_user(request, message % {"number": number}, "warning")


def initial_rows(capture: Capture) -> list[dict[str, object]]:
    """Return the proposed sections of a copy as rows of its form, without those that are saved."""
    finder = finder_in(capture)
    saved = set(SourceSection.objects.filter(capture=capture).values_list("start", flat=True))
    return [
        {
            "title": each.title,
            "role": each.role,
            "said_by_source": capture.source_id if each.role in SAID_BY_SOURCE else None,
        }
        for each in (proposed_sections(finder) if finder else [])
        if each.start not in saved
    ]


def hide_private(capture: Capture) -> int:
    """Take private words out of sections and names; return out of how many. A name that is private goes as a whole."""
    private = list(capture.private_spans.values_list("start", "end"))
    if not private:
        return 0
    touched = [
        each.pk
        for each in SourceSection.objects.filter(capture=capture).exclude(title="")
        if touches(each.start, each.start + len(each.title), private)
    ]
    SourceSection.objects.filter(pk__in=touched).update(title="")
    texts = texts_of(capture.source)
    gone = [name.pk for name in SourceName.objects.filter(source=capture.source_id) if is_private(name.words, texts)]
    SourceName.objects.filter(pk__in=gone).delete()
    return len(touched) + len(gone)


def texts_of(source: Source) -> Texts:
    """Return the texts of a source that are at hand, each with its private spans."""
    captures = source.captures.prefetch_related("private_spans").defer("layout").select_related("source")
    finders = [(finder_in(capture), capture.private) for capture in captures]
    return [(finder.text, private) for finder, private in finders if finder is not None]


def stands_openly(words: str, texts: Texts) -> bool:
    return any(open_occurrences(text, words, private) for text, private in texts)


def is_private(words: str, texts: Texts) -> bool:
    """Return whether words stand in the texts, and nowhere but where it is private."""
    return not stands_openly(words, texts) and any(occurrences(text, words) for text, _private in texts)


class NameForm(ChildForm, DeskForm):
    fields_of_constraints = {"source_name_is_shown": "excerpt"}

    class Meta:
        model = SourceName
        fields = ["words", "who", "excerpt", "reason"]

    def __init__(self, *args: Any, texts: Callable[[], Texts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts

    def clean_words(self) -> str:
        """Of a text that is at hand: they stand in it, and not only where the name of a private person does."""
        words: str = self.cleaned_data["words"]
        texts = self.texts() if "words" in self.changed_data else []
        if texts and not stands_openly(words, texts):
            raise ValidationError(_("These words stand nowhere in the text, or only where it is private."))
        return words


class NameFormSet(OrderedFormSet):
    """The names in one source, whose texts are read once for all of them."""

    @cached_property
    def _texts(self) -> Texts:
        source: Any = self.instance
        return texts_of(source)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "parent": self.instance, "texts": lambda: self._texts}


class NameInline(ExcerptsInline):
    model = SourceName
    form = NameForm
    formset = NameFormSet
    fields = ["words", "who", "excerpt", "reason"]
    autocomplete_fields = ["who", "excerpt"]
    verbose_name_plural = gettext_lazy("who is meant: names, initials and roles as this source uses them")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).select_related("who", "excerpt__capture__source")
