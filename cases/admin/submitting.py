"""Submitting a set: its members, what is missing from it, the public reason, and every reason against it at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.publication.acts import Act
from cases.publication.checks import blockers
from cases.publication.errors import NotPublishableError
from cases.publication.plan import PublicationPlan
from cases.publication.requests import submit, usual_act

from .base import NothingAdded
from .publication_forms import ACTS, MemberFormSet, ReasonForm, item_named, members_of
from .reasons import reasons_with_links


class Submitting(NothingAdded):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("cases.add_publicationrequest")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Show the set, what is missing from it, and every reason against it. Nothing typed is lost on the way."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._show_set(request, self._acts_of_url(request), ReasonForm())
        formset, form = MemberFormSet(request.POST, prefix="members"), ReasonForm(request.POST)
        if not (formset.is_valid() & form.is_valid()):
            return self._show_set(request, [], form, formset=formset)
        acts = formset.acts()
        inside = {act.item.pk for act in acts}
        acts += [usual_act(item) for item in form.added_items() if item.pk not in inside]
        if "complete" in request.POST:
            known = {act.item.pk for act in acts}
            acts += [usual_act(act.item) for act in PublicationPlan.completed(acts).acts if act.item.pk not in known]
        if "submit" in request.POST:
            return self._submit(request, acts, form)
        return self._show_set(request, acts, form.unbound(), checked=True)

    def _acts_of_url(self, request: HttpRequest) -> list[Act]:
        """Return the members named in the address: `?item=case:<id>&act=withdraw`."""
        action = request.GET.get("act", "")
        if action and action not in dict(ACTS):
            raise BadRequest(_("“%s” is not an act.") % action)
        try:
            items = [item_named(name) for name in request.GET.getlist("item")]
        except LookupError as error:
            raise Http404(str(error)) from error
        return [Act(item, action) if action else usual_act(item) for item in items]

    def _submit(self, request: HttpRequest, acts: list[Act], form: ReasonForm) -> HttpResponse:
        user: Any = request.user
        try:
            held = submit(acts, by=user, reason=form.reason)
        except NotPublishableError as refusal:
            return self._show_set(request, acts, form.unbound(), reasons=refusal.reasons)
        messages.success(request, _("Submitted. Somebody else publishes it or returns it to you."))
        return HttpResponseRedirect(reverse("admin:cases_publicationrequest_change", args=[held.pk]))

    def _show_set(
        self,
        request: HttpRequest,
        acts: list[Act],
        form: ReasonForm,
        *,
        formset: Any = None,
        reasons: Any = None,
        checked: bool = False,
    ) -> HttpResponse:
        plan = PublicationPlan.of(acts)
        if reasons is None and formset is None and acts:
            reasons = blockers(plan, reason=form.reason)
            if not checked:  # nobody has had the chance to give a reason yet
                reasons = [each for each in reasons if each.where != "reason"]
        formset = formset or members_of(acts)
        missing = [] if formset.is_bound else PublicationPlan.completed(acts).acts[len(acts) :]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Submit for publication"),
            "opts": self.opts,
            "media": self.media + form.media + formset.media,
            "form": form,
            "formset": formset,
            "merging": any(row.merges for row in formset),
            "reasons": reasons_with_links(reasons or [], acts),
            "missing": [act.item for act in missing],
            "needs_review": any(document.names_person for document in plan.readable_documents),
        }
        return TemplateResponse(request, "admin/desk/submit.html", context)
