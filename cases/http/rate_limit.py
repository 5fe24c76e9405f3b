"""Rate limits for each client IP, counted in Django's cache.

No IP address is kept, only a keyed hash of it. Every process counts for itself unless CASEDB_CACHE_URL lets them share.
"""

import math
import time
from dataclasses import dataclass
from hashlib import blake2b
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Allowance:
    """What is left to a client in the present window. `remaining` is below zero when it asked for too much."""

    limit: int
    window_seconds: int
    remaining: int
    reset_seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"address";q={self.limit};w={self.window_seconds}',
            "RateLimit": f'"address";r={max(0, self.remaining)};t={self.reset_seconds}',
        }


def count_request(request: HttpRequest, scope: str, *, limit: int, window_seconds: int) -> Allowance:
    """Count a request in a fixed window, and return what is left of it."""
    now = int(time.time())
    key = f"{_cache_key(request, scope)}:{now // window_seconds}"
    try:
        count = cache.incr(key)
    except ValueError:  # the first in this window; where another was it just now, this one is not kept count of
        count = 1 if cache.add(key, 1, timeout=2 * window_seconds) else 2
    return Allowance(limit, window_seconds, limit - count, window_seconds - now % window_seconds)


def count_query(request: HttpRequest) -> Allowance:
    """Count a request to the API or for a page of search: a client has CASEDB_API_PER_MINUTE of them in all."""
    return count_request(request, "api", limit=settings.CASEDB_API_PER_MINUTE, window_seconds=60)


@dataclass(frozen=True)
class TokenBucket:
    """So many requests of one client at once, and one more after each `refill_seconds`."""

    scope: str
    capacity: int
    refill_seconds: int

    def take(self, request: HttpRequest) -> int:
        """Take one token. Return 0 if there was one, otherwise the seconds until there is."""
        key, now = _cache_key(request, self.scope), time.time()
        stored: tuple[float, float] = cache.get(key, (self.capacity, now))
        tokens = min(self.capacity, stored[0] + max(0.0, now - stored[1]) / self.refill_seconds)
        if tokens < 1:
            return math.ceil((1 - tokens) * self.refill_seconds)
        cache.set(key, (tokens - 1, now), timeout=self.capacity * self.refill_seconds)
        return 0


def client_ip(request: HttpRequest) -> str:
    """Return the IP address that the outermost of our CASEDB_PROXIES saw, or that connects to this server."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = int(settings.CASEDB_PROXIES)
    return forwarded[-min(proxies, len(forwarded))] if proxies and forwarded else seen


def _network(ip: str) -> str:
    """Return whom an address belongs to: an IPv6 client has a whole /64, and could ask from each of its addresses."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip
    if address.version == 4 or address.ipv4_mapped:
        return ip
    return str(ip_network((address.packed, 64), strict=False))


def _cache_key(request: HttpRequest, scope: str) -> str:
    return f"{scope}:{client_hash(request)}"


def client_hash(request: HttpRequest) -> str:
    """Return a keyed hash of whom a request came from, 32 hexadecimal digits: it can be kept, an address cannot."""
    secret = settings.SECRET_KEY.encode()[: blake2b.MAX_KEY_SIZE]
    return blake2b(_network(client_ip(request)).encode(), key=secret, person=b"rate_limit", digest_size=16).hexdigest()
