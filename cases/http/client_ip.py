"""The client IP of a request behind proxies of our own. It is used for counting only, and kept nowhere."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """Return the IP address that the outermost of our CASEDB_PROXIES saw, or that connects to this server."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = int(settings.CASEDB_PROXIES)
    return forwarded[-min(proxies, len(forwarded))] if proxies and forwarded else seen
