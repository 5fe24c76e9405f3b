"""How somebody comes to the desk: a one-time link, valid for a day, that sets a password and a second factor."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from cases.models import DeskAct
from cases.publication.desk_log import note

from .second_factor import forget_devices


@transaction.atomic
def renew_access(user: User, *, by: User | None) -> str:
    """Return the path of a one-time link that sets a password and a second factor.

    What opened the account before opens it no more: password, sessions, earlier links, device and backup codes.
    """
    user.set_unusable_password()
    user.save()
    forget_devices(user)
    note(DeskAct.Act.RESET, by=by, on=user)
    key = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("desk:access", args=[key, default_token_generator.make_token(user)])


class AccessView(PasswordResetConfirmView):
    """Django's page behind a one-time link, in the frame of the desk."""

    template_name = "admin/desk/access.html"
    success_url = reverse_lazy("desk:second_factor")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return admin.site.each_context(self.request) | super().get_context_data(**kwargs)
