"""Requests to publish a set: what would change, every reason against it, and the answer of a second person."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.documents.build import Item
from cases.documents.types import Document
from cases.dossiers.text_diff import lines_changed, readable_text
from cases.models import PublicationRequest, Subject
from cases.publication.acts import Act
from cases.publication.checks import blockers
from cases.publication.errors import NotPublishableError, RequestRefusedError
from cases.publication.permissions import reviewer_blockers
from cases.publication.plan import PublicationPlan
from cases.publication.requests import accept, acts_of, fingerprint, send_back
from cases.record.lookup import records_naming
from cases.vocabularies import Action
from sources.models import Excerpt, PageCheck, Source
from sources.page_checks import check_of

from .preview import preview
from .publication_forms import ACTS, AnswerForm, name_of
from .reasons import change_url, reasons_with_links
from .submitting import Submitting

State = PublicationRequest.State


@admin.register(PublicationRequest)
class PublicationRequestAdmin(Submitting):
    """Two people publish: one submits a set, another reads what would change and publishes or returns it."""

    list_display = ["reason", "members", "state", "by", "at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["by", "decided_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicationRequest]:
        return super().get_queryset(request).prefetch_related("items__subject", "items__source")

    def has_change_permission(self, request: HttpRequest, obj: PublicationRequest | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("set"))
    def members(self, row: PublicationRequest) -> str:
        return ", ".join(str(member.item) for member in row.items.all())

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/decide/", view(self.decide_view), name="cases_publicationrequest_decide"),
            path("<int:pk>/preview/<str:name>/", view(self.preview_view), name="cases_publicationrequest_preview"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        held: Any = self.get_object(request, object_id)
        if held is None:
            raise Http404
        return self._show_request(request, held, AnswerForm())

    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        held = get_object_or_404(PublicationRequest, pk=pk)
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:cases_publicationrequest_change", args=[pk]))
        user: Any = request.user
        mine, decides = held.by_id == user.pk, user.has_perm("cases.decide_publicationrequest")
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._show_request(request, held, form)
        answer = form.cleaned_data["answer"].strip()
        try:
            if "publish" in request.POST and decides and not mine:
                revisions = accept(held, reviewer=user, seen=request.POST.get("seen", ""))
                done = ngettext("%s document was published.", "%s documents were published.", len(revisions))
                messages.success(request, done % len(revisions))
            elif "return" in request.POST and (decides or mine):
                send_back(held, by=user, answer=answer or (_("Taken back.") if mine else ""))
                messages.success(request, _("Taken back.") if mine else _("Returned to the one who submitted it."))
            else:
                raise PermissionDenied
        except RequestRefusedError as refusal:
            messages.error(request, str(refusal))
            return self._show_request(request, held, form)
        except NotPublishableError as refusal:
            return self._show_request(request, held, form, refused=refusal.reasons)
        return HttpResponseRedirect(reverse("admin:cases_publicationrequest_changelist"))

    def _show_request(
        self, request: HttpRequest, held: PublicationRequest, form: AnswerForm, *, refused: Any = None
    ) -> HttpResponse:
        user: Any = request.user
        held.refresh_from_db()
        is_open = held.state == State.OPEN
        may_decide = is_open and user.pk != held.by_id and user.has_perm("cases.decide_publicationrequest")
        acts = acts_of(held)
        plan = PublicationPlan.of(acts if is_open else [])
        reasons = refused
        if is_open and refused is None:
            reasons = blockers(plan, reason=held.reason)
            if may_decide:
                reasons += reviewer_blockers(plan, by=held.by, reviewer=user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Request to publish"),
            "opts": self.opts,
            "held": held,
            "members": [self._member_context(act, plan if is_open else None) for act in acts],
            "reasons": reasons_with_links(reasons or [], acts),
            "seen": fingerprint(plan.documents.values()),
            "is_open": is_open,
            "mine": user.pk == held.by_id,
            "may_decide": may_decide,
            "form": form,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/desk/request.html", context)

    def _member_context(self, act: Act, plan: PublicationPlan | None) -> dict[str, Any]:
        """One member for the page: what happens to it and, while the request is open, what readers would see change."""
        shown = {
            "item": act.item,
            "name": name_of(act.item),
            "url": change_url(act.item),
            "act": dict(ACTS)[Action(act.action)],
            "reason": act.reason_code,
            "into": act.into,
        }
        if plan is None:
            return shown
        before, after = plan.published.get(act.key), plan.documents[act.key]
        return shown | {
            "first": before is None,
            "leaves": act.leaves,
            "named_in": named_in(act.item) if act.into else [],
            "changes": lines_changed(readable_text(before), readable_text(after)),
            "doubtful": doubtful_excerpts(after),
            "proposed": _proposed_statements(act),
        }

    def preview_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        acts = acts_of(get_object_or_404(PublicationRequest, pk=pk))
        item = next((act.item for act in acts if name_of(act.item) == name), None)
        if item is None:
            raise Http404
        return preview(request, acts, item)


def doubtful_excerpts(document: Document) -> list[tuple[str, str, PageCheck]]:
    """Return the excerpts that may not stand so on their pages: their words, change page, and who looked."""
    rows = Excerpt.objects.filter(id__in=list(document.excerpts_by_id)).select_related("capture", "page_check__by")
    checked = [(row, check_of(row)) for row in rows.defer("capture__text", "capture__layout")]
    return [
        (row.exact, reverse("admin:sources_excerpt_change", args=[row.pk]), check)
        for row, check in checked
        if check and check.state != "true"
    ]


def _proposed_statements(act: Act) -> list[tuple[str, str]]:
    """Return the sentences that the software put together and nobody changed or confirmed, each with its page."""
    if act.leaves or not isinstance(act.item, Subject):
        return []
    claims = act.item.claims.filter(statement_is_proposed=True)
    return [(str(claim), reverse("admin:cases_claim_change", args=[claim.pk])) for claim in claims]


def named_in(item: Item) -> list[tuple[str, str]]:
    """Return what names an item in public, by title and change page: after a merge it names the survivor."""
    ids = records_naming(item.pk).exclude(object_id=item.pk).values("object_id")
    rows: list[Item] = [*Subject.objects.filter(pk__in=ids), *Source.objects.filter(pk__in=ids)]
    return [(str(row), change_url(row)) for row in rows]
