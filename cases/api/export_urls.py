"""The address of each file."""

from typing import Any

from django.urls import path

from cases.exports.files import WHOLE_ONLY, File
from cases.exports.manifest import FILES

from . import export_filters
from .export_views import Export, Manifest, Sqlite
from .openapi import answers

SHAPES = {"sources.csl.json": "csl_items", "record.sqlite": "any_bytes"}
"""The components of files that are not lines of text."""


def _view(name: str) -> Any:
    """The view of one file, with what OpenAPI says of it."""
    file = File(name)
    view = Sqlite if name == "record.sqlite" else Export
    told = answers(SHAPES.get(name, "any_text"), 304, 400, description=file.holds, media_type=file.media_type)
    return view.as_view(
        file=file,
        filterset_class=_filters(file),
        operation=f"export_{name.replace('.', '_')}",
        summary=file.holds,
        answers=told,
    )


def _filters(file: File) -> Any:
    if file.name in WHOLE_ONLY:
        return export_filters.Everything
    if file.name == "claims.csv":
        return export_filters.Claims
    return export_filters.BY_KIND[file.kind] if file.kind else export_filters.Records


urlpatterns = [
    path("api/v1/export/", Manifest.as_view()),
    *(path(f"api/v1/export/{name}", _view(name)) for name in FILES),
]
