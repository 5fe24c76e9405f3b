"""Every decision has a date and a status, and the index says the same."""

import re

import pytest

from tests.docs.pages import DOCS, read

PAGES = sorted((DOCS / "decisions").glob("[0-9]*.md"))
HEAD = re.compile(r"# (?P<title>.+)\n\nDate: (?P<date>\d{4}-\d\d-\d\d)\. Status: (?P<status>[^.]+?(\(\S+\.md\))?)\.")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_decision_says_when_it_was_made_and_whether_it_holds(page):
    head = HEAD.match(page.read_text(encoding="utf-8"))
    assert head, "begins with its title, then: Date: 2026-11-21. Status: accepted."
    successor = re.fullmatch(r"superseded by \[\d{4}\]\((\S+)\)", head["status"])
    assert head["status"] == "accepted" or (successor and (page.parent / successor[1]).is_file())
    row = f"| [{page.name[:4]}]({page.name}) | {head['title']} | {head['date']} | {head['status']} |"
    assert row in read("decisions/README.md").splitlines()


def test_decisions_are_numbered_without_gaps_and_none_is_listed_that_is_not_there():
    numbers = [int(page.name[:4]) for page in PAGES]
    assert numbers == list(range(1, len(PAGES) + 1))
    assert len(re.findall(r"^\| \[", read("decisions/README.md"), re.MULTILINE)) == len(PAGES)
