"""docs/dossiers.md shows every key that the loader knows, and none that it does not."""

import re

import pytest

from cases.documents.kinds import FOLDERS
from cases.dossiers.reader import Entry, Fault, parse
from cases.dossiers.rows import build_bundle
from tests.docs.pages import read

SOURCE, SUBJECT = re.findall(r"^```yaml\n(.*?)^```$", read("dossiers.md"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def known(monkeypatch) -> set[str]:
    """The keys that the loader asks for, gathered while it reads."""
    asked: set[str] = set()
    done = Entry.done

    def gather(entry: Entry) -> None:
        asked.update(entry.known)
        done(entry)

    monkeypatch.setattr(Entry, "done", gather)
    return asked


def test_the_examples_show_every_key_and_no_other(known):
    refused = []
    for folder in FOLDERS.values():
        faults: list[Fault] = []
        top = parse(SOURCE if folder == "sources" else SUBJECT, folder, faults)
        assert top is not None, faults
        build_bundle(folder, "key", top)
        refused.append({(fault.entry, fault.field) for fault in faults if "is not a field here" in fault.reason})
    assert refused.pop() == set(), "of a source"
    assert set.intersection(*refused) == set(), "a key of one kind of subject is none of another"
    shown = set(re.findall(r"[a-z_0-9]+(?=:)", SOURCE + SUBJECT))
    assert sorted(known - shown) == []
