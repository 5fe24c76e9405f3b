"""How many reports one address may send: a token bucket, kept in the cache. No address is kept, only a keyed hash."""

import math
import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from cases.http.client_ip import address_of

CAPACITY = 5
"""Reports that may come at once."""
REFILL = 10 * 60
"""Seconds after which one more may come."""


def take(request: HttpRequest) -> int:
    """Take one token: 0 if there was one, otherwise the seconds until there will be."""
    key = f"report:{salted_hmac('cases.public.report', address_of(request), algorithm='sha256').hexdigest()}"
    now = time.time()
    tokens, then = cache.get(key, (float(CAPACITY), now))
    tokens = min(CAPACITY, tokens + max(0.0, now - then) / REFILL)
    if tokens < 1:
        return math.ceil((1 - tokens) * REFILL)
    cache.set(key, (tokens - 1, now), timeout=CAPACITY * REFILL)
    return 0
