"""What disagrees, and what those concerned reply."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.models import Conflict, Response
from sources.models import Excerpt

from .claims import OfSubject, OfSubjectForm
from .forms import Sentence, WithProperty, conflict_property_choices
from .inlines import SideInline, excerpts_without_texts

SHORT_NAME = _("A short name, unique within the subject.")


class ConflictForm(OfSubjectForm, WithProperty):
    property = forms.ChoiceField(label=_("Property"), choices=conflict_property_choices)
    fields_of_constraints = {"conflict_key_once": "key", "conflict_kind_is_known": "kind"}

    class Meta:
        model = Conflict
        fields = ["subject", "key", "position", "kind", "claim", "property", "explanation_id", "explanation_en"]
        widgets = {"explanation_id": Sentence(3), "explanation_en": Sentence(3)}
        help_texts = {"key": SHORT_NAME, "explanation_en": _("The same in English.")}

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        claim, subject = cleaned.get("claim"), cleaned.get("subject")
        if claim and subject and claim.subject_id != subject.pk:
            self.add_error("claim", _("This claim belongs to another subject."))
        return cleaned


@admin.register(Conflict)
class ConflictAdmin(OfSubject):
    form = ConflictForm
    list_display = ["__str__", "subject", "claim"]
    list_select_related = ["subject", "claim"]
    list_filter = ["kind"]
    search_fields = ["key", "property", "subject__title_id", "subject__title_en", "explanation_id"]
    autocomplete_fields = ["subject", "claim"]
    inlines = [SideInline]
    fieldsets = [
        (None, {"fields": ["subject", "claim", ("property", "kind")]}),
        (_("Our explanation, short"), {"fields": ["explanation_id", "explanation_en"]}),
        (None, {"fields": [("key", "position")]}),
    ]


class ResponseForm(OfSubjectForm):
    fields_of_constraints = {
        "response_key_once": "key",
        "response_is_dated": "asked",
        "response_state_is_known": "state",
        "response_only_an_answer_is_answered": "answered",
        "response_not_asked_because": "not_asked_because",
        "response_source_tells_of_it": "note_id",
    }

    class Meta:
        model = Response
        fields = [
            *("subject", "key", "position", "who", "state", "not_asked_because", "asked", "deadline", "answered"),
            *("denies", "note_id", "note_en", "claims", "excerpts"),
        ]
        widgets = {"note_id": Sentence(2), "note_en": Sentence(2)}
        help_texts = {
            "key": SHORT_NAME,
            "state": _("Whether they were asked, by us or by the source, and what came of it."),
            "asked": _("The day on which we asked."),
            "deadline": _("Until when we asked them to answer."),
            "answered": _("The day of the answer; only when they answered."),
            "note_en": _("The same in English."),
            "claims": _("What they were asked about, or answered."),
            "excerpts": _("The words of the answer, or of what the source tells of it."),
        }

    def clean_claims(self) -> Any:
        claims, subject = self.cleaned_data["claims"], self.cleaned_data.get("subject")
        if subject and any(claim.subject_id != subject.pk for claim in claims):
            raise ValidationError(_("A response answers claims of its own subject only."))
        return claims


@admin.register(Response)
class ResponseAdmin(OfSubject):
    form = ResponseForm
    list_display = ["__str__", "subject", "state", "asked", "answered"]
    list_filter = ["state"]
    list_select_related = ["subject", "who"]
    search_fields = ["key", "subject__title_id", "subject__title_en", "who__title_id", "who__title_en"]
    autocomplete_fields = ["subject", "who", "claims", "excerpts"]
    fieldsets = [
        (None, {"fields": ["subject", "who", "claims", "state"]}),
        (_("When nobody asked"), {"fields": ["not_asked_because"]}),
        (_("When we asked"), {"fields": [("asked", "deadline")]}),
        (_("The answer"), {"fields": [("answered", "denies"), "excerpts"]}),
        (_("When the source asked"), {"fields": ["note_id", "note_en"]}),
        (None, {"fields": [("key", "position")]}),
    ]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Excerpt:
            kwargs["queryset"] = excerpts_without_texts()
        return super().formfield_for_manytomany(db_field, request, **kwargs)
