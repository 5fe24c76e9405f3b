from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from cases.dossiers.coverage import LeftOut, coverage, left_out, untold_facts
from cases.management.english import EnglishCommand
from sources.captures import WrongTextError, text_of
from sources.models import Capture, ExcerptTranslation
from sources.quotes import Span
from sources.vocabularies import TranslatedBy


class Command(EnglishCommand):
    help = "Show which sentences of the documents no excerpt touches, and why. Exit 1 when one is unexplained."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", type=Path, help="folder with the texts that the database may not keep")
        parser.add_argument(
            "--facts",
            action="store_true",
            help="list numbers and names that a claim quotes and no sentence tells instead",
        )

    def handle(self, *_args: str, documents: Path | None, facts: bool, **_options: object) -> None:
        if facts:
            for excerpt, untold in untold_facts():
                place = f"{excerpt.capture.source.slug} {excerpt.start}-{excerpt.end}"
                self.stdout.write(f"{place}  cited, told nowhere: {'; '.join(untold)}")
            return
        unexplained = 0
        for capture in Capture.objects.select_related("source").order_by("source__slug"):
            name = capture.source.slug
            try:
                text = text_of(capture, documents)
                regions = left_out(settings.CASEDB_FIXTURES / "coverage" / f"{name}.yaml")
            except (WrongTextError, ValueError) as error:
                raise CommandError(str(error)) from None
            if text is None:
                self.stderr.write(f"{name}: its text is not at hand (give --documents DIR or set CASEDB_DOCUMENTS).")
                continue
            report = coverage(name, text, quoted_spans(capture, text), regions)
            reasons = ", ".join(f"{count} {LeftOut(why).label}" for why, count in sorted(report.left_out.items()))
            self.stdout.write(
                f"{name}: {report.sentences} sentences, {report.touched} quoted; left out: {reasons or 'none'}; "
                f"unexplained: {len(report.unexplained)}"
            )
            for sentence in report.unexplained:
                self.stdout.write(f"  {sentence.start}-{sentence.end}  {sentence.text[:150]}")
            unexplained += len(report.unexplained)
        if unexplained:
            raise CommandError(f"{unexplained} sentences are neither quoted nor explained.")


def quoted_spans(capture: Capture, text: str) -> list[Span]:
    """Return where a capture is quoted: its excerpts, and the source's own translations of them."""
    spans = list(capture.excerpts.values_list("start", "end"))
    own = ExcerptTranslation.objects.filter(excerpt__capture=capture, by=TranslatedBy.SOURCE)
    for words in own.values_list("text", flat=True):
        if (start := text.find(words)) >= 0:
            spans.append((start, start + len(words)))
    return spans
