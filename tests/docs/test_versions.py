"""The changelog ends with the version that the project says it is."""

import re
import tomllib

from tests.docs.pages import ROOT

HEADINGS = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_the_newest_version_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = next(heading for heading in HEADINGS if heading != "Unreleased")
    assert newest.split(" – ")[0] == project["version"]


def test_versions_have_a_number_and_a_date_and_fall():
    versions = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) – (\d{4}-\d\d-\d\d)", heading) for heading in HEADINGS]
    if HEADINGS[0] == "Unreleased":
        versions.pop(0)
    numbers = [tuple(map(int, version.groups()[:3])) for version in versions if version]
    assert len(numbers) == len(versions)
    assert numbers == sorted(set(numbers), reverse=True)
