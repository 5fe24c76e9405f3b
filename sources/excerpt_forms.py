"""Forms that find words in a copy and keep its own. Nothing typed is lost when they refuse."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from . import quotes
from .captures import WrongTextError, finder_of, text_of
from .forms import ChildForm, InBothLanguages, Verbatim, as_in
from .generics import ModelForm
from .intake.truth import Judgement
from .models import Capture, Excerpt, ExcerptTranslation
from .page_checks import check_of, judgement_of
from .vocabularies import Language


class NewExcerptForm(InBothLanguages):
    """Words to be found in a copy, as they were typed or pasted. What is kept are the copy's own, at their place."""

    exact = forms.CharField(
        label=_("Exact words"),
        widget=Verbatim(attrs={"rows": 5, "cols": 100}),
        help_text=_("Typed or pasted; kept as the copy has them, typing errors and all. At most 600 characters."),
    )
    after = forms.CharField(
        label=_("Words just before"),
        required=False,
        widget=Verbatim(attrs={"rows": 1, "cols": 100}),
        help_text=_("Only when the exact words stand in more than one place: what stands before the place meant."),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("the source's own language")), *Language.choices]
    )
    seen_on_page = forms.BooleanField(
        label=_("I have compared these words with the page"),
        required=False,
        help_text=_(
            "Asked where their order on the page is doubtful: tables, scans, wide gaps. "
            "Without it they are kept, but cannot go out until somebody has looked."
        ),
    )
    # The spans that were shown to the curator because they read otherwise than what was typed
    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    parts: list[Excerpt] = []
    judgement: Judgement | None = None

    class Meta:
        model = Excerpt
        fields = ["capture", "exact", "locator_id", "locator_en", "language"]

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        capture, words = cleaned.get("capture"), cleaned.get("exact")
        if capture and words:
            cleaned["language"] = cleaned.get("language") or capture.source.language
            self._find(capture, words, cleaned.get("after") or "")
        return cleaned

    def _find(self, capture: Capture, words: str, after: str) -> None:
        try:
            text = text_of(capture)
            if text is None:
                self.add_error("capture", _("The text of this copy is not at hand, so its words cannot be checked."))
                return
            found = finder_of(capture, text).find(words, after)
        except WrongTextError as error:
            self.add_error("capture", str(error))
        except quotes.AmbiguousPlaceError as error:
            self.add_error("after", str(error))
        except quotes.QuoteError as error:
            self.add_error("exact", str(error))
        else:
            self.parts = [self._excerpt(capture, text, part) for part in found]
            self._place(capture, self.parts[0])
            self._judge(capture)
            self._show(words)

    def _judge(self, capture: Capture) -> None:
        """Refuse words that no page holds in this order."""
        self.judgement = judgement_of(capture, [(part.start, part.end) for part in self.parts])
        if self.judgement and self.judgement.state == "stitched":
            said = _("These words do not follow each other on the page. Quote them in parts, as the page has them.")
            self.add_error("exact", " ".join([str(said), *self.judgement.reasons]))

    def _excerpt(self, capture: Capture, text: str, found: quotes.Found) -> Excerpt:
        about = {name: self.cleaned_data.get(name) or "" for name in ("locator_id", "locator_en", "language")}
        return Excerpt(capture=capture, exact=text[found.start : found.end], **vars(found), **about)

    def _place(self, capture: Capture, first: Excerpt) -> None:
        held = Excerpt.objects.filter(capture=capture, start=first.start, end=first.end).first()
        if held:
            link, said = (
                reverse("admin:sources_excerpt_change", args=[held.pk]),
                _("These words are an excerpt already:"),
            )
            self.add_error("exact", format_html('{} <a href="{}">{}</a>', said, link, held.locator_id or held.pk))
        self.cleaned_data["exact"] = first.exact
        row = self.instance
        row.start, row.end, row.prefix, row.suffix = first.start, first.end, first.prefix, first.suffix

    def _show(self, words: str) -> None:
        """Ask once more where the copy has other signs than what was typed, or a page ends between the words."""
        spans = " ".join(f"{part.start}-{part.end}" for part in self.parts)
        is_as_typed = len(self.parts) == 1 and words.split() == self.parts[0].exact.split()
        if is_as_typed or self.errors or self.cleaned_data.get("shown") == spans:
            return
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("shown")] = spans
        kept = [_("“%(words)s” at %(start)s") % {"words": part.exact, "start": part.start} for part in self.parts]
        self.add_error(
            "exact", _("The copy reads %(kept)s. Save again to keep these words.") % {"kept": " […] ".join(kept)}
        )


class ComparedForm(ModelForm):
    """Of an excerpt that is written already: whether somebody has compared its words with the page."""

    compared = forms.BooleanField(label=NewExcerptForm.base_fields["seen_on_page"].label, required=False)

    class Meta:
        model = Excerpt
        fields: tuple[str, ...] = ()

    @staticmethod
    def is_asked(excerpt: Excerpt) -> bool:
        """Return whether nobody did who should."""
        check = check_of(excerpt)
        return check is not None and check.waits


class TranslationForm(ChildForm):
    """Another language's words for an excerpt; by the source only if they stand in the same copy."""

    class Meta:
        model = ExcerptTranslation
        fields = ["language", "by", "text"]
        widgets = {"text": Verbatim(attrs={"rows": 3, "cols": 80})}

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        excerpt, words = self.parent, cleaned.get("text")
        if cleaned.get("language") == excerpt.language and excerpt.language:
            self.add_error("language", _("The excerpt is in this language itself."))
        if words and cleaned.get("by") == "source":
            self._stands_in_source(excerpt, words)
        return cleaned

    def _stands_in_source(self, excerpt: Excerpt, words: str) -> None:
        try:
            text = text_of(excerpt.capture) if excerpt.capture_id else None
        except WrongTextError as error:
            self.add_error("text", str(error))
            return
        if text is None:
            return
        words = self.cleaned_data["text"] = as_in(text, words)
        if words not in text:
            message = _("This is not in the source word for word. Nearest: “%s”")
            self.add_error("text", message % quotes.nearest(text, words))
