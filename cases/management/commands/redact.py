import sys
from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Model

from cases.documents.build import Item
from cases.management.arguments import add_people, find_item, find_people
from cases.management.english import EnglishCommand
from cases.models import Record, RecordClaim, RecordExcerpt, RecordLink, RevisionBody
from cases.publication.acts import Act, withdraw
from cases.publication.errors import NotPublishableError
from cases.publication.redact import redact, revisions_with
from cases.publication.working_history import TABLES, reports_waiting_with
from cases.vocabularies import WithdrawalReason

# Tables whose rows held the words. A database keeps deleted rows on its pages until they are written anew.
TABLES_WITH_WORDS: tuple[type[Model], ...] = (RevisionBody, Record, RecordClaim, RecordExcerpt, RecordLink, *TABLES)
AFTERWARDS = """\
The search index is made anew by the next publication or search. What this command cannot reach: the working copy
(correct captures, excerpts and statements in the desk), files of dossiers, backups, logs of the database, and copies
that others made.
Servers keep no documents in memory, so none has to be restarted.
Mirrors that follow the changes erase the same revisions."""


class Command(EnglishCommand):
    help = (
        "Erase words that must not be read at all from every version that readers no longer see, and from our drafts, "
        "requests and decided reports. "
        "The words are read from standard input, so that no history of a shell keeps them. What still holds them is "
        "corrected (--correct, from the working copy) or withdrawn (--withdraw) in the same set."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_people(parser)
        parser.add_argument("--reason-code", required=True, choices=WithdrawalReason.values)
        parser.add_argument("--correct", dest="corrections", action="append", default=[], metavar="cases/SLUG")
        parser.add_argument("--withdraw", dest="withdrawals", action="append", default=[], metavar="cases/SLUG")
        parser.add_argument("--dry-run", action="store_true", help="only list the revisions that hold the words")

    def handle(
        self,
        *_args: str,
        by: str,
        reviewer: str,
        reason_id: str,
        reason_en: str,
        reason_code: str,
        corrections: list[str],
        withdrawals: list[str],
        dry_run: bool,
        **_options: object,
    ) -> None:
        words = sys.stdin.readline().strip()
        if not words:
            raise CommandError("Give the words on standard input, in one line.")
        if dry_run:
            for revision, document in revisions_with(words):
                self.stdout.write(f"seq {revision.seq}: {document.path} version {revision.version}")
            return
        acts: list[Act | Item] = [find_item(address) for address in corrections]
        acts += [withdraw(find_item(address), reason_code) for address in withdrawals]
        try:
            people = find_people(by, reviewer, reason_id, reason_en)
            revisions = redact(words, first=acts, reason_code=reason_code, **people)
        except NotPublishableError as refused:
            raise CommandError(str(refused)) from None
        erased = sum(1 for revision in revisions if revision.redacts)
        _rewrite_pages()
        self.stdout.write(f"The words of {erased} revisions were erased.\n{AFTERWARDS}")
        if waiting := reports_waiting_with(words):
            self.stdout.write(
                f"{waiting} reports that are not decided yet hold them too, so that they can be answered."
            )


def _rewrite_pages() -> None:
    """Let no page of the database keep what was deleted."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in TABLES_WITH_WORDS:
                cursor.execute(f'VACUUM FULL "{model._meta.db_table}"')
        else:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
