"""The programs that the page about the API shows: complete, with this site's address and a record of its own in them.

Each is a file of templates/public/programs; tests/browser/test_guide.py runs them as the page shows them.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, Engine

FOLDER = settings.BASE_DIR / "templates" / "public" / "programs"
ENGINE = Engine(dirs=[str(FOLDER)], autoescape=False)
"""What is put in is an address of ours; the page escapes the whole."""
LANGUAGES = {".sh": "shell", ".py": "python"}


def programs(site: str, subject: str) -> dict[str, dict[str, Any]]:
    """By name. `site` is scheme and host, `subject` a record as the API names it: `cases/slug`."""
    context = Context({"site": site, "subject": subject})
    return {file.stem: _program(file, context) for file in sorted(FOLDER.iterdir())}


def _program(file: Path, context: Context) -> dict[str, Any]:
    text = ENGINE.get_template(file.name).render(context).strip()
    return {"name": file.stem, "language": LANGUAGES[file.suffix], "text": text}
