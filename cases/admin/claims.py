"""Claims: one plain sentence, who says it, who stands in it, and the words that carry it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Max, Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from cases.documents.build import Item
from cases.models import Claim, Conflict, Response
from sources.generics import ModelForm

from .base import DraftingAdmin
from .detail_inlines import COLLAPSED_INLINES, OPEN_INLINES
from .forms import DeskForm, Sentence, WithTopics
from .inlines import CitationInline, ClaimUnknownInline, PartyInline, RelayInline
from .reasons import change_url

# Rows that belong to one subject
OwnedRow = Claim | Conflict | Response


class OfSubjectForm(DeskForm):
    """A row of one subject, which it keeps for good."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding and "subject" in self.fields:
            self.fields["subject"].disabled = True


class OfSubject(DraftingAdmin):
    """Claims, conflicts and responses: they belong to one subject, and saving them leads back to it."""

    autocomplete_fields = ["subject"]
    list_select_related = ["subject"]
    change_form_template = "admin/desk/of_subject_change_form.html"

    def items_of(self, obj: OwnedRow) -> Iterable[Item]:
        yield obj.subject

    def save_model(self, request: HttpRequest, obj: OwnedRow, form: ModelForm, change: bool) -> None:
        if not change and not obj.position:
            last = type(obj).objects.filter(subject=obj.subject).aggregate(last=Max("position"))["last"]
            obj.position = 1 if last is None else last + 1
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: OwnedRow) -> HttpResponseRedirect:
        return HttpResponseRedirect(change_url(obj.subject))

    def response_post_save_change(self, request: HttpRequest, obj: OwnedRow) -> HttpResponseRedirect:
        return HttpResponseRedirect(change_url(obj.subject))

    def change_context(self, request: HttpRequest, obj: OwnedRow) -> dict[str, object]:
        return {"subject": obj.subject, "subject_url": change_url(obj.subject)}


class ClaimForm(OfSubjectForm, WithTopics):
    fields_of_constraints = {
        "claim_key_once": "key",
        "claim_lead_once": "lead",
        "claim_kind_is_known": "kind",
        "claim_standing_is_known": "standing",
        "claim_aspect_fits_kind": "aspect",
        "claim_has_one_speaker": "said_by_source",
        "claim_has_a_statement": "statement_id",
        "claim_stage_is_dated": "start",
    }

    one_is_enough = ("statement",)

    class Meta:
        model = Claim
        fields = [field.name for field in Claim._meta.fields if field.editable] + ["places"]
        widgets = {"statement_id": Sentence(), "statement_en": Sentence()}
        help_texts = {
            "statement_en": _("The same sentence in English. One of the two is enough; the other may follow later."),
            "speaker_en": _("The same in English: “a resident”."),
        }

    def clean(self) -> dict[str, object]:
        """Where one language of a statement in both was changed alone, the other is to be checked.

        A proposed sentence that was changed is hers.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "statement_id" in self.changed_data and "statement_is_proposed" not in self.changed_data:
            cleaned["statement_is_proposed"] = False
        texts = ("statement_id", "statement_en")
        changed = {name[-2:] for name in texts if name in self.changed_data and self.initial.get(name)}
        if not all(cleaned.get(name) for name in texts):
            cleaned["stale_language"] = ""  # there is no other
        elif len(changed) == 1 and "stale_language" not in self.changed_data:
            other = "en" if changed == {"id"} else "id"
            if cleaned.get("stale_language") not in changed:
                cleaned["stale_language"] = other
        return cleaned


@admin.register(Claim)
class ClaimAdmin(OfSubject):
    form = ClaimForm
    list_display = ["statement", "subject", "kind", "standing", "lead", "stale_language"]
    list_filter = ["kind", "standing", "stale_language", "subject__kind"]
    search_fields = ["statement_id", "statement_en", "key", "subject__title_id", "subject__title_en", "subject__slug"]
    autocomplete_fields = ["subject", "said_by_actor", "said_by_source", "places"]
    fieldsets = [
        (None, {"fields": ["subject", "statement_id", "statement_en", "statement_is_proposed", "stale_language"]}),
        (
            _("What sort of fact, how firmly said"),
            {"fields": [("kind", "aspect"), "standing", ("key", "lead", "position")]},
        ),
        (_("Who says it: exactly one"), {"fields": ["said_by_source", "said_by_actor", ("speaker_id", "speaker_en")]}),
        (_("When and where"), {"fields": [("start", "end"), "ongoing_when_written", "date_as_stated", "places"]}),
        (_("Topics"), {"fields": ["topics"], "classes": ["collapse"]}),
    ]

    def get_inlines(
        self, request: HttpRequest, obj: Claim | None = None
    ) -> "list[type[InlineModelAdmin[Model, Claim]]]":
        """Return the inlines: the numbers that fit the claim's kind first and open, the others collapsed below."""
        kind = str(obj.kind) if obj else ""
        return [
            CitationInline,
            PartyInline,
            *(inline for name, inline in OPEN_INLINES.items() if name == kind),
            ClaimUnknownInline,
            RelayInline,
            *(inline for name, inline in COLLAPSED_INLINES.items() if name != kind),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return super().get_queryset(request).select_related("subject")

    @admin.display(description=_("statement"), ordering="statement_id")
    def statement(self, claim: Claim) -> str:
        return str(claim)

    def save_model(self, request: HttpRequest, obj: OwnedRow, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        reworded = {"statement_id", "statement_en"} & set(form.changed_data)
        is_stale = isinstance(obj, Claim) and obj.stale_language
        if isinstance(obj, Claim) and not (obj.statement_id and obj.statement_en):
            message = _("The statement stands in one language. It may go out so; the other is said to be missing.")
            self.message_user(request, message)
        if change and reworded and is_stale and "stale_language" not in form.changed_data:
            self.message_user(
                request,
                _("Only one language of the statement was changed: check the other, then empty “%s”.")
                % Claim._meta.get_field("stale_language").verbose_name,
                "warning",
            )
