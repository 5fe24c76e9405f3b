"""Imports point one way (docs/architecture.md), also those inside functions, and readers never see the working copy."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# What a reader may see of cases.models.
RECORD = {"Record", "RecordClaim", "RecordExcerpt", "RecordLink", "Revision", "RevisionBody"}
RECORD |= {"Versioned", "VersionedQuerySet"}
# From the ground up. A module imports from its own package and from the floors below; packages of one floor know
# nothing of each other.
FLOORS = [
    ("sources",),
    ("cases.vocabularies",),
    ("cases.claim_kinds",),
    ("cases.models",),
    ("cases.documents",),
    ("cases.publication",),
    ("cases.record", "cases.dossiers"),
    ("cases.search", "cases.exports"),
    ("cases.http",),
    ("cases.public", "cases.api", "cases.admin"),
    ("cases.management",),
    ("casedb",),
]
# They serve the public record and see nothing of the working copy, nor of what publishes it.
READERS = ("cases.record", "cases.search", "cases.exports", "cases.http", "cases.public", "cases.api")
# What a reader may take from the floors below; None for all of a module.
READABLE = {
    "cases.claim_kinds": None,
    "cases.documents.base": None,
    "cases.documents.cards": {"CARD_MAX_BYTES", "brief"},
    "cases.documents.claims": None,
    "cases.documents.evidence": None,
    "cases.documents.kinds": None,
    "cases.documents.latest_steps": {"steps_told"},
    "cases.documents.references": None,
    "cases.documents.schemas": None,
    "cases.documents.types": None,
    "cases.publication.projection": {
        "OPEN_END",
        "claim_keys",
        "disputed_keys",
        "fold",
        "period_keys",
        "span",
    },
    "cases.publication.ledger": {"timestamp"},
    "cases.vocabularies": None,
    "sources.dates": None,
    # What a reader sends along is checked and kept; nothing is read back
    "sources.intake.attachments": None,
    "sources.intake.extracted": {"IntakeError"},
    "sources.json_fields": None,
    "sources.number_words": {"in_words"},
    "sources.numbers": None,
    "sources.vocabularies": None,
}
# The pages that may write, and what.
WRITERS = {
    "cases.public.report": {"Submission"},
    "cases.public.follow": {"Subscription", "SubscriptionToken"},
}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules() -> dict[str, tuple[str, bool]]:
    """Every module of ours but migrations: its text, and whether it is a package."""
    paths = [path for app in ("casedb", "sources", "cases") for path in sorted((ROOT / app).rglob("*.py"))]
    return {module_name(p): (p.read_text(), p.name == "__init__.py") for p in paths if "migrations" not in p.parts}


def imports(name: str, text: str, package: bool = False) -> Iterator[tuple[str, str]]:
    """(module, name or "") of every import in a module, wherever in it; relative ones resolved."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = name.split(".")
            base = base[: len(base) - node.level + package] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((source, alias.name) for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in LOADERS:
            first = node.args[0] if node.args else None
            yield str(first.value) if isinstance(first, ast.Constant) else "?", ""


LOADERS = {"import_module", "__import__", "get_model", "import_string"}
"""Calls that import by name."""


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def wrong(name: str, text: str, package: bool = False) -> list[str]:
    """The imports of a module that point the wrong way."""
    found = []
    for source, what in imports(name, text, package):
        full = f"{source}.{what}" if what else source
        ours = inside(full, "casedb", "sources", "cases") or source == "?"
        if ours and not allowed(name, source, what, full):
            found.append(f"{name} imports {full}")
    return found


def floor_of(name: str) -> tuple[int, str]:
    """How high a module stands, and its package."""
    return max((height, part) for height, floor in enumerate(FLOORS) for part in floor if inside(name, part))


def allowed(name: str, source: str, what: str, full: str) -> bool:
    if source == "?":  # the registry finds its own modules
        return name == "cases.claim_kinds"
    if name == "cases.admin.preview" and inside(full, "cases.public"):  # it renders the page that will be
        return True
    if inside(name, "sources.admin", "sources.forms", "sources.excerpt_forms"):  # the desk's pages of sources
        return inside(full, "sources", "cases.admin")
    if full in ("cases", "cases.apps") or not inside(full, *(part for floor in FLOORS for part in floor)):
        return inside(name, "casedb")
    (height, package), (below, other) = floor_of(name), floor_of(full)
    if package == other:
        return True
    return below < height and (package not in READERS or may_be_read(name, source, what, other))


def may_be_read(name: str, source: str, what: str, package: str) -> bool:
    if package in READERS:
        return True
    if package == "cases.models":
        writes = next((models for writer, models in WRITERS.items() if inside(name, writer)), set())
        return what in RECORD | writes
    for readable, names in READABLE.items():
        if inside(source, readable) or f"{source}.{what}" == readable:
            return names is None or what in names
    return False


def test_imports_point_one_way():
    found = [fault for name, (text, package) in modules().items() for fault in wrong(name, text, package)]
    assert found == []


def test_the_modules_that_the_rules_name_are_there():
    names = set(modules())
    for name in (
        "sources.models",
        "cases.models.record",
        "cases.publication.publish",
        "cases.record.lookup",
        "casedb.settings",
    ):
        assert name in names


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sources.quotes", "from cases.models import Claim"),
        ("sources.quotes", "import cases.models"),
        ("sources.dates", "from casedb import settings"),
        ("cases.models.claims", "from cases.publication.publish import publish"),
        ("cases.models.claims", "from ..publication import rules"),
        ("cases.vocabularies", "from cases.models import Claim"),
        ("cases.publication.rules", "from cases.dossiers.load import check"),
        ("cases.publication.rules", "def f():\n    from cases.record import lookup\n"),
        ("cases.publication.rules", "from cases.public import views"),
        ("cases.record.lookup", "from cases.models import Subject"),
        ("cases.record.lookup", "from sources.models import Source"),
        ("cases.public.views", "from cases.models import Claim"),
        ("cases.public.views", "from cases.models import Publication"),
        ("cases.public.views", "from cases.models import Draft, Record"),
        ("cases.public.views", "import cases.models"),
        ("cases.public.views", "from cases import models"),
        ("cases.public.views", "from cases.models.record import *"),
        ("cases.public.views", "from cases.models.subjects import Actor"),
        ("cases.public.views", "from sources.models import Capture"),
        ("cases.public.views", "from sources import models"),
        ("cases.public.views", "from sources.captures import text_of"),
        ("cases.public.views", "def f():\n    if 1:\n        from cases.models import Case\n"),
        ("cases.public.views", "from django.apps import apps\nx = apps.get_model('cases', 'Case')"),
        ("cases.public.views", "import importlib\nx = importlib.import_module('cases.models')"),
        ("cases.public.views", "import importlib\nx = importlib.import_module(name)"),
        ("cases.public.views", "from cases.models import Submission"),
        ("cases.public.views", "from cases.models import Subscription"),
        ("cases.public.report", "from cases.models import Subscription"),
        ("cases.public.report", "from sources.intake import files"),
        ("cases.public.follow", "from cases.models import Submission"),
        ("cases.admin.base", "from cases.public.follow.subscribing import confirm"),
        ("cases.public.views", "from cases.documents.build import build_document"),
        ("cases.public.views", "from cases.publication.publish import publish"),
        ("cases.public.views", "from cases.publication import acts"),
        ("cases.public.views", "from cases.api import problems"),
        ("cases.exports.citations", "from cases.models import Claim"),
        ("cases.exports.citations", "from cases.api.responses import answer"),
        ("cases.api.lists", "from ..models import Claim"),
        ("cases.api.lists", "from cases.admin import site"),
        ("cases.api.lists", "from cases.public.views import page"),
        ("cases.api.lists", "from cases.dossiers.dump import dump"),
        ("cases.dossiers.load", "from cases.api import lists"),
    ],
)
def test_a_module_that_points_the_wrong_way_is_found(name, text):
    assert len(wrong(name, text)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cases.public.report", "from sources.intake.attachments import keep_attachment"),
        (
            "cases.public.views",
            "from cases.models import Record, Revision\nfrom cases.publication.projection import fold",
        ),
        ("cases.public.report", "from cases.models import Submission"),
        ("cases.public.follow.digest", "from cases.models import Revision, Subscription, SubscriptionToken"),
        (
            "cases.public.views",
            "from cases.documents import types\nfrom . import labels\nfrom .labels import word",
        ),
        ("cases.api.lists", "from cases.record.lookup import find\nfrom cases.publication.ledger import timestamp"),
        ("cases.publication.rules", "from sources.models import Excerpt\nfrom . import projection"),
        ("casedb.urls", "from cases.models import Draft"),
        ("cases.admin.item", "from cases.publication.publish import publish\nfrom cases.models import Draft"),
    ],
)
def test_a_module_that_points_the_right_way_is_left_alone(name, text):
    assert wrong(name, text) == []
