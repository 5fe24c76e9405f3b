"""Where a subject or source stands: draft, submitted, public, changed since, withdrawn. Derived, never stored."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Draft, PublicationItem, PublicationRequest, Revision
from cases.vocabularies import GONE, Action


def with_state(items: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Annotate rows with what `state_of` needs, in the same query. `field` is what a request calls such an item."""
    revisions = Revision.objects.filter(object_id=OuterRef("pk")).exclude(action=Action.REDACT).order_by("-seq")
    drafts = Draft.objects.filter(object_id=OuterRef("pk")).order_by("-id")
    open_items = PublicationItem.objects.filter(**{field: OuterRef("pk")}, request__state=PublicationRequest.State.OPEN)
    rows: QuerySet[Any] = items.annotate(
        last_action=Subquery(revisions.values("action")[:1]),
        last_version=Subquery(revisions.values("version")[:1]),
        # a correction that only followed another's title does not publish what was being worked on
        published_at=Subquery(revisions.filter(cause__isnull=True).values("recorded_at")[:1]),
        drafted_at=Subquery(drafts.values("at")[:1]),
        is_submitted=Exists(open_items),
    )
    return rows


def state_of(row: Any) -> str:
    """Return the state of a row of `with_state`, in words."""
    if row.last_action is None:
        words = _("draft")
    elif row.last_action in GONE:
        words = str(Action(row.last_action).label)
    else:
        words = _("public, version %s") % row.last_version
        if row.drafted_at and row.drafted_at > row.published_at:
            words += " · " + _("edited since")
    submitted = _("submitted")
    return f"{words} · {submitted}" if row.is_submitted else words


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"
    states = {
        "draft": (gettext_lazy("draft"), Q(last_action__isnull=True)),
        "submitted": (gettext_lazy("submitted"), Q(is_submitted=True)),
        "public": (gettext_lazy("public"), Q(last_action__isnull=False) & ~Q(last_action__in=GONE)),
        "edited": (
            gettext_lazy("edited since publication"),
            Q(drafted_at__gt=F("published_at")) & ~Q(last_action__in=GONE),
        ),
        "withdrawn": (gettext_lazy("withdrawn"), Q(last_action__in=GONE)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, str(label)) for name, (label, _condition) in self.states.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        state = self.states.get(self.value() or "")
        return queryset.filter(state[1]) if state else queryset
