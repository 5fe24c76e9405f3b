"""The glossary holds every closed list, as the code has it."""

import ast

import pytest

from cases.claim_kinds import REGISTRY
from cases.management.commands.glossary import MARK, PAGE, lines, vocabularies
from cases.vocabularies import topics
from tests.docs.pages import ROOT

PRINTED = PAGE.read_text(encoding="utf-8").partition(MARK)[2].strip().split("\n")


def test_the_committed_lists_are_what_the_code_prints():
    assert "\n".join(lines()).strip().split("\n") == PRINTED, "run `make glossary` and commit docs/glossary.md"


def test_every_class_of_words_is_in_it():
    defined = {
        node.name
        for app in ("cases", "sources")
        for path in (ROOT / app).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Vocabulary" for base in node.bases)
    }
    assert defined == {vocabulary.__name__ for vocabulary in vocabularies()}


@pytest.mark.parametrize("words", [*REGISTRY, *topics()])
def test_every_kind_of_claim_and_every_topic_is_in_it(words):
    assert [line for line in PRINTED if line.startswith(f"| `{words}` |")]


def test_each_word_has_a_label_in_both_languages():
    for line in PRINTED:
        if line.startswith("| `"):
            assert all(cell.strip() for cell in line.strip("|").split(" | ")), line
