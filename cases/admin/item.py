"""What subjects and sources share at the desk: their state, the way to publication, a preview, and their history."""

from collections.abc import Iterable

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.documents.build import Item, path_of
from cases.dossiers import drafts
from cases.models import Draft, Revision, Subject
from cases.publication.errors import Blocker
from cases.publication.ledger import last_revision
from cases.publication.plan import PublicationPlan
from cases.publication.requests import open_request_of, usual_act
from cases.publication.rules import faults
from cases.vocabularies import GONE, Action
from sources.generics import ModelForm

from .base import DraftingAdmin, FoundByName
from .preview import preview
from .reasons import change_url, reasons_with_links
from .state import StateFilter, state_of, with_state


class ItemAdmin(FoundByName, DraftingAdmin):
    """A subject or a source. What was ever public is not deleted; its address changes only with a warning."""

    list_filter = [StateFilter]
    drafts_per_page = 20

    def items_of(self, obj: Item) -> Iterable[Item]:
        yield obj

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        field = "subject" if issubclass(self.model, Subject) else "source"
        return with_state(super().get_queryset(request), field)

    @admin.display(description=gettext_lazy("state"))
    def state(self, item: Item) -> str:
        return state_of(item)

    def has_delete_permission(self, request: HttpRequest, obj: Item | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj and (Revision.objects.filter(object_id=obj.pk).exists() or open_request_of(obj)))

    def save_model(self, request: HttpRequest, obj: Item, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data and last_revision(obj.pk):
            self.message_user(
                request,
                _("The address changes with the next publication; the old one will lead here and stays taken."),
                "warning",
            )

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<path:object_id>/preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item: Item | None = self.get_object(request, object_id)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        if item is None:
            raise Http404
        return preview(request, [usual_act(item)], item)

    def change_context(self, request: HttpRequest, item: Item) -> dict[str, object]:
        """Return the state of the item, and what can be done next."""
        last = last_revision(item.pk)
        request_open = open_request_of(item)
        withdrawn = last is not None and last.action in GONE
        survivor = Subject.objects.filter(pk=last.into).first() if last and last.into else None
        plan = PublicationPlan.of([] if withdrawn else [usual_act(item)])
        changed = any(plan.has_changed(act) for act in plan.acts)
        acts = []
        if not request_open and request.user.has_perm("cases.add_publicationrequest"):
            if withdrawn:
                acts.append((_("Submit for reinstatement"), submit_url(item, Action.REINSTATE)))
            elif changed:
                acts.append((_("Submit for publication"), submit_url(item, Action.PUBLISH)))
            if last and not withdrawn:
                acts.append((_("Submit for withdrawal"), submit_url(item, Action.WITHDRAW)))
                if isinstance(item, Subject):
                    acts.append((_("Submit for merging"), submit_url(item, Action.MERGE)))
        return {
            "last": last,
            "withdrawn": withdrawn,
            "survivor": survivor,
            "survivor_url": change_url(survivor) if survivor else "",
            "changed": changed,
            "reasons": reasons_with_links(_broken_rules(plan), plan.acts) if changed else [],
            "waiting": request_open,
            "acts": acts,
            "public_path": path_of(item) if last else "",
            "preview_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_preview", args=[item.pk]),
        }

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        rows = Draft.objects.filter(object_id=obj.pk).select_related("by")
        page = Paginator(rows, self.drafts_per_page).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % obj,
            "opts": self.opts,
            "original": obj,
            "page": page,
            "steps": drafts.steps(list(page.object_list)),
        }
        return TemplateResponse(request, "admin/desk/drafts.html", context)


def _broken_rules(plan: PublicationPlan) -> list[Blocker]:
    """Return what its document alone shows against publishing it. Submitting tells all reasons; this costs little."""
    return [Blocker(act.name, *fault) for act in plan.acts for fault in faults(plan.documents[act.key])]


def submit_url(item: Item, action: str) -> str:
    query = urlencode({"item": f"{item.kind}:{item.pk}", "act": action})
    return f"{reverse('admin:cases_publicationrequest_add')}?{query}"
