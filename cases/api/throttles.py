"""Fair use: what one address may ask for in a minute. No address is kept, only a keyed hash for two."""

import time
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cases.http.client_ip import address_of

from .problems import problem

WINDOW = 60
"""Seconds. Counted from minute to minute."""
KEY = settings.SECRET_KEY.encode()[: blake2b.MAX_KEY_SIZE]


@dataclass(frozen=True)
class Allowance:
    """What is left to an address in this window, and the seconds until the next. Below zero: too much was asked."""

    left: int
    resets: int

    def told(self, response: HttpResponseBase) -> HttpResponseBase:
        """The response with the headers of draft-ietf-httpapi-ratelimit-headers."""
        response.headers["RateLimit-Policy"] = f'"address";q={settings.CASEDB_API_PER_MINUTE};w={WINDOW}'
        response.headers["RateLimit"] = f'"address";r={max(0, self.left)};t={self.resets}'
        return response

    def refusal(self) -> HttpResponseBase:
        detail = f"At most {settings.CASEDB_API_PER_MINUTE} requests a minute are answered. Go on in {self.resets} s."
        response = problem(429, detail)
        response.headers["Retry-After"] = str(self.resets)
        return response


TAKEN = "casedb.allowance"
"""Where a request keeps what it was told: one that is asked again, because it failed, is counted once."""


def take(request: HttpRequest) -> Allowance:
    """Count this request. Every process counts for itself unless CASEDB_CACHE_URL lets them share."""
    if TAKEN not in request.META:
        request.META[TAKEN] = _take(request)
    return request.META[TAKEN]


def _take(request: HttpRequest) -> Allowance:
    now = int(time.time())
    who = blake2b(address_of(request).encode(), key=KEY, person=b"cases.throttle", digest_size=16).hexdigest()
    key = f"api:{who}:{now // WINDOW}"
    try:
        asked = cache.incr(key)
    except ValueError:  # the first in this minute; where another was it just now, this one is not kept count of
        asked = 1 if cache.add(key, 1, timeout=2 * WINDOW) else 2
    return Allowance(settings.CASEDB_API_PER_MINUTE - asked, WINDOW - now % WINDOW)
