"""The pages of the documentation, as their tests read them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def read(name: str) -> str:
    """The text of a page below `docs/`."""
    return (DOCS / name).read_text(encoding="utf-8")


def tracked_files() -> list[str]:
    """What git tracks or would add, by name from the root; files that are gone left out."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return [name for name in told.stdout.splitlines() if (ROOT / name).is_file()]
