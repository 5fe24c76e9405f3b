"""The throttle of the API: so many requests of one client IP in a minute."""

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from cases.http.rate_limit import count_request

if TYPE_CHECKING:
    from .views import ApiView

WINDOW_SECONDS = 60


class AddressThrottle(BaseThrottle):
    """Allows CASEDB_API_PER_MINUTE requests. A preflight is not counted."""

    def allow_request(self, request: Request, view: "ApiView") -> bool:  # type: ignore[override]
        """Count a request, and leave on its view what the headers of the response say."""
        if request.method == "OPTIONS":
            return True
        self.allowance = count_request(
            request, "api", limit=settings.CASEDB_API_PER_MINUTE, window_seconds=WINDOW_SECONDS
        )
        view.allowance = self.allowance
        return self.allowance.remaining >= 0

    def wait(self) -> float:
        return self.allowance.reset_seconds
