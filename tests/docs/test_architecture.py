"""The page on the architecture names floors, files and functions that are there."""

import ast
import re

import pytest

from tests.docs.pages import ROOT, read
from tests.test_imports import FLOORS, READERS

PAGE = read("architecture.md")
FILES = sorted(set(re.findall(r"`([a-z]+/[\w./-]+)`", PAGE)))
FUNCTIONS = sorted(set(re.findall(r"`(\w+)\(\)` in\s+`([\w./]+\.py)`", PAGE)))


def test_the_floors_are_those_that_the_imports_are_held_to():
    listed = [tuple(re.findall(r"`([\w.]+)`", names)) for names in re.findall(r"^\d+\. (`[^:]+):", PAGE, re.MULTILINE)]
    assert listed == FLOORS


def test_the_readers_are_those_that_the_imports_are_held_to():
    [sentence] = re.findall(r"^The readers \((.*?)\)", PAGE, re.MULTILINE | re.DOTALL)
    assert tuple(re.findall(r"`([\w.]+)`", sentence)) == READERS


@pytest.mark.parametrize("name", FILES)
def test_every_file_and_folder_that_it_names_is_there(name):
    assert (ROOT / name).exists()


@pytest.mark.parametrize(("function", "file"), FUNCTIONS)
def test_every_function_that_it_names_is_there(function, file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_claim_that_it_follows_is_in_the_dossier():
    [name] = re.findall(r"Take the claim `([\w-]+)`", PAGE)
    [dossier] = [file for file in FILES if file.endswith(".yaml")]
    assert f"- key: {name}\n" in (ROOT / dossier).read_text(encoding="utf-8")
