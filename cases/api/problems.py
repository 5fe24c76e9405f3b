"""Errors as RFC 9457 problem+json, always in one shape."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """`{type, title, status, detail, …}` with the members that are given."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    if detail:
        body["detail"] = detail
    body |= {key: value for key, value in more.items() if value is not None}
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json")


def handle(exception: Any, context: Any) -> Any:
    return None
