"""Following a recipe of docs/how-to/ to the letter, in a copy of the tree.

What a page asks for stands in its blocks: a new file after a line that names it in backquotes and ends with a colon, a
change as `diff` (lines without numbers: what is there, `+` what is added, `-` what goes), commands as `sh`.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.docs.pages import ROOT, read, tracked_files

BLOCK = re.compile(r"(?P<lead>[^\n]*)\n\n```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """One block of a page. `path` is the file that the line before it names, if it names one."""

    path: str
    language: str
    code: str


def steps(page: str) -> Iterator[Step]:
    """The blocks of a page in their order."""
    for block in BLOCK.finditer(read(page)):
        named = re.findall(r"`([^`\s]+)`[^`]*:$", block["lead"])
        yield Step(named[-1] if named else "", block["language"], block["code"])


def changed(text: str, diff: str) -> str:
    """The text with the lines of a diff; the lines that it starts from must stand there once."""
    lines = [(line[:1] or " ", line[1:]) for line in diff.splitlines()]
    before = "".join(f"{rest}\n" for sign, rest in lines if sign in " -")
    after = "".join(f"{rest}\n" for sign, rest in lines if sign in " +")
    assert text.count(before) == 1, f"these lines are not there, or not once:\n{before}"
    return text.replace(before, after)


def copy_of_the_tree(folder: Path) -> Path:
    """The files of this repository, with an environment that its Makefile takes for complete."""
    tree = folder / "tree"
    for name in tracked_files():
        if name.split("/")[0] != "fixtures":
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    (tree / "fixtures").symlink_to(ROOT / "fixtures")
    (tree / ".venv").mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.suffix != ".installed":
            (tree / ".venv" / part.name).symlink_to(part)
    for pinned in (ROOT / "requirements").glob("*.txt"):
        shutil.copy2(pinned, tree / ".venv" / f"{pinned.stem}.installed")
    return tree


def follow(page: str, tree: Path, *, without: tuple[str, ...] = ()) -> None:
    """Do what a page says, in the tree; every command must succeed. The tests that it runs there run on SQLite.

    Files and lines of commands that contain a word of `without` are left out.
    """
    for step in steps(page):
        path = tree / step.path
        if any(word in step.path for word in without):
            continue
        if step.language == "sh":
            lines = step.code.splitlines()
            run("\n".join(line for line in lines if not any(word in line for word in without)), tree)
        elif step.language == "diff":
            path.write_text(changed(path.read_text(encoding="utf-8"), step.code), encoding="utf-8")
        else:
            assert step.path, f"no file is named for:\n{step.code}"
            assert not path.exists(), f"{step.path} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.code, encoding="utf-8")


def run(commands: str, tree: Path) -> None:
    foreign = ("CASEDB_", "PYTEST_", "DJANGO_", "MAKE")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=tree,
        env=clean | {"CASEDB_DATA_DIR": str(tree / "var")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
