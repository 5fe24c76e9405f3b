from django.core.management.base import CommandError
from django.utils import timezone

from cases.management.english import EnglishCommand
from cases.public.follow.digest import due, send_digest
from cases.public.follow.subscribing import erase_unconfirmed
from cases.record.as_of import last_seq


class Command(EnglishCommand):
    help = (
        "Mail what changed to those who follow it, at most once a day each, and erase addresses that nobody confirmed. "
        "It can be stopped and run again at any time: what was sent is not sent twice."
    )

    def handle(self, *_args: str, **_options: object) -> None:
        head, today = last_seq(), timezone.localdate()
        sent, failed = 0, 0
        for subscription in list(due(head, today).order_by("pk")):
            try:
                sent += send_digest(subscription, head, today)
            except Exception as error:
                failed += 1
                self.stderr.write(f"{subscription}: {type(error).__name__}")
        self.stdout.write(f"Sent {sent} digests, erased {erase_unconfirmed()} addresses that nobody confirmed.")
        if failed:
            raise CommandError(f"{failed} digests could not be sent. The next run tries them again.")
