"""Imports point one way (DESIGN §3), also those inside functions, and readers never see the working copy."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RECORD = {"Record", "RecordClaim", "RecordExcerpt", "RecordLink", "Revision", "RevisionBody"}
"""What a reader may see of cases.models."""
READING = {
    "cases.publication.canonical": None,
    "cases.publication.cards": {"brief", "uses_of"},
    "cases.publication.record": {"OPEN_END", "claim_keys", "disputed_keys", "fold", "period_keys", "span", "titles"},
    "cases.publication.represent": {"FOLDERS", "LICENSE", "SUBKIND_FIELDS", "PERIOD_KINDS", "Ref", "ref_of"},
    "cases.publication.ledger": {"timestamp"},
}
"""What a reader may take from publication; None for all of a module."""
READERS = ("cases.public", "cases.api", "cases.search", "cases.feeds", "cases.exports")
REPORT = "cases.public.report"
"""The one door that may write: a Submission."""


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


def allowed(name: str, source: str, what: str, full: str) -> bool:
    if inside(name, "casedb"):
        return True
    if inside(full, "casedb"):
        return False
    if inside(name, "sources.admin", "sources.forms"):  # the desk's pages of sources
        return inside(full, "sources") or inside(full, "cases.admin")
    if inside(name, "sources"):
        return inside(full, "sources")
    if inside(name, "cases.vocabularies", "cases.decimals", "cases.sheets"):
        return inside(full, "sources.words", "cases.vocabularies", "cases.decimals")
    if inside(name, "cases.models"):
        return inside(full, "sources", "cases.models", "cases.vocabularies", "cases.decimals")
    if inside(name, "cases.publication"):
        return inside(full, "sources", "cases.models", "cases.publication", "cases.vocabularies", "cases.decimals")
    if inside(name, "cases.reading", "cases.held", "cases.rows"):
        return may_be_read(source, what) or inside(full, "cases.rows", "sources.dates")
    if inside(name, "cases.citations"):
        return may_be_read(source, what) or inside(full, "cases.vocabularies")
    if inside(name, *READERS):
        return reader_may(name, source, what, full)
    if inside(name, "cases.dossiers"):
        return not inside(full, "cases.admin", "cases.reading", *READERS)
    return True  # the admin, the commands and the desk's groups may import anything of ours


def reader_may(name: str, source: str, what: str, full: str) -> bool:
    if full == "cases.models.Submission":
        return inside(name, REPORT)
    own = next(reader for reader in READERS if inside(name, reader))
    shared = (
        "cases.reading",
        "cases.held",
        "cases.citations",
        "cases.addresses",
        "cases.packing",
        "cases.parameters",
        "cases.vocabularies",
        "cases.decimals",
        "cases.sheets",
        "sources.dates",
        "cases.search",
    )
    return inside(full, own, *shared, "sources.vocabularies", "sources.words") or may_be_read(source, what)


def may_be_read(source: str, what: str) -> bool:
    if inside(source, "cases.models"):
        return what in RECORD
    if source == "cases.publication":
        source, what = f"cases.publication.{what}", ""
    names = READING.get(source, set())
    return names is None or what in names


def test_imports_point_one_way():
    found = [fault for name, (text, package) in modules().items() for fault in wrong(name, text, package)]
    assert found == []


def test_the_modules_that_the_rules_name_are_there():
    names = set(modules())
    for name in (
        "sources.models",
        "cases.models.record",
        "cases.publication.publish",
        "cases.reading",
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
        ("cases.publication.rules", "def f():\n    from cases import reading\n"),
        ("cases.publication.rules", "from cases.public import views"),
        ("cases.reading", "from cases.models import Subject"),
        ("cases.reading", "from sources.models import Source"),
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
        ("cases.public.views", "from cases.publication.represent import represent"),
        ("cases.public.views", "from cases.publication.publish import publish"),
        ("cases.public.views", "from cases.publication import acts"),
        ("cases.public.views", "from cases.api import problems"),
        ("cases.citations", "from cases.models import Claim"),
        ("cases.citations", "from cases.api.answers import answer"),
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
        ("cases.public.views", "from cases.models import Record, Revision\nfrom cases.publication.record import fold"),
        ("cases.public.report", "from cases.models import Submission"),
        (
            "cases.public.views",
            "from cases.publication import canonical\nfrom . import words\nfrom .words import label",
        ),
        ("cases.api.lists", "from cases.reading import find\nfrom cases.publication.ledger import timestamp"),
        ("cases.publication.rules", "from sources.models import Excerpt\nfrom . import record"),
        ("casedb.urls", "from cases.models import Draft"),
        ("cases.admin.item", "from cases.publication.publish import publish\nfrom cases.models import Draft"),
    ],
)
def test_a_module_that_points_the_right_way_is_left_alone(name, text):
    assert wrong(name, text) == []
