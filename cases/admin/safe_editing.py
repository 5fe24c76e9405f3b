"""No save undoes another's: each form carries what it was opened with, and a later save of what changed shows both."""

import json
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cases.models import Draft
from sources.generics import InlineFormSet, ModelAdmin, ModelForm

from . import unsaved_text
from .merge import MAX_ROWS, Difference, OpenedForm, Rows, merged, values
from .reasons import change_url

# Where a request keeps what was found about the form it posts; no header is called so
MEANWHILE = "casedb.meanwhile"
NOT_TYPED = ("csrfmiddlewaretoken", "_opened", "_form", "_clash", "_save", "_continue", "_addanother", "_popup")


class Meanwhile:
    """What speaks against saving a posted form: a sentence, and what somebody else changed."""

    def __init__(self, sentence: str, opened: OpenedForm | None = None, differences: list[Difference] | None = None):
        self.sentence, self.opened, self.differences = sentence, opened, differences or []
        self.by: Draft | LogEntry | None = None


class Refused:
    """Makes a form one that is not saved, and says why above it."""

    sentence = ""

    def clean(self: Any) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean()  # type: ignore[misc]
        self.add_error(None, self.sentence)
        return cleaned or self.cleaned_data


class SafeEditing(ModelAdmin):
    """Base of every form of the desk."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        for name, total in request.POST.items():
            if name.endswith("-TOTAL_FORMS") and str(total).isdecimal() and int(str(total)[:9]) > MAX_ROWS:
                raise BadRequest(_("A form takes at most %s rows of one sort. Nothing was saved.") % MAX_ROWS)
        with transaction.atomic():
            if answer := unsaved_text.answer(request):
                return answer
            taken_up = unsaved_text.take_up(request)
            if object_id is None:
                self._find_saved_already(request)
            else:
                self._merge(request, unquote(object_id))
            if taken_up and not (found := request.META.setdefault(MEANWHILE, Meanwhile(""))).sentence:
                found.sentence = _("This is your unsaved text of %s. It is not saved yet.") % unsaved_text.time_of(
                    taken_up
                )
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        found: Meanwhile | None = request.META.get(MEANWHILE)
        if found is None or not found.sentence:
            return form
        return type(form.__name__, (Refused, form), {"sentence": found.sentence})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        found: Meanwhile | None = request.META.get(MEANWHILE)
        if obj is None:
            context["form_token"] = request.POST.get("_form") or uuid.uuid4()
        else:
            opened = found.opened if found else None
            if opened is None:
                inlines = [each for each in context["inline_admin_formsets"] if each.has_change_permission]
                opened = OpenedForm(context["adminform"].form, [each.formset for each in inlines])
            context["opened"] = json.dumps({"at": timezone.now().isoformat(), "rows": opened.rows})
        if request.method == "GET" and (kept := unsaved_text.of(request)):
            context["unsaved_at"] = unsaved_text.time_of(kept)
        if found:
            context |= {"differences": found.differences, "changed_by": found.by}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        """Note beside the entry which form was saved: that form is not saved again."""
        if isinstance(message, list) and (token := _token(request)):
            message = [*message, {"form": token}]
        unsaved_text.forget(request)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        unsaved_text.forget(request)
        return super().log_change(request, obj, message)

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        if request.method != "POST":
            redirect: HttpResponse = super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]
            return redirect
        labels = {name: each.label for name, each in self.get_form(request).base_fields.items()}
        typed = [
            (labels.get(name) or name, text)
            for name, given in request.POST.lists()
            if name not in NOT_TYPED and not name.endswith("_FORMS") and (text := "\n".join(given))
        ]
        context = {**self.admin_site.each_context(request), "title": _("It is not there any more"), "typed": typed}
        return TemplateResponse(request, "admin/desk/gone.html", context | {"opts": opts}, status=410)

    def entry_of_form(self, request: HttpRequest) -> LogEntry | None:
        """Return how the log tells of a row that the posted form made before. Of two clicks, the second waits here."""
        if not (token := _token(request)):
            return None
        user: Any = request.user
        User.objects.select_for_update().get(pk=user.pk)
        entries = LogEntry.objects.filter(
            user=user, action_flag=ADDITION, content_type=ContentType.objects.get_for_model(self.model)
        )
        return entries.filter(change_message__contains=token).first()

    def _find_saved_already(self, request: HttpRequest) -> None:
        """Refuse a new row whose form was saved before: a double click, or the back button."""
        if self.has_add_permission(request) and (entry := self.entry_of_form(request)):
            row = self.model._default_manager.filter(pk=entry.object_id).first()
            link = format_html('<a href="{}">{}</a>', change_url(row), row) if row else entry.object_repr
            sentence = _(
                "This form was saved already, as {}. Nothing was written twice; what stands below is not saved."
            )
            request.META[MEANWHILE] = Meanwhile(format_html(sentence, link))

    def _merge(self, request: HttpRequest, object_id: str) -> None:
        """Put the posted data on what stands now; refuse to save them while somebody's change was not seen."""
        locked = self.model._base_manager.select_for_update(of=("self",))
        obj = self.get_object(request, object_id)
        if obj is None or not self.has_change_permission(request, obj):
            return
        locked.filter(pk=obj.pk).order_by().values_list("pk").first()
        obj = self.get_object(request, object_id)
        now = OpenedForm(self._form_of(request, obj), list(self._formsets_of(request, obj)))
        found = request.META[MEANWHILE] = Meanwhile("", now)
        opened_at, opened = _opened(request)
        if opened == now.rows and not request.POST.getlist("_clash"):
            return
        posted: Any = request
        posted.POST, found.differences, has_changes = merged(request.POST, opened, now)
        if found.differences and not has_changes:
            found.differences = []
            self.message_user(request, _("What you typed stands already; nothing was written twice."))
        elif found.differences:
            found.sentence = _("Somebody changed this while you had it open. Nothing is saved yet, nothing is lost.")
            found.by = self._last_change(obj, opened_at)

    def _form_of(self, request: HttpRequest, obj: Any) -> ModelForm:
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        return self.get_form(request, obj, change=True, fields=fields)(instance=obj)

    def _formsets_of(self, request: HttpRequest, obj: Any) -> Iterator[InlineFormSet]:
        for formset, inline in self.get_formsets_with_inlines(request, obj):
            if inline.has_change_permission(request, obj):
                prefix = formset.get_default_prefix()
                yield formset(instance=obj, prefix=prefix, queryset=inline.get_queryset(request))

    def _last_change(self, obj: Any, since: datetime | None) -> Draft | LogEntry | None:
        """Return who changed the row last, as the desk logged it, or as the history of its subject or source has it."""
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(self.model), object_id=str(obj.pk)
        )
        if since is not None:
            entries = entries.filter(action_time__gt=since)
        if entry := entries.select_related("user").order_by("-action_time").first():
            return entry
        items = [item.pk for item in getattr(self, "items_of", lambda row: [row])(obj)]
        return Draft.objects.filter(object_id__in=items).select_related("by").first()


def _token(request: HttpRequest) -> str:
    """Return the token of a posted form, empty where it is none."""
    try:
        return str(uuid.UUID(str(request.POST.get("_form", ""))))
    except ValueError:
        return ""


def _opened(request: HttpRequest) -> tuple[datetime | None, Rows]:
    """Return when a posted form was opened and with what; nothing where it does not say so, and all is compared."""
    try:
        told = json.loads(str(request.POST.get("_opened", "")))
        at, given = parse_datetime(told["at"]), told["rows"]
        rows = {
            prefix: {pk: {name: values(each) for name, each in row.items()} for pk, row in by_key.items()}
            for prefix, by_key in given.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, {}
    return at, rows
