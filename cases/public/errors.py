"""Friendly error pages."""

from django.http import HttpRequest, HttpResponse


def page(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    return HttpResponse(detail, status=status)
