"""Addresses of the site, included once for each language. `for_machines` stand outside the languages."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from cases.publication.represent import FOLDERS

from .report import views as report
from .views import details, evidence, home, lists, search


class VersionConverter(StringConverter):
    """The number of a version: at most nine digits, which every database can compare."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


register_converter(VersionConverter, "version")

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.results, name="search"),
    path("search/atom.xml", search.feed, name="search-feed"),
    path("topics/", lists.topic_list, name="topics"),
    path("topics/<slug:code>/", lists.topic, name="topic"),
    path("changes/", lists.changes, name="changes"),
    path("about/", home.about, name="about"),
    path("report/", report.report, name="report"),
    path("report/<uuid:reference>/", report.state, name="report-state"),
    path("claims/<slug:claim_id>/", evidence.claim, name="claim"),
    path("excerpts/<slug:excerpt_id>/", evidence.excerpt, name="excerpt"),
]
for kind, folder in FOLDERS.items():
    urlpatterns += [
        path(f"{folder}/", lists.listing, {"kind": kind}, name=folder),
        path(f"{folder}/<slug:slug>/", details.detail, {"kind": kind}, name=kind),
        path(f"{folder}/<slug:slug>/v/<version:number>/", details.version, {"kind": kind}, name=f"{kind}-version"),
    ]

for_machines = [
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", home.sitemap, name="sitemap"),
]
