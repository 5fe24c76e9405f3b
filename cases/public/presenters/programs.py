"""The programs that the page about the API shows: complete, with this site's address and a record of its own in them.

Each is a file of templates/public/programs; tests/browser/test_guide.py runs them as the page shows them.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template import Context, Engine

FOLDER = settings.BASE_DIR / "templates" / "public" / "programs"
# What is put in is a URL of ours; the page escapes the whole
ENGINE = Engine(dirs=[str(FOLDER)], autoescape=False)
LANGUAGE_OF_SUFFIX = {".sh": "shell", ".py": "python"}


@dataclass(frozen=True)
class Program:
    """A program as the page shows it."""

    name: str
    language: str
    text: str


def programs(site: str, subject: str) -> dict[str, Program]:
    """Return the programs by name. `site` is scheme and host, `subject` a record as the API names it: `cases/slug`."""
    context = Context({"site": site, "subject": subject})
    return {file.stem: _program(file, context) for file in sorted(FOLDER.iterdir())}


def _program(file: Path, context: Context) -> Program:
    text = ENGINE.get_template(file.name).render(context).strip()
    return Program(file.stem, LANGUAGE_OF_SUFFIX[file.suffix], text)
