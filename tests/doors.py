"""Every public address, in three lists: current doors, history doors, and doors that hold no record.

A route that is in none of them fails tests/test_doors.py, so a new one cannot be forgotten.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from cases.documents.build import Item
from cases.documents.kinds import FOLDERS
from cases.exports.manifest import EXPORT_FILES
from cases.models import Case
from cases.public.urls import NETWORKED

NO_WORDS = ("commitments.ndjson",)
"""Exports that name documents by their ids only."""


@dataclass(frozen=True)
class World:
    """A case with everything it names, all of it marked by one word that stands nowhere else."""

    word: str
    case: Case
    items: dict[str, Item]  # by kind: case, actor, place, source, system, collaboration
    claim: str
    excerpt: str


def current(world: World) -> dict[str, list[str]]:
    """Route → addresses at which a published world is to be read, and a draft or withdrawn one is not."""
    doors = {
        "": ["/", "/en/"],
        "search/": [f"/search/?q={world.word}", f"/en/search/?q={world.word}"],
        "topics/<slug:code>/": ["/topics/smart-city/", "/en/topics/smart-city/"],
        "search/atom.xml": [f"/search/atom.xml?q={world.word}", f"/en/search/atom.xml?q={world.word}"],
        "api/v1/search/": ["/api/v1/search/", f"/api/v1/search/?q={world.word}"],
        "api/v1/suggest/": [f"/api/v1/suggest/?q={world.word}"],
        "about/": ["/about/", "/en/about/"],
        "api/": ["/api/", "/en/api/"],
        "compare/": ["/compare/", "/en/compare/", f"/compare/?with={world.items['collaboration'].slug}"],
        "compare/table.csv": [f"/compare/table.csv?with={world.items['collaboration'].slug}"],
        "network/": ["/network/", "/en/network/"],
        "network.svg": ["/network.svg", "/en/network.svg"],
        "sitemap.xml": ["/sitemap.xml"],
        "sitemap-<slug:section>.xml": ["/sitemap-1.xml"],
        "claims/<slug:claim_id>/": [f"/claims/{world.claim}/", f"/en/claims/{world.claim}/"],
        "excerpts/<slug:excerpt_id>/": [f"/excerpts/{world.excerpt}/", f"/en/excerpts/{world.excerpt}/"],
        "claims/<slug:claim_id>/embed/": [f"/claims/{world.claim}/embed/", f"/en/claims/{world.claim}/embed/"],
        "excerpts/<slug:excerpt_id>/embed/": [f"{p}/excerpts/{world.excerpt}/embed/" for p in ("", "/en")],
        "oembed/": [f"/oembed/?url=http://testserver/claims/{world.claim}/"],
        "claims/<slug:claim_id>/cite.<form:form>": [
            f"/claims/{world.claim}/cite.txt",
            f"/en/claims/{world.claim}/cite.bib",
            f"/claims/{world.claim}/cite.json",
            f"/claims/{world.claim}/cite.ris",
        ],
        "excerpts/<slug:excerpt_id>/cite.<form:form>": [
            f"/excerpts/{world.excerpt}/cite.txt",
            f"/en/excerpts/{world.excerpt}/cite.bib",
            f"/excerpts/{world.excerpt}/cite.json",
        ],
        "api/v1/claims/": ["/api/v1/claims/", f"/api/v1/claims/?q={world.word}"],
        "api/v1/claims/<str:claim_id>/": [f"/api/v1/claims/{world.claim}/"],
        "api/v1/excerpts/": ["/api/v1/excerpts/"],
        "api/v1/excerpts/<str:excerpt_id>/": [f"/api/v1/excerpts/{world.excerpt}/"],
        "api/v1/topics/<str:code>/": [],
        **{f"api/v1/export/{name}": [f"/api/v1/export/{name}"] for name in EXPORT_FILES if name not in NO_WORDS},
    }
    for kind, folder in FOLDERS.items():
        item = world.items[kind]
        doors[f"{folder}/"] = [f"/{folder}/", f"/en/{folder}/", f"/{folder}/?q={world.word}"]
        doors[f"{folder}/<slug:slug>/"] = [f"/{folder}/{item.slug}/", f"/en/{folder}/{item.slug}/"]
        doors[f"{folder}/<slug:slug>/record.jsonld"] = [
            f"/{folder}/{item.slug}/record.jsonld",
            f"/en/{folder}/{item.slug}/record.jsonld",
        ]
        if kind in NETWORKED:
            doors[f"{folder}/<slug:slug>/network/"] = [f"{p}/{folder}/{item.slug}/network/" for p in ("", "/en")]
            doors[f"{folder}/<slug:slug>/network.svg"] = [f"{p}/{folder}/{item.slug}/network.svg" for p in ("", "/en")]
        doors[f"api/v1/{folder}/"] = [
            f"/api/v1/{folder}/",
            f"/api/v1/{folder}/?include=document&count=true",
            f"/api/v1/{folder}/?q={world.word}",
        ]
        doors[f"api/v1/{folder}/<str:name>/"] = [f"/api/v1/{folder}/{item.slug}/", f"/api/v1/{folder}/{item.id}/"]
    return doors


def history(world: World) -> dict[str, list[str]]:
    """Route → addresses at which what once was public stays, and a draft never was."""
    doors = {
        "changes/": ["/changes/", "/en/changes/"],
        "changes/atom.xml": ["/changes/atom.xml", "/en/changes/atom.xml"],
        "changes/<version:number>/": [f"{prefix}/changes/{seq}/" for prefix in ("", "/en") for seq in range(1, 16)],
        "api/v1/changes/": ["/api/v1/changes/"],
        "api/v1/revisions/": ["/api/v1/revisions/"],
        "api/v1/revisions/<int:seq>/": [f"/api/v1/revisions/{seq}/" for seq in range(1, 40)],
    }
    for kind, folder in FOLDERS.items():
        record, route = f"/{folder}/{world.items[kind].slug}/", f"{folder}/<slug:slug>/"
        version = f"{route}v/<version:number>/"
        doors[f"{route}history/"] = [f"{record}history/", f"/en{record}history/"]
        doors[f"{route}atom.xml"] = [f"{record}atom.xml", f"/en{record}atom.xml"]
        doors[version] = [f"{record}v/1/", f"/en{record}v/1/"]
        doors[f"{version}cite.<form:form>"] = [f"{record}v/1/cite.txt", f"/en{record}v/1/cite.bib"]
        doors[f"{version}sheet/"] = [f"{record}v/1/sheet/", f"/en{record}v/1/sheet/"]
    return doors


def codes(world: World) -> dict[str, list[str]]:
    """Route → addresses that draw the address of a version that was public, and say no word of it."""
    routes = {kind: f"{folder}/<slug:slug>/v/<version:number>/qr.svg" for kind, folder in FOLDERS.items()}
    return {route: [f"/{FOLDERS[kind]}/{world.items[kind].slug}/v/1/qr.svg"] for kind, route in routes.items()}


def pictures(world: World) -> dict[str, list[str]]:
    """Route → the pictures of shared links: of what is published with its words, else without any."""
    doors = {"claims/<slug:claim_id>/card.<version:number>.png": [f"/claims/{world.claim}/card.1.png"]}
    for kind, folder in FOLDERS.items():
        route = f"{folder}/<slug:slug>/card.<version:number>.png"
        doors[route] = [f"{p}/{folder}/{world.items[kind].slug}/card.1.png" for p in ("", "/en")]
    return doors


NEUTRAL = {
    "site.jsonld": ["/site.jsonld", "/en/site.jsonld"],
    "report/": ["/report/", "/en/report/?about=/cases/kanaridraf-perkara/"],
    "follow/": ["/follow/", "/en/follow/?of=/cases/kanaridraf-perkara/"],
    "follow/asked/": ["/follow/asked/", "/en/follow/asked/"],
    "follow/confirm/<token:token>/": [f"/follow/confirm/{'A' * 43}/"],
    "follow/end/<token:token>/": [f"/follow/end/{'A' * 43}/"],
    "report/<uuid:reference>/": ["/report/00000000-0000-4000-8000-000000000000/"],
    "topics/": ["/topics/", "/en/topics/"],
    "robots.txt": ["/robots.txt"],
    "api/v1/": ["/api/v1/"],
    "api/mirror.py": ["/api/mirror.py"],
    "api/v1/topics/": ["/api/v1/topics/"],
    "api/v1/export/": ["/api/v1/export/"],
    **{f"api/v1/export/{name}": [f"/api/v1/export/{name}"] for name in NO_WORDS},
    "api/v1/digest/": ["/api/v1/digest/"],
    "api/v1/schema/": ["/api/v1/schema/"],
    "schemas/<str:kind>/<int:version>.json": ["/schemas/case/2.json"],
}
"""Route → addresses that hold words of no record at all."""


ALWAYS_THERE = ("topic", "sitemap")
"""Current doors with a variable that names no record: they open whatever is public."""


def routes() -> Iterator[str]:
    """Every public route of the URLconf, without the language prefix; the admin is not public."""

    def walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
        for entry in resolver.url_patterns:
            route = "" if type(entry.pattern).__name__ == "LocalePrefixPattern" else str(entry.pattern)
            if isinstance(entry, URLResolver):
                if route != "admin/":
                    yield from walk(entry, prefix + route)
            elif isinstance(entry, URLPattern):
                yield prefix + route

    yield from walk(get_resolver(), "")
