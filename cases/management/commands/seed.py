from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import connection

from cases.dossiers.load import InvalidDossiersError
from cases.dossiers.seed import seed
from cases.management.english import EnglishCommand
from cases.publication.errors import NotPublishableError
from cases.publication.older_record import refuse_older_record


class Command(EnglishCommand):
    help = "Load the dossiers of a folder and publish what changed; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CASEDB_FIXTURES)

    def handle(self, *_args: str, folder: Path, **_options: object) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        refuse_older_record(connection)
        try:
            result = seed(folder, say=self.stdout.write)
        except InvalidDossiersError as error:
            lines = "\n".join(map(str, error.faults))
            raise CommandError(f"Nothing was loaded. {len(error.faults)} faults:\n{lines}") from None
        except NotPublishableError as error:
            lines = "\n".join(map(str, error.reasons))
            raise CommandError(f"Nothing was loaded. {len(error.reasons)} reasons not to publish:\n{lines}") from None
        for name in result.kept:
            self.stderr.write(f"Left alone, edited at the desk since it was seeded: {name}")
        if not result.loaded:
            self.stdout.write("The record is up to date with its dossiers.")
