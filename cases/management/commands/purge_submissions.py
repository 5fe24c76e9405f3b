"""Erase what readers wrote once it was decided long ago. The state and the answer stay at the reference."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.models import Submission


class Command(BaseCommand):
    help = "Erase the words and contacts of reports that were decided more than CASEDB_SUBMISSION_DAYS days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        limit = now - timedelta(days=settings.CASEDB_SUBMISSION_DAYS)
        held = Submission.objects.filter(erased_at=None)
        erased = held.filter(decided_at__lt=limit).update(
            statement="", source_url="", contact="", note="", erased_at=now
        )
        waiting = held.filter(decided_at=None, at__lt=limit).count()
        self.stdout.write(f"Erased the words of {erased} reports.")
        if waiting:
            self.stdout.write(f"{waiting} reports are older than that and still undecided: decide them.")
