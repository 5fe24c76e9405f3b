"""Variables, commands and targets: what the pages list is there, and what is there they list."""

import re

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import DjangoHelpFormatter

from cases.admin import groups
from tests.docs.pages import DOCS, PAGES, ROOT, read

COMMANDS = dict(re.findall(r"^\| `manage\.py (\w+)([^`]*)`", read("reference/commands.md"), re.MULTILINE))
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)) - {"help"}


def test_every_variable_that_the_settings_read_is_listed_and_no_other():
    settings = (ROOT / "casedb" / "settings.py").read_text()
    known = set(re.findall(r'environ(?:\.get)?[(\[]"(CASEDB_\w+)"', settings))
    assert known
    assert set(re.findall(r"^\| `(CASEDB_\w+)`", read("reference/configuration.md"), re.MULTILINE)) == known


def test_every_command_of_ours_is_listed_and_no_other():
    ours = {name for name, app in get_commands().items() if app in ("cases", "sources", "casedb")}
    assert set(COMMANDS) == ours


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_options_of_each_command_are_listed_and_no_others(name):
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    given = {option for action in parser._actions for option in action.option_strings if option.startswith("--")}
    given -= DjangoHelpFormatter.show_last | {"--help"}
    assert set(re.findall(r"--[a-z-]+", COMMANDS[name])) == given


def test_every_group_of_the_desk_is_listed_and_no_other():
    listed = re.findall(r"^\| ([A-Z]\w+) \|", read("reference/accounts.md"), re.MULTILINE)
    assert set(listed) == {groups.CURATORS, groups.REVIEWERS, groups.ADMINISTRATORS}


def test_every_target_of_the_makefile_is_listed_and_no_other():
    listed = re.findall(r"^\| (`make .*?) \|", read("reference/commands.md"), re.MULTILINE)
    assert {name for row in listed for name in re.findall(r"`make ([a-z-]+)`", row)} == TARGETS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_tells_to_run_is_there(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"(?:`|^ {0,4})make ([a-z-]+)", text, re.MULTILINE):
        assert target in TARGETS, target
    for name in re.findall(r"manage\.py (?!NAME)(\w+)", text):
        assert name in get_commands(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_page_can_be_reached_from_the_index():
    reached, waiting = set(), [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        waiting += [(page.parent / link).resolve() for link in links if "://" not in link]
    assert [page.name for page in DOCS.rglob("*.md") if page not in reached] == []
