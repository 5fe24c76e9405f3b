"""Every word has its Indonesian, and the compiled catalogue is that of the text."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings

from cases import vocabularies as cases
from cases.public import labels
from sources.vocabularies import Vocabulary

LOCALE = Path(settings.BASE_DIR) / "locale"
FIELD = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$')


def entries(language: str) -> list[dict[str, str]]:
    """The entries of a catalogue, header and obsolete ones left out."""
    found = []
    for block in (LOCALE / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8").split("\n\n"):
        entry: dict[str, str] = {"flags": " ".join(re.findall(r"^#, (.*)$", block, re.MULTILINE))}
        name = ""
        for line in block.splitlines():
            if match := FIELD.match(line):
                name, line = match[1], match[2]
                entry[name] = ""
            if line.startswith('"') and name:
                entry[name] += ast.literal_eval(line)
        if entry.get("msgid"):
            found.append(entry)
    return found


def compiled(language: str) -> dict[object, str]:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]


def key(entry: dict[str, str]) -> str:
    return f"{entry['msgctxt']}\x04{entry['msgid']}" if "msgctxt" in entry else entry["msgid"]


def test_no_indonesian_entry_is_empty_or_uncertain():
    rows = entries("id")
    assert len(rows) > 500
    open_ones = [row["msgid"] for row in rows for name in row if name.startswith("msgstr") and not row[name]]
    assert open_ones == []
    assert [row["msgid"] for row in rows if "fuzzy" in row["flags"]] == []


def test_the_compiled_catalogue_is_that_of_the_text():
    catalogue = compiled("id")
    for row in entries("id"):
        if "msgid_plural" in row:
            assert catalogue[(key(row), 0)] == row["msgstr[0]"]
        else:
            assert catalogue[key(row)] == row["msgstr"], row["msgid"]
    assert len(catalogue) == len(entries("id")) + 1


def test_english_needs_no_translation():
    assert all(not row.get("msgstr") for row in entries("en"))
    assert {key(row) for row in entries("en")} == {key(row) for row in entries("id")}


def test_no_message_hides_in_an_f_string():
    """The collector of gettext does not look into them, so that the words would never be translated."""
    for path in Path(settings.BASE_DIR).glob("[cs]*/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            calls = [c for c in ast.walk(node) if isinstance(c, ast.Call)] if isinstance(node, ast.JoinedStr) else []
            assert not [c for c in calls if getattr(c.func, "id", "") in ("_", "gettext", "ngettext")], path


LISTS = [*labels.LISTS.values(), cases.Property]


@pytest.mark.parametrize("words_of_a_list", LISTS, ids=lambda words: words.__name__)
def test_every_word_of_a_closed_list_has_its_indonesian(words_of_a_list: type[Vocabulary]):
    known = {row["msgid"] for row in entries("id")}
    labels = [member._label_ for member in words_of_a_list]  # type: ignore[attr-defined]
    assert [label for label in labels if str(label._args[0]) not in known and str(label._args[-1]) not in known] == []
