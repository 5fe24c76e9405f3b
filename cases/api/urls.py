"""The addresses of the API."""

from typing import Any

from django.urls import path

from cases.documents.build import FOLDERS

from . import filtersets
from .changes import Changes, RevisionDetail, Revisions
from .details import ClaimDetail, Detail, ExcerptDetail
from .digest import Digest
from .export_urls import urlpatterns as exports
from .lists import ClaimList, ExcerptList, RecordList
from .openapi import answers
from .root import Index, JsonSchema, OpenApi
from .search import Search, Suggest
from .topics import TopicDetail, TopicList

FILTERS: dict[str, Any] = {
    "actor": filtersets.Actors,
    "system": filtersets.Systems,
    "place": filtersets.Places,
    "source": filtersets.Sources,
}


def documents(kind: str, folder: str) -> list[Any]:
    """The list and the detail of one kind of document."""
    listed = RecordList.as_view(
        kind=kind,
        resource=folder,
        filterset_class=FILTERS.get(kind, filtersets.Subjects),
        operation=f"list_{folder}",
        summary=f"List {folder}",
        answers=answers("source_list" if kind == "source" else "subject_list", 304, 400),
    )
    one = Detail.as_view(
        kind=kind,
        operation=f"get_{kind}",
        summary=f"One {kind}, evidence included",
        answers=answers(kind, 304, 308, 400, 404, 410),
    )
    return [path(f"api/v1/{folder}/", listed), path(f"api/v1/{folder}/<str:name>/", one)]


urlpatterns = [
    path("api/v1/", Index.as_view()),
    *(address for kind, folder in FOLDERS.items() for address in documents(kind, folder)),
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
