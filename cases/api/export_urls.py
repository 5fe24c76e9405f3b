"""The URL of each exported file."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import path

from cases.exports.files import UNFILTERED_FILES, File
from cases.exports.manifest import EXPORT_FILES

from . import export_filters
from .export_views import Export, Manifest, Sqlite
from .filtersets import Listing
from .openapi import responses_of

# The components of files that are not lines of text
COMPONENTS_OF_FILES = {"sources.csl.json": "csl_items", "record.sqlite": "any_bytes"}


def _view(name: str) -> Callable[..., HttpResponseBase]:
    """Return the view of one file, with what OpenAPI says of it."""
    file = File(name)
    view = Sqlite if name == "record.sqlite" else Export
    component = COMPONENTS_OF_FILES.get(name, "any_text")
    responses = responses_of(component, 304, 400, description=file.holds, media_type=file.media_type)
    return view.as_view(
        file=file,
        filterset_class=_filters(file),
        operation=f"export_{name.replace('.', '_')}",
        summary=file.holds,
        responses=responses,
    )


def _filters(file: File) -> type[Listing]:
    if file.name in UNFILTERED_FILES:
        return export_filters.NoFilters
    if file.name == "claims.csv":
        return export_filters.Claims
    return export_filters.BY_KIND[file.kind] if file.kind else export_filters.Records


urlpatterns = [
    path("api/v1/export/", Manifest.as_view()),
    *(path(f"api/v1/export/{name}", _view(name)) for name in EXPORT_FILES),
]
