"""Rows that are edited on the page of what they belong to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Alias, Citation, ConflictSide, Identifier, Party, Relay, Unknown
from cases.vocabularies import Relation
from sources.forms import SeenForm
from sources.generics import ModelForm, TabularInline
from sources.models import Excerpt

from .base import without_shortcuts
from .forms import DeskForm, OrderedFormSet, WithProperty


def excerpts_without_texts() -> QuerySet[Excerpt]:
    """Excerpts to choose from, with what names them and without the texts they come from."""
    return Excerpt.objects.select_related("capture__source").defer("capture__text", "capture__layout")


class ExcerptsInline(TabularInline):
    """Rows in an order; excerpts are chosen by their words, not from a list of all."""

    form: Any = SeenForm
    formset: Any = OrderedFormSet
    # Empty rows on the page of what is not saved yet
    rows_to_begin_with = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return without_shortcuts(super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> int:
        return 0 if obj else self.rows_to_begin_with

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Excerpt:
            kwargs["queryset"] = excerpts_without_texts()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class AliasInline(ExcerptsInline):
    model = Alias
    fields = ["name", "kind", "excerpt", "position"]
    autocomplete_fields = ["excerpt"]
    verbose_name_plural = gettext_lazy("aliases, each with the words that show it")


class IdentifierForm(DeskForm):
    fields_of_constraints = {"identifier_scheme_is_known": "scheme", "identifier_has_its_form": "value"}


class IdentifierInline(ExcerptsInline):
    model = Identifier
    form = IdentifierForm
    fields = ["scheme", "value", "excerpt", "position"]
    autocomplete_fields = ["excerpt"]
    verbose_name_plural = gettext_lazy("identifiers, each with the words that show it")


class UnknownForm(WithProperty):
    fields_of_constraints = {
        "unknown_reason_is_known": "reason",
        "unknown_search_says_where_and_when": "searched_on",
        "unknown_reason_has_its_words": "excerpt",
    }

    class Meta:
        model = Unknown
        fields = ["property", "reason", "note_id", "note_en", "searched_on", "excerpt", "position"]
        help_texts = {
            "reason": gettext_lazy("Why we cannot say it. “The source does not say” only of works held in full."),
            "note_en": gettext_lazy("The same in English."),
        }


class UnknownFormSet(OrderedFormSet):
    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            cleaned = getattr(form, "cleaned_data", {})
            name = cleaned.get("property")
            if not name or cleaned.get("DELETE"):
                continue
            if name in seen:
                form.add_error("property", _("This is noted as unknown already."))
            seen.add(name)


class UnknownInline(ExcerptsInline):
    """What is unknown of the subject itself; what is unknown of a claim stands on the claim's page."""

    model = Unknown
    form = UnknownForm
    formset = UnknownFormSet
    autocomplete_fields = ["excerpt"]
    verbose_name_plural = gettext_lazy("unknown, of the subject as a whole")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).filter(claim__isnull=True)


class ClaimUnknownFormSet(UnknownFormSet):
    def save_new(self, form: ModelForm, commit: bool = True) -> Model:
        form.instance.subject = self.instance.subject
        return super().save_new(form, commit)


class ClaimUnknownInline(ExcerptsInline):
    model = Unknown
    fk_name = "claim"
    form = UnknownForm
    formset = ClaimUnknownFormSet
    autocomplete_fields = ["excerpt"]
    verbose_name_plural = gettext_lazy("unknown, of this claim: what a reader will ask and the source does not say")


class PartyForm(DeskForm):
    fields_of_constraints = {"party_is_somebody": "who"}

    class Meta:
        model = Party
        fields = ["part", "who", "as_stated", "position"]


class PartyInline(ExcerptsInline):
    model = Party
    form = PartyForm
    autocomplete_fields = ["who"]
    verbose_name_plural = gettext_lazy("parties: everybody whom the statement names, and as what")


class CitationFormSet(OrderedFormSet):
    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        kept = [row for row in rows if row.get("excerpt") and not row.get("DELETE")]
        if not any(row.get("relation") == Relation.SUPPORTS for row in kept):
            raise ValidationError(_("A claim stands on at least one excerpt that supports it."))


class CitationInline(ExcerptsInline):
    model = Citation
    formset = CitationFormSet
    fields = ["excerpt", "relation", "confirmed", "position"]
    autocomplete_fields = ["excerpt"]
    verbose_name_plural = gettext_lazy("excerpts: the exact words that carry the claim")
    rows_to_begin_with = 1


class RelayInline(ExcerptsInline):
    model = Relay
    fields = ["source", "position"]
    autocomplete_fields = ["source"]
    verbose_name_plural = gettext_lazy("relayed by: the works in between, nearest to the speaker first")


class SideInline(ExcerptsInline):
    model = ConflictSide
    fields = ["value", "reading_id", "reading_en", "excerpt", "position"]
    autocomplete_fields = ["excerpt"]
    verbose_name_plural = gettext_lazy("sides: what each says, in its words")
    rows_to_begin_with = 2
