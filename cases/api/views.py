"""The base class of every view of the API, with its throttle and its content negotiation."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from cases.http.compression import compress
from cases.http.rate_limit import Allowance, count_query

from .openapi import PlainSchema


class OneFormat(BaseContentNegotiation):
    """Each URL has one format, whatever `Accept` or `?format=` say: as the guide of REST framework shows it."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class AddressThrottle(BaseThrottle):
    """Allow CASEDB_API_PER_MINUTE requests of one client IP. A preflight is not counted."""

    def allow_request(self, request: Request, view: "ApiView") -> bool:  # type: ignore[override]
        """Count a request, and leave on its view what the headers of the response say."""
        if request.method == "OPTIONS":
            return True
        self.allowance = view.allowance = count_query(request)
        return self.allowance.remaining >= 0

    def wait(self) -> float:
        return self.allowance.reset_seconds


class ApiView(APIView):
    """A read-only URL. `operation`, `summary`, `responses` and `parameters` describe it in the OpenAPI document."""

    http_method_names = ["get", "head", "options"]
    schema = PlainSchema()
    content_negotiation_class = OneFormat
    throttle_classes = [AddressThrottle]
    operation = ""
    summary = ""
    responses: dict[tuple[int, str] | int, OpenApiResponse] = {}
    parameters: Sequence[OpenApiParameter] = ()
    allowance: Allowance | None = None

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Return the response to a preflight: what may be sent stands in the headers (casedb.middleware.cors)."""
        return HttpResponse(status=204)

    def finalize_response(  # type: ignore[override] # the stubs know only REST framework's own responses
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Add what is left to the client, and compress."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        for name, value in self.allowance.headers.items() if self.allowance else ():
            response.headers[name] = value
        return compress(request, response)
