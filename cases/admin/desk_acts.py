"""The log of the desk: what Django tells of by signals is noted here, and administrators read it all."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cases.models import DeskAct
from cases.publication.desk_log import note, note_row

from .base import NothingAdded

Act = DeskAct.Act
SAVES = {ADDITION: Act.ADDED, CHANGE: Act.CHANGED, DELETION: Act.DELETED}
# Django notes the rows of a deletion in bulk without a signal
admin.site.disable_action("delete_selected")


@receiver(user_logged_in)
def note_login(user: User, **_signal: object) -> None:
    note(Act.LOGGED_IN, by=user)


@receiver(user_logged_out)
def note_logout(user: User | None, **_signal: object) -> None:
    if user is not None:
        note(Act.LOGGED_OUT, by=user)


@receiver(user_login_failed)
def note_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_signal: object) -> None:
    """Note a wrong password for an account that exists.

    Whoever guesses names, or goes on during the pause, must not be able to fill a table from which nothing is deleted.
    """
    refused_unread = getattr(request, "axes_locked_out", False) and not request.axes_failures_since_start  # type: ignore[union-attr]
    account = User.objects.filter(username=credentials.get("username") or "").first()
    if account and not refused_unread:
        note(Act.FAILED, by=None, on=account)


@receiver(post_save, sender=LogEntry)
def note_save(instance: LogEntry, created: bool, **_signal: object) -> None:
    """Note what the admin writes into its own log, whose words a redaction erases."""
    if created:
        kind = instance.content_type.model if instance.content_type else ""
        note_row(SAVES[instance.action_flag], by=instance.user, kind=kind, key=str(instance.object_id or ""))


def note_downloads(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware: note every file that the desk hands out, by the name of its address and the key in it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_file = response.headers.get("Content-Disposition", "").startswith("attachment")
        if is_file and request.path_info.startswith("/admin/") and isinstance(request.user, User):
            match = request.resolver_match
            key = next(iter(match.kwargs.values()), "") if match else ""
            note_row(Act.DOWNLOADED, by=request.user, kind=(match and match.url_name) or "", key=str(key))
        return response

    return middleware


@admin.register(DeskAct)
class DeskActAdmin(NothingAdded):
    """Everything that was done at the desk. Nothing here can be changed, by anyone."""

    list_display = ["at", "actor", "act", "object_kind", "object_id"]
    list_display_links = None
    list_filter = ["act", ("actor", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["actor"]
    list_per_page = 50
    search_fields = ["object_id"]
    fields = ["at", "actor", "act", "object_kind", "object_id"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
