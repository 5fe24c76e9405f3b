"""The pause after too many wrong passwords: whom django-axes counts, and what it answers."""

from ipaddress import IPv6Address

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from cases.http.rate_limit import client_hash


def client_key(request: HttpRequest) -> str:
    """Return a keyed hash of the client's address, in the shape of an address: the column takes nothing else."""
    return str(IPv6Address(bytes.fromhex(client_hash(request))))


def locked_out(request: HttpRequest, _response: HttpResponse, credentials: dict[str, str] | None) -> HttpResponse:
    """Return 429: until when no password is tried for this account from this address."""
    attempts = AccessAttempt.objects.filter(
        username=(credentials or {}).get("username"), ip_address=client_key(request)
    )
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    until = last + settings.AXES_COOLOFF_TIME
    context = admin.site.each_context(request) | {"until": until}
    response = TemplateResponse(request, "admin/desk/locked_out.html", context, status=429).render()
    response.headers["Retry-After"] = str(max(1, round((until - timezone.now()).total_seconds())))
    add_never_cache_headers(response)
    return response
