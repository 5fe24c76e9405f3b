from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from cases.management.acts import add_people, item, people_of
from cases.management.english import EnglishCommand
from cases.publication.acts import merge
from cases.publication.errors import NotPublishableError
from cases.publication.publish import publish


class Command(EnglishCommand):
    help = (
        "Make one public subject or source part of another of its kind, which answers for its addresses from then on. "
        "Move its statements to the survivor first. To undo it, publish the merged one again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("merged", help="such as actors/pt-lama")
        parser.add_argument("survivor", help="such as actors/pt-baru")
        add_people(parser)

    def handle(self, *args: Any, merged: str, survivor: str, **options: Any) -> None:
        try:
            written = publish([merge(item(merged), into=item(survivor))], **people_of(options))
        except NotPublishableError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{merged} is part of {survivor} now. {len(written)} revisions were written.")
