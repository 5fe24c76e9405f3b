from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cases.management.english import EnglishCommand
from cases.models import Submission


class Command(EnglishCommand):
    help = (
        "Erase the words, contacts and files of reports that were decided more than CASEDB_SUBMISSION_DAYS days ago. "
        "Their state and answer stay at the reference."
    )

    def handle(self, *_args: str, **_options: object) -> None:
        now = timezone.now()
        limit = now - timedelta(days=settings.CASEDB_SUBMISSION_DAYS)
        submissions = Submission.objects.filter(erased_at=None)
        erased = submissions.filter(decided_at__lt=limit).erase()
        waiting = submissions.filter(decided_at=None, at__lt=limit).count()
        self.stdout.write(f"Erased the words of {erased} reports.")
        if waiting:
            self.stdout.write(f"{waiting} reports are older than that and still undecided: decide them.")
