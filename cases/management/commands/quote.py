from pathlib import Path

import yaml
from django.core.management.base import CommandError, CommandParser

from cases.dossiers.dump import PlainDumper
from cases.management.english import EnglishCommand
from sources.captures import WrongTextError, finder_of, text_of
from sources.models import Capture
from sources.quotes import QuoteError


class Command(EnglishCommand):
    help = "Find words in a source and print them as a quote for a dossier."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="slug of the source")
        parser.add_argument("words")
        parser.add_argument("--after", default="", help="words that stand just before, when the words stand twice")
        parser.add_argument("--documents", type=Path)

    def handle(
        self, *_args: str, source: str, words: str, after: str, documents: Path | None, **_options: object
    ) -> None:
        capture = Capture.objects.filter(source__slug=source).last()
        if capture is None:
            raise CommandError(f"There is no copy of a source called {source}.")
        try:
            text = text_of(capture, documents)
            if text is None:
                raise CommandError("The text is not at hand: give --documents DIR or set CASEDB_DOCUMENTS.")
            parts = finder_of(capture, text).find(words, after)
        except (QuoteError, WrongTextError) as error:
            raise CommandError(str(error)) from None
        cites = [{"source": source, "at": str(part.start), "words": text[part.start : part.end]} for part in parts]
        self.stdout.write(yaml.dump(cites, Dumper=PlainDumper, sort_keys=False, allow_unicode=True, width=1000))
