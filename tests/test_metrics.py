"""The report counts what it says it counts: each fault is seeded in a small tree and seen."""

import subprocess
from pathlib import Path

import pytest

from tests import metrics

FILES = {
    "cases/__init__.py": "",
    "cases/types.py": "from typing import Any\nDocument = dict[str, Any]\nShort: int = 3\n",
    "cases/pages.py": (
        "import typing\nfrom . import types\nfrom .types import Document as Text\n"
        "def one(text: Text) -> None: ...\ndef two() -> list[types.Document]: ...\n"
        "def three(a: 'typing.Any') -> None: ...\n"
        "def four(*args: types.Short, **words: int) -> 'str': ...\n"
    ),
    "cases/lists/__init__.py": "from cases.types import Document\n",
    "cases/lists/pages.py": (
        '"""A module."""\nLIMIT = 3\n"""How many."""\n\n'
        'def counts() -> int:\n    """Counts what there is."""\n    "a comment"\n    return 1\n\n'
        "class Page:\n    def one(self, kept: int = 0, *, given: 'list[Document]' = ()) -> None: ...\n"
    ),
    "cases/long.py": "LIMIT = 4\nurlpatterns = []\n_own = 1\ndef long() -> None:\n" + "    pass\n" * 50 + "#\n" * 260,
    "cases/urls.py": "from .lists import Document\nurlpatterns = []\n_own = 2\ndef five(a: Document) -> None: ...\n",
    "cases/management/commands/pages.py": "class Command: ...\n",
    "cases/migrations/0001_first.py": "LIMIT = 5\n",
    "tests/test_it.py": "LIMIT = 6\n",
    "manage.py": "LIMIT = 7\n",
}


REGISTRY_FILES = {
    "cases/claim_kinds/permit.py": 'PERMIT = DetailedKind(name="permit", rank=1)\n',
    "cases/cards.py": 'def card(kind: str) -> bool:\n    return kind == "permit"\n',
    "tests/claim_kinds/test_totality.py": "def test_the_csv(world): ...\ndef test_a_label(kind): ...\n",
}


def plant(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    subprocess.run(["git", "add", "."], cwd=root, check=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    plant(tmp_path, FILES)
    return tmp_path


def test_each_fault_is_counted(tree):
    found = metrics.report(tree)
    lines = sum(len(text.splitlines()) for name, text in FILES.items() if "migrations" not in name and name[0] != "t")
    assert f"Lines of Python: {lines}, budget 21485" in found
    assert "Lines of a file: median 4, largest 314; over 300: 1, over 500: 0" in found
    assert "    cases/long.py 314" in found
    assert "Functions: 8; over 30 lines: 1, over 50: 1" in found
    assert "    cases/long.py:4 long 51" in found
    assert "Signatures with Any: 4 of 8 (50.0 %), goal at most 8 %" in found
    assert "    cases/pages.py 3 of 4 (75.0 %)" in found
    assert "    cases/urls.py 1 of 1 (100.0 %)" in found
    assert "Public names in two or more modules: 1 of 11 (9.1 %), goal below 4 %" in found
    assert "    LIMIT: cases.lists.pages, cases.long" in found
    assert "File names in two or more packages: 1, goal 0" in found
    assert "    pages.py: cases, cases/lists" in found
    assert "String literals used as comments: 2, goal 0" in found
    assert "    cases/lists/pages.py:7" in found


def test_moods_are_counted_where_ruff_is_at_hand(tree):
    [line] = metrics.docstring_moods(metrics.read(tree))
    try:
        subprocess.run([metrics.sys.executable, "-m", "ruff", "--version"], check=True, capture_output=True)
    except subprocess.CalledProcessError:
        assert "not counted" in line
    else:
        assert line == "Docstrings not in the imperative (ruff D401): 1, goal 0"


def test_kinds_of_claims_and_who_spells_their_names(tmp_path: Path):
    plant(tmp_path, {"cases/__init__.py": ""} | REGISTRY_FILES)
    assert [*metrics.kinds_of_claims(metrics.read(tmp_path))] == [
        "Kinds of claims with numbers: permit; each asked at 2 places (tests/claim_kinds/test_totality.py)",
        "Modules that spell the name of such a kind: 1",
        "    permit: cases/cards.py",
    ]
