"""The URLs of the API."""

from django.urls import URLPattern, path

from cases.documents.kinds import FOLDERS

from . import filtersets
from .changes import Changes, RevisionDetail, Revisions
from .details import ClaimDetail, DocumentDetail, ExcerptDetail
from .digest import Digest
from .export_urls import urlpatterns as exports
from .lists import ClaimList, ExcerptList, RecordList
from .openapi import responses_of
from .root import Index, JsonSchema, OpenApi
from .search import Search, Suggest
from .topics import TopicDetail, TopicList

FILTERSETS: dict[str, type[filtersets.Listing]] = {
    "actor": filtersets.Actors,
    "system": filtersets.Systems,
    "place": filtersets.Places,
    "source": filtersets.Sources,
}


def document_urls(kind: str, folder: str) -> list[URLPattern]:
    """Return the URLs of the list and the detail of one kind of document."""
    list_view = RecordList.as_view(
        kind=kind,
        resource=folder,
        filterset_class=FILTERSETS.get(kind, filtersets.Subjects),
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
    *exports,
    path("api/v1/digest/", Digest.as_view()),
    path("api/v1/schema/", OpenApi.as_view()),
    path("schemas/<str:kind>/1.json", JsonSchema.as_view()),
]
