import re
from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from cases.management.english import EnglishCommand
from sources.intake import pdf
from sources.intake.extracted import Extracted, IntakeError
from sources.intake.truth import judge, load


class Command(EnglishCommand):
    help = "Print the text of a PDF page by page, or where words stand in it and whether its pages say them so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--quote", metavar="TEXT", help="words to find; line ends do not matter")

    def handle(self, *_args: str, file: Path, quote: str | None, **_options: object) -> None:
        try:
            extracted = pdf.extract(file.read_bytes())
        except (IntakeError, OSError) as error:
            raise CommandError(str(error)) from None
        for note in extracted.notes:
            self.stderr.write(note)
        if quote is None:
            self._print_pages(extracted)
        else:
            self._print_places(extracted, quote)

    def _print_pages(self, extracted: Extracted) -> None:
        ends = (*extracted.pages[1:], len(extracted.text))
        for number, (start, end) in enumerate(zip(extracted.pages, ends, strict=True), 1):
            self.stdout.write(f"— {number} —")
            self.stdout.write(extracted.text[start:end])

    def _print_places(self, extracted: Extracted, quote: str) -> None:
        if not quote.split() or extracted.layout is None:
            raise CommandError("Give words to find.")
        layout = load(extracted.layout)
        places = [match.span() for match in re.finditer(_across_lines(quote), extracted.text)]
        if not places:
            raise CommandError("These words are not in the text.")
        for start, end in places:
            judgement = judge(layout, (start, end))
            pages = sorted({rectangle.page for rectangle in judgement.rectangles})
            self.stdout.write(f"{start}–{end}, page {', '.join(map(str, pages))}: {judgement.state}")
            for reason in judgement.reasons:
                self.stdout.write(f"  {reason}")
            for page, *edges in judgement.rectangles:
                self.stdout.write(f"  page {page}: {' '.join(f'{edge:.1f}' for edge in edges)}")


def _across_lines(words: str) -> str:
    """Return a pattern for words that lines may break, with or without a hyphen."""
    return r"\s+".join(r"(?:[-‐]\n)?".join(map(re.escape, word)) for word in words.split())
