"""The base class of every view of the API."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from cases.http.compression import compress
from cases.http.rate_limit import Allowance

from .openapi import PlainSchema


class ApiView(APIView):
    """A read-only URL. `operation`, `summary`, `responses` and `parameters` describe it in the OpenAPI document."""

    http_method_names = ["get", "head", "options"]
    schema = PlainSchema()
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
