"""The page about the API: each program on it is run, as the page shows it, against the live site."""

import csv
import html
import io
import json
import re
import sqlite3
import subprocess
import sys
from urllib.request import urlopen

import pytest

from cases.models import Record, Revision

pytestmark = pytest.mark.browser

RECORD = "collaborations/eppson-surakarta"
PROGRAM = re.compile(r'<pre class="program" id="program-(\w+)" data-language="(\w+)"><code>([^<]*)</code></pre>')


def programs(site, language):
    with urlopen(f"{site}{language}/api/") as page:
        text = page.read().decode()
    assert text.count("<pre") == len(PROGRAM.findall(text))
    return {name: (shell, html.unescape(code)) for name, shell, code in PROGRAM.findall(text)}


def run(program, folder):
    """What it prints. It sees no module but those of the standard library."""
    shell, code = program
    command = {"shell": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-I", "-S", "-c"]}[shell]
    done = subprocess.run([*command, code], cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_program_of_the_page_does_what_the_page_says(site, tmp_path):
    said = programs(site, "/en")
    assert said == programs(site, "")  # in both languages the same

    def said_by(name):
        return run(said.pop(name), tmp_path)

    record = json.loads(said_by("record"))
    assert f"/{RECORD}/" == record["path"]
    listed = json.loads(said_by("list"))
    assert 0 < len(listed["results"]) <= 5
    assert {claim["subject"]["path"] for claim in listed["results"]} == {record["path"]}
    assert json.loads(said_by("search"))["count"] > 0
    lines = said_by("pages").splitlines()
    assert len(lines) == len(record["claims"])
    words = said_by("words")
    assert all(excerpt["exact"] in words for excerpt in record["excerpts"] if cited(excerpt, record))
    assert said_by("verify").startswith("These are the published bytes: ")
    assert "CaseDB-Status: current" in said_by("version")
    assert json.loads(said_by("refused"))["did_you_mean"] == ["standing"]
    again = said.pop("again")
    assert [run(again, tmp_path), run(again, tmp_path)] == ["200\n", "304\n"]
    assert json.loads((tmp_path / "kept.json").read_text()) == record
    changes = said.pop("changes")
    assert len(run(changes, tmp_path).splitlines()) == Revision.objects.count()
    assert run(changes, tmp_path) == ""
    assert said_by("mirror").startswith(f"equal at revision {Revision.objects.count()}: ")
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        assert copy.execute("SELECT count(*) FROM record").fetchone() == (Record.objects.current().count(),)
    said_by("export")
    [file] = tmp_path.glob("casedb-claims-*.csv")
    rows = csv.DictReader(io.StringIO(file.read_bytes().decode(), newline=""))
    assert len(list(rows)) == len(record["claims"])
    assert len(said_by("table").splitlines()) == len(record["claims"])
    assert said == {}


def cited(excerpt, record):
    return any(c["excerpt"] == excerpt["id"] for claim in record["claims"] for c in claim["citations"])


def test_a_program_is_copied_with_one_press(visit):
    opened = visit()
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened.page
    page.goto("/en/api/")
    shown = page.locator("#program-verify code").text_content()
    page.locator("#program-verify + p button").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == shown
