"""URLs of the site, included once for each language. `for_machines` stand outside the languages."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from cases.documents.kinds import FOLDERS
from cases.public.presenters.cite_this import FORMS

from .follow import views as follow
from .report import views as report
from .views import (
    about,
    changes,
    citing,
    comparison,
    details,
    embeds,
    evidence,
    lists,
    machines,
    network,
    printed,
    search,
    share_cards,
)


class VersionConverter(StringConverter):
    """The number of a version: at most nine digits, which every database can compare."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


class FormConverter(StringConverter):
    """The ending of a citation file."""

    regex = "|".join(FORMS)


class TokenConverter(StringConverter):
    """A secret of 32 bytes, as `secrets.token_urlsafe` writes it."""

    regex = "[A-Za-z0-9_-]{43}"


register_converter(TokenConverter, "token")
register_converter(VersionConverter, "version")
register_converter(FormConverter, "form")

# Kinds whose records have a network of their own
NETWORKED = ("case", "collaboration", "actor", "system")

urlpatterns = [
    path("", lists.home, name="home"),
    path("search/", search.results, name="search"),
    path("search/atom.xml", search.search_feed, name="search-feed"),
    path("topics/", lists.topic_list, name="topics"),
    path("topics/<slug:code>/", lists.topic, name="topic"),
    path("changes/", changes.change_list, name="changes"),
    path("changes/atom.xml", changes.changes_feed, name="changes-feed"),
    path("changes/<version:number>/", changes.change_set, name="change-set"),
    path("compare/", comparison.compare, name="compare"),
    path("compare/table.csv", comparison.as_table, name="compare-csv"),
    path("network/", network.network_page, name="network"),
    path("network.svg", network.network_page, {"drawn": True}, name="network-svg"),
    path("about/", about.about, name="about"),
    path("api/", about.api, name="api"),
    path("site.jsonld", machines.site, name="site-jsonld"),
    path("follow/", follow.follow, name="follow"),
    path("follow/asked/", follow.asked, name="follow-asked"),
    path("follow/confirm/<token:token>/", follow.confirm, name="follow-confirm"),
    path("follow/end/<token:token>/", follow.end, name="follow-end"),
    path("report/", report.report, name="report"),
    path("report/<uuid:reference>/", report.state, name="report-state"),
    path("claims/<slug:claim_id>/", evidence.claim_page, name="claim"),
    path("claims/<slug:claim_id>/embed/", embeds.claim_embed, name="claim-embed"),
    path("claims/<slug:claim_id>/cite.<form:form>", citing.claim_citation, name="claim-cite"),
    path("claims/<slug:claim_id>/card.<version:number>.png", share_cards.claim_card, name="claim-card"),
    path("excerpts/<slug:excerpt_id>/", evidence.excerpt_page, name="excerpt"),
    path("excerpts/<slug:excerpt_id>/embed/", embeds.excerpt_embed, name="excerpt-embed"),
    path("excerpts/<slug:excerpt_id>/cite.<form:form>", citing.excerpt_citation, name="excerpt-cite"),
]
for kind, folder in FOLDERS.items():
    record, one_version = f"{folder}/<slug:slug>/", f"{folder}/<slug:slug>/v/<version:number>/"
    urlpatterns += [
        path(f"{folder}/", lists.listing, {"kind": kind}, name=folder),
        path(record, details.detail, {"kind": kind}, name=kind),
        path(f"{record}card.<version:number>.png", share_cards.record_card, {"kind": kind}, name=f"{kind}-card"),
        path(f"{record}record.jsonld", machines.record, {"kind": kind}, name=f"{kind}-jsonld"),
        path(f"{record}atom.xml", changes.record_feed, {"kind": kind}, name=f"{kind}-feed"),
        path(f"{record}history/", changes.versions, {"kind": kind}, name=f"{kind}-history"),
        path(one_version, details.version, {"kind": kind}, name=f"{kind}-version"),
        path(f"{one_version}cite.<form:form>", citing.version_citation, {"kind": kind}, name=f"{kind}-cite"),
        path(f"{one_version}sheet/", printed.printed_sheet, {"kind": kind}, name=f"{kind}-sheet"),
        path(f"{one_version}qr.svg", printed.qr_code, {"kind": kind}, name=f"{kind}-qr"),
    ]
    if kind in NETWORKED:
        urlpatterns += [
            path(f"{record}network/", network.network_of_record, {"kind": kind}, name=f"{kind}-network"),
            path(
                f"{record}network.svg",
                network.network_of_record,
                {"kind": kind, "drawn": True},
                name=f"{kind}-network-svg",
            ),
        ]

machine_urlpatterns = [
    path("oembed/", embeds.oembed, name="oembed"),
    path("api/mirror.py", about.mirror, name="mirror"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", machines.sitemap_section, name="sitemap-section"),
]
