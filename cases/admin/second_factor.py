"""The second factor of the desk: a code of a device (TOTP), or one of ten backup codes.

Whoever set one up is asked for it after the password. Whoever may publish or give access must set one up, outside
development.
"""

import time
from collections.abc import Callable
from secrets import token_hex
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as remember_device
from django_otp import verify_token
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cases.models import DeskAct
from cases.publication.desk_log import note

POWERS = ("cases.decide_publicationrequest", "auth.change_user")
BACKUP_CODES = 10
# Key of the session for a secret that is not confirmed yet. Nobody else who knows the password may come to see it.
NEW_KEY = "new_totp_key"
# They would show everybody's secrets
admin.site.unregister([TOTPDevice, StaticDevice])


def must_have_device(user: User) -> bool:
    return not settings.DEVELOPMENT and any(user.has_perm(power) for power in POWERS)


def accounts_without_device() -> QuerySet[User]:
    """Return the open accounts that may publish or give access and have no device."""
    backend = "django.contrib.auth.backends.ModelBackend"
    publishers, administrators = (User.objects.with_perm(power, backend=backend) for power in POWERS)
    accounts = (publishers | administrators).filter(is_staff=True).distinct()
    return accounts.exclude(pk__in=TOTPDevice.objects.filter(confirmed=True).values("user")).order_by("username")


def forget_devices(user: User) -> None:
    """Delete device and backup codes of an account."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).delete()


def ask_for_second_factor(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware: nothing of the desk opens with the password alone where a device is set up or must be."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        page = reverse("desk:second_factor")
        if not request.path_info.startswith("/admin/") or request.path_info in (page, reverse("admin:logout")):
            return get_response(request)
        user: Any = request.user
        if not user.is_authenticated or user.is_verified() or not (_device_of(user) or must_have_device(user)):
            return get_response(request)
        return HttpResponseRedirect(f"{page}?{urlencode({'next': request.get_full_path()})}")

    return middleware


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).replace(" ", "").lower()


@never_cache
@sensitive_post_parameters()
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code, let a device be set up, or show what is set up: whichever comes next for this account."""
    user: Any = request.user
    if not admin.site.has_permission(request):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if user.is_verified():
        return _verified(request, user)
    device = _device_of(user)
    form = CodeForm(request.POST or None)
    return _ask(request, user, device, form) if device else _enrol(request, user, form)


def _device_of(user: User) -> TOTPDevice | None:
    device: TOTPDevice | None = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return device


def _verified(request: HttpRequest, user: User) -> HttpResponse:
    if "codes" in request.POST:
        return _show(request, "codes", codes=_new_backup_codes(user))
    if "again" in request.POST:
        with transaction.atomic():
            forget_devices(user)
            note(DeskAct.Act.RESET, by=user, on=user)
        return HttpResponseRedirect(request.path)
    return _show(request, "verified", left=StaticToken.objects.filter(device__user=user).count())


def _ask(request: HttpRequest, user: User, device: TOTPDevice, form: CodeForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        asked: Any = device if code.isdigit() and len(code) == device.digits else _backup_device(user)
        may_try, why_not = asked.verify_is_allowed()
        if not may_try:
            until = timezone.localtime(why_not["locked_until"]).strftime("%H:%M:%S")
            form.add_error("code", _("Too many wrong codes. Wait until %s (Jakarta time).") % until)
        elif verify_token(user, asked.persistent_id, code):
            note(DeskAct.Act.SECOND_FACTOR, by=user, on=asked)
            return _let_in(request, asked, HttpResponseRedirect(_next_page(request)))
        else:
            note(DeskAct.Act.FAILED, by=user, on=asked)
            form.add_error("code", _("This code is wrong, or has been used already."))
    return _show(request, "ask", form=form)


def _enrol(request: HttpRequest, user: User, form: CodeForm) -> HttpResponse:
    key = request.session.setdefault(NEW_KEY, token_hex(20))
    if request.method == "POST" and form.is_valid():
        totp = TOTP(bytes.fromhex(key))
        totp.time = time.time()
        code = form.cleaned_data["code"]
        if code.isascii() and code.isdigit() and totp.verify(int(code), tolerance=1):
            with transaction.atomic():
                device = TOTPDevice.objects.create(user=user, key=key, last_t=totp.t(), drift=totp.drift)
                note(DeskAct.Act.ENROLLED, by=user, on=device)
                codes = _new_backup_codes(user)
            del request.session[NEW_KEY]
            return _let_in(request, device, _show(request, "codes", codes=codes))
        form.add_error("code", _("This code is wrong. Is the clock of your device right?"))
    address = TOTPDevice(user=user, key=key).config_url
    return _show(
        request,
        "enrol",
        form=form,
        qr=segno.make(address).svg_data_uri(scale=5, border=4, light="white"),
        secret=address.split("secret=")[1].split("&")[0],
        optional=not must_have_device(user),
    )


def _let_in(request: HttpRequest, device: Any, response: HttpResponse) -> HttpResponse:
    request.session.cycle_key()
    remember_device(request, device)
    return response


def _backup_device(user: User) -> StaticDevice:
    device: StaticDevice = StaticDevice.objects.get_or_create(user=user, defaults={"name": "backup codes"})[0]
    return device


@transaction.atomic
def _new_backup_codes(user: User) -> list[str]:
    """Return ten new codes; those of before no longer work."""
    device = _backup_device(user)
    device.token_set.all().delete()
    note(DeskAct.Act.ENROLLED, by=user, on=device)
    codes = [StaticToken.random_token() for _number in range(BACKUP_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return codes


def _next_page(request: HttpRequest) -> str:
    address = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else reverse("admin:index")


def _show(request: HttpRequest, step: str, **context: object) -> HttpResponse:
    frame = admin.site.each_context(request)
    if step in ("ask", "enrol"):
        frame |= {"is_nav_sidebar_enabled": False}
    context = {"title": _("Second factor"), "step": step, "next": _next_page(request), **context}
    return TemplateResponse(request, "admin/desk/second_factor.html", frame | context)
