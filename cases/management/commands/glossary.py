from collections.abc import Iterator

from django.conf import settings
from django.utils.text import camel_case_to_spaces
from django.utils.translation import override

import cases.dossiers.coverage  # noqa: F401 - has a list of its own
from cases.claim_kinds import ClaimKindName
from cases.management.english import EnglishCommand
from cases.vocabularies import topics
from sources.vocabularies import Vocabulary

PAGE = settings.BASE_DIR / "docs" / "glossary.md"
MARK = "<!-- Printed by `make glossary` from here on. -->\n"


class Command(EnglishCommand):
    help = "Write the closed lists of docs/glossary.md anew, below the part that is written by hand."

    def handle(self, *_args: str, **_options: object) -> None:
        by_hand, mark, _printed = PAGE.read_text(encoding="utf-8").partition(MARK)
        PAGE.write_text(by_hand + mark + "\n" + "\n".join(lines()) + "\n", encoding="utf-8")


def lines() -> Iterator[str]:
    """Yield the lines of every closed list, the kinds of claims first and the topics last."""
    yield from _table("Kinds of claims", "A claim is of the first kind that fits.", ClaimKindName)
    for vocabulary in vocabularies():
        name = camel_case_to_spaces(vocabulary.__name__).capitalize()
        yield from _table(name, vocabulary.__dict__.get("__doc__") or "", vocabulary)
    yield from ("## Topics", "", "| code | English | Indonesian | scope | cakupan |", "|---|---|---|---|---|")
    for topic in topics().values():
        row = (topic.label["en"], topic.label["id"], topic.scope["en"], topic.scope["id"])
        yield f"| `{topic.code}` | {' | '.join(row)} |"


def vocabularies() -> list[type[Vocabulary]]:
    """Return every closed list but the kinds of claims, by module and name."""
    ours = [each for each in Vocabulary.__subclasses__() if each.__module__.split(".")[0] in ("cases", "sources")]
    return sorted((each for each in ours if each is not ClaimKindName), key=lambda v: (v.__module__, v.__name__))


def _table(title: str, about: str, vocabulary: type[Vocabulary]) -> Iterator[str]:
    yield from (f"## {title}", "", *([" ".join(about.split()), ""] if about else ()))
    yield from ("| word | meaning | English | Indonesian |", "|---|---|---|---|")
    for word in vocabulary:
        yield f"| `{word.value}` | {word.meaning} | {_label(word, 'en')} | {_label(word, 'id')} |"
    yield ""


def _label(word: Vocabulary, language: str) -> str:
    with override(language):
        return str(word.label)
