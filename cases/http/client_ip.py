"""Where a request comes from, for counting only: it is kept nowhere."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address that sent a request: the one that the outermost of our own proxies saw."""
    seen = request.META.get("REMOTE_ADDR", "")
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = settings.CASEDB_PROXIES
    return str(told[-min(proxies, len(told))] if proxies and told else seen)
