"""The URLs of the API."""

from django.urls import URLPattern, path

from cases.documents.kinds import FOLDERS
from cases.exports.files import File
from cases.exports.manifest import EXPORT_FILES

from .changes import Changes, Digest, RevisionDetail, Revisions
from .details import ClaimDetail, DocumentDetail, ExcerptDetail
from .export_filters import filterset_of
from .export_views import Export, Manifest, Sqlite
from .filtersets import FILTERSETS
from .lists import ClaimList, ExcerptList, RecordList
from .openapi import responses_of
from .root import Index, JsonSchema, OpenApi
from .search import Search, Suggest
from .topics import TopicDetail, TopicList

# The components of files that are not lines of text
COMPONENTS_OF_FILES = {"sources.csl.json": "csl_items", "record.sqlite": "any_bytes"}


def document_urls(kind: str, folder: str) -> list[URLPattern]:
    """Return the URLs of the list and the detail of one kind of document."""
    list_view = RecordList.as_view(
        kind=kind,
        resource=folder,
        filterset_class=FILTERSETS[kind],
        operation=f"list_{folder}",
        summary=f"List {folder}",
        responses=responses_of("source_list" if kind == "source" else "subject_list", 304, 400),
    )
    detail_view = DocumentDetail.as_view(
        kind=kind,
        operation=f"get_{kind}",
        summary=f"One {kind}, evidence included",
        responses=responses_of(kind, 304, 308, 400, 404, 410),
    )
    return [path(f"api/v1/{folder}/", list_view), path(f"api/v1/{folder}/<str:name>/", detail_view)]


def export_url(name: str) -> URLPattern:
    """Return the URL of an exported file, with what OpenAPI says of it."""
    file = File(name)
    view = Sqlite if name == "record.sqlite" else Export
    component = COMPONENTS_OF_FILES.get(name, "any_text")
    responses = responses_of(component, 304, 400, description=file.holds, media_type=file.media_type)
    operation = f"export_{name.replace('.', '_')}"
    described = view.as_view(
        file=file, filterset_class=filterset_of(file), operation=operation, summary=file.holds, responses=responses
    )
    return path(f"api/v1/export/{name}", described)


urlpatterns = [
    path("api/v1/", Index.as_view()),
    *(url for kind, folder in FOLDERS.items() for url in document_urls(kind, folder)),
    path("api/v1/claims/", ClaimList.as_view()),
    path("api/v1/claims/<str:claim_id>/", ClaimDetail.as_view()),
    path("api/v1/excerpts/", ExcerptList.as_view()),
    path("api/v1/excerpts/<str:excerpt_id>/", ExcerptDetail.as_view()),
    path("api/v1/topics/", TopicList.as_view()),
    path("api/v1/topics/<str:code>/", TopicDetail.as_view()),
    path("api/v1/search/", Search.as_view()),
    path("api/v1/suggest/", Suggest.as_view()),
    path("api/v1/changes/", Changes.as_view()),
    path("api/v1/revisions/", Revisions.as_view()),
    path("api/v1/revisions/<int:seq>/", RevisionDetail.as_view()),
    path("api/v1/export/", Manifest.as_view()),
    *(export_url(name) for name in EXPORT_FILES),
    path("api/v1/digest/", Digest.as_view()),
    path("api/v1/schema/", OpenApi.as_view()),
    path("schemas/<str:kind>/<int:version>.json", JsonSchema.as_view()),
]
