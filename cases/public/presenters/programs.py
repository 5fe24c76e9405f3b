"""The programs that the page about the API shows: complete, with this site's address and a record of its own in them.

Each is a file of templates/public/programs; tests/browser/test_guide.py runs them as the page shows them.
"""

from django.conf import settings
from django.template import Context, Engine

FOLDER = settings.BASE_DIR / "templates" / "public" / "programs"
# What is put in is a URL of ours; the page escapes the whole
ENGINE = Engine(dirs=[str(FOLDER)], autoescape=False)
LANGUAGE_OF_SUFFIX = {".sh": "shell", ".py": "python"}


def programs(site: str, subject: str) -> dict[str, dict[str, str]]:
    """Return name, language and text of each program, by name.

    `site` is scheme and host, `subject` a record as the API names it: `cases/slug`.
    """
    context = Context({"site": site, "subject": subject})
    found = {}
    for file in sorted(FOLDER.iterdir()):
        text = ENGINE.get_template(file.name).render(context).strip()
        found[file.stem] = {"name": file.stem, "language": LANGUAGE_OF_SUFFIX[file.suffix], "text": text}
    return found
