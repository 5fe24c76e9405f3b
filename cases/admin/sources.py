"""Sources, copies and excerpts at the desk: the forms of `sources.admin`, with history and publication."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Max, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

import sources.admin
from cases.documents.build import Item
from cases.dossiers.drafts import items_citing
from cases.models import Claim
from cases.vocabularies import Relation
from sources.generics import StackedInline
from sources.models import Capture, Excerpt, Source, SourceStatement, SourceStatementExcerpt

from .base import DraftingAdmin
from .forms import DeskForm, OrderedFormSet, Sentence
from .inlines import excerpts_without_texts
from .item import ItemAdmin
from .other_readings import OtherReadings
from .source_reading import NameInline, ReadInSections
from .source_texts import place_of
from .state import StateFilter

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class SourceForm(DeskForm):
    fields_of_constraints = {"source_has_one_title": "title_given_id", "source_kind_is_known": "source_kind"}

    def clean_known_through(self) -> QuerySet[Source]:
        """No chain of tellers may lead back to the work itself: nobody would hold a copy of anything."""
        tellers: QuerySet[Source] = self.cleaned_data["known_through"]
        seen: set[UUID] = set()
        ahead = {teller.pk for teller in tellers}
        while ahead:
            if self.instance.pk in ahead:
                raise ValidationError(_("A work is not known through itself."))
            seen |= ahead
            ahead = set(Source.objects.filter(tells_of__in=ahead).values_list("pk", flat=True)) - seen
        return tellers


def excerpts_field(label: "StrOrPromise", help_text: "StrOrPromise", *, required: bool) -> Any:
    """Return a field to choose several excerpts by their words."""
    widget = AutocompleteSelectMultiple(SourceStatementExcerpt._meta.get_field("excerpt"), admin.site)
    return forms.ModelMultipleChoiceField(
        excerpts_without_texts(), label=label, help_text=help_text, required=required, widget=widget
    )


class StatementForm(DeskForm):
    """What a source tells of itself, with its excerpts under the name of their relation."""

    supports = excerpts_field(_("Excerpts that carry it"), _("The exact words that say it."), required=True)
    context = excerpts_field(_("Excerpts as context"), _("Such as words that name the work."), required=False)
    one_is_enough = ("statement",)
    fields_of_constraints = {
        "source_statement_aspect_is_known": "aspect",
        "source_statement_has_a_sentence": "statement_id",
    }

    class Meta:
        model = SourceStatement
        fields = ["key", "aspect", "position", "statement_id", "statement_en"]
        widgets = {"statement_id": Sentence(), "statement_en": Sentence()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            for relation in Relation.values:
                cited = [each.excerpt_id for each in self.instance.citations.all() if each.relation == relation]
                self.initial[relation] = cited

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean()
        if set(cleaned.get("supports", ())) & set(cleaned.get("context", ())):
            self.add_error("context", _("This excerpt is cited here already."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        statement = super().save(commit)
        if commit:
            self._cite(statement)
        return statement

    def _cite(self, statement: SourceStatement) -> None:
        """Make the citations those chosen; what stays keeps its place, what is new comes after it."""
        chosen = {excerpt: relation for relation in Relation.values for excerpt in self.cleaned_data[relation]}
        statement.citations.exclude(excerpt__in=chosen).delete()
        last = statement.citations.aggregate(last=Max("position"))["last"]
        for position, (excerpt, relation) in enumerate(chosen.items(), start=0 if last is None else last + 1):
            given = {"relation": relation}
            statement.citations.update_or_create(
                excerpt=excerpt, defaults=given, create_defaults=given | {"position": position}
            )


class StatementInline(StackedInline):
    model = SourceStatement
    form = StatementForm
    formset = OrderedFormSet
    fields = [("key", "aspect", "position"), "statement_id", "statement_en", "supports", "context"]
    extra = 0
    verbose_name_plural = _("what the work tells of itself: its aim, method and scope; what it found is a claim")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).prefetch_related("citations")


@admin.register(Source)
class DeskSourceAdmin(ItemAdmin, sources.admin.SourceAdmin):
    form = SourceForm
    inlines = [StatementInline, NameInline, *sources.admin.SourceAdmin.inlines]
    list_display = ["display_title", "source_kind", "published", "slug", "state"]
    list_filter = [StateFilter, "source_kind"]
    change_form_template = "admin/desk/source_change_form.html"


@admin.register(Capture)
class DeskCaptureAdmin(OtherReadings, ReadInSections, sources.admin.CaptureAdmin):
    change_list_template = "admin/desk/capture_change_list.html"
    change_form_template = "admin/desk/capture_change_form.html"

    def items_of(self, obj: Capture) -> Iterable[Item]:
        yield obj.source


@admin.register(Excerpt)
class DeskExcerptAdmin(DraftingAdmin, sources.admin.ExcerptAdmin):
    change_form_template = "admin/desk/excerpt_change_form.html"

    def items_of(self, obj: Excerpt) -> Iterable[Item]:
        return items_citing(obj)

    def is_cited(self, excerpt: Excerpt) -> bool:
        return any(items_citing(excerpt))

    def response_add(self, request: HttpRequest, obj: Model, post_url_continue: str | None = None) -> HttpResponse:
        """Go back to the text where the words were quoted from it (`?read=1`)."""
        response = super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(place_of(obj)) if "read" in request.GET and isinstance(obj, Excerpt) else response

    def change_context(self, request: HttpRequest, obj: Excerpt) -> dict[str, object]:
        return {
            "claims": Claim.objects.filter(citations__excerpt=obj).select_related("subject"),
            "statements": SourceStatement.objects.filter(citations__excerpt=obj).select_related("source"),
        }
