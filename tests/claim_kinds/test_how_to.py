"""docs/how-to/claim-kind.md is followed to the letter, in a copy of the tree, on the database of this run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "claim-kind.md").read_text(encoding="utf-8")
INDONESIAN = Path("locale", "id", "LC_MESSAGES", "django.po")


def block(language: str) -> tuple[str, str]:
    """Return the file that the page names before its only block in a language, and the block."""
    found = re.findall(rf"`([^`\s]+)`:\n\n```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return found[0]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what git tracks or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    return tmp_path


def run(tree: Path, address: str, *words: str) -> str:
    """Run Python in the tree; the database is new. Return what it printed; fail with it where it fails."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CASEDB_"))}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tree,
        env=ours | {"CASEDB_DATABASE_URL": address, "CASEDB_DATA_DIR": str(tree / "var")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_a_kind_of_claim_is_one_file_one_migration_and_its_words(tree, address):
    path, code = block("python")
    (tree / path).write_text(code, encoding="utf-8")
    commands = [line.split()[1:] for line in PAGE.splitlines() if line.startswith(".venv/bin/python ")]
    migrate, matrix, catalogues = commands
    run(tree, address, *migrate)
    assert len(list((tree / "cases" / "migrations").glob("*_permits.py"))) == 1
    translate(tree, address)
    assert "passed" in run(tree, address, *matrix)
    if shutil.which("msgfmt"):  # `make messages` needs gettext: without it nothing is collected or compiled
        run(tree, address, *catalogues)


def translate(tree: Path, address: str) -> None:
    """Do step 4 of the page."""
    path, words = block("po")
    assert Path(path) == INDONESIAN
    catalogue = tree / INDONESIAN
    catalogue.write_text(f"{catalogue.read_text(encoding='utf-8')}\n{words}", encoding="utf-8")
    if shutil.which("msgfmt"):
        collect = next(line for line in (ROOT / "Makefile").read_text().splitlines() if " makemessages " in line)
        words_of_command = collect.replace("$(VENV)", ".venv").split()[1:]
        run(tree, address, "manage.py", *words_of_command)
        run(tree, address, "manage.py", "compilemessages", "--ignore", "var", "--ignore", ".venv")
