import os
from argparse import ArgumentParser

from django.core.management.base import CommandError

from cases.management.english import EnglishCommand
from cases.search.index import sync
from cases.search.index.index_files import IndexLockedError, root


class Command(EnglishCommand):
    help = (
        "Make the search index anew while the old one serves; after an interruption, run it again and it goes on. "
        "With --follow, only apply what was published since."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--follow", action="store_true", help="apply what was published since, and no more")

    def handle(self, *_args: str, follow: bool, **_options: object) -> None:
        def progress(done: int, total: int) -> None:
            self.stdout.write(f"… {done} of {total}")

        try:
            count = sync.catch_up(progress) if follow else sync.rebuild(progress, processes=os.cpu_count() or 1)
        except IndexLockedError as busy:
            raise CommandError("Another process is writing the index.") from busy
        except KeyboardInterrupt as stop:
            raise CommandError("Interrupted. Run it again and it goes on.") from stop
        except OSError as fault:
            raise CommandError(f"The search index cannot be written in {root()}: {fault.strerror or fault}.") from fault
        self.stdout.write(f"Indexed {count} documents.")
