"""Accounts: who may come to the desk and in which groups. Nobody sets another's password; a one-time link does."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .access import renew_access

admin.site.unregister(User)


class NewAccountForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["username", "groups"]

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        account: User = super().save(commit)
        return account


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    """Accounts are closed, never deleted: what they did names them. Only superusers touch a superuser's."""

    list_display = ["username", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "groups"]
    actions = None
    add_form = NewAccountForm
    add_form_template = None
    add_fieldsets = [(None, {"fields": ["username", "groups"]})]
    fieldsets = [
        (None, {"fields": ["username", "groups", "is_staff", "is_active"]}),
        (gettext_lazy("Access"), {"fields": ["access", "last_login", "date_joined"]}),
    ]
    readonly_fields = ["access", "last_login", "date_joined"]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        beyond = obj is not None and obj.is_superuser and not getattr(request.user, "is_superuser", False)
        return super().has_change_permission(request, obj) and not beyond

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("one-time link"))
    def access(self, user: User) -> str:
        url = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">{}</a>', url, _("Make a one-time link"))

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:auth_user_password_change", args=[obj.pk]))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Show what a new one-time link does, and make one; it is shown in this response and nowhere else."""
        user: Any = self.get_object(request, id)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404
        link = ""
        if request.method == "POST":
            by: Any = request.user
            link = request.build_absolute_uri(renew_access(user, by=by))
        context = self.admin_site.each_context(request) | {
            "title": _("One-time link"),
            "opts": self.opts,
            "account": user,
            "link": link,
        }
        return TemplateResponse(request, "admin/desk/new_link.html", context)
