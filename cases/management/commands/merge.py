from argparse import ArgumentParser

from django.core.management.base import CommandError

from cases.management.arguments import add_people, find_item, find_people
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

    def handle(
        self,
        *_args: str,
        merged: str,
        survivor: str,
        by: str,
        reviewer: str,
        reason_id: str,
        reason_en: str,
        **_options: object,
    ) -> None:
        act = merge(find_item(merged), into=find_item(survivor))
        try:
            revisions = publish([act], **find_people(by, reviewer, reason_id, reason_en))
        except NotPublishableError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{merged} is part of {survivor} now. {len(revisions)} revisions were written.")
