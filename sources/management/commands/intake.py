import os
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import translation

from sources.intake.queue import read_next

SECONDS_BETWEEN_LOOKS = 2


class Command(BaseCommand):
    help = "Read the files that were brought in at the desk and wait. Can be stopped at any time and started again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--follow", action="store_true", help="go on waiting for files until stopped")

    def handle(self, *_args: str, follow: bool, **_options: object) -> None:
        started_by = os.getppid()
        while True:
            while incoming := read_next():
                with translation.override("en"):
                    self.stdout.write(f"{incoming.file_name}: {incoming.get_state_display()}")
            if not follow or os.getppid() != started_by:  # `make run` starts it beside the server
                return
            time.sleep(SECONDS_BETWEEN_LOOKS)
