from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from cases.dossiers.load import InvalidDossiersError, check, dossier_files, read_lock
from cases.dossiers.quotes_lock import LOCK_NAME, write
from cases.management.english import EnglishCommand
from cases.publication.audit.verify import captures_without_text, verify


class Command(EnglishCommand):
    help = "Audit the record: quotes, private spans, commitments, gaps, replay, rules. Exit 1 and a line per fault."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--documents", type=Path, help="folder with the texts that the database may not keep")
        parser.add_argument("--lock", action="store_true", help="write fixtures/quotes.lock after checking every quote")

    def handle(self, *_args: str, documents: Path | None, lock: bool, **_options: object) -> None:
        documents = documents or (Path(settings.CASEDB_DOCUMENTS) if settings.CASEDB_DOCUMENTS else None)
        if documents and not documents.is_dir():
            raise CommandError(f"{documents} is not a folder.")
        faults = [*self._dossier_faults(documents, lock), *verify(documents)]
        for fault in faults:
            self.stderr.write(fault)
        if unread := captures_without_text(documents):
            self.stdout.write(
                f"{len(unread)} copies were checked by hash only, their text is not at hand "
                "(give --documents DIR or set CASEDB_DOCUMENTS)."
            )
        if faults:
            raise CommandError(f"{len(faults)} faults.")
        self.stdout.write("The record is whole.")

    def _dossier_faults(self, documents: Path | None, lock: bool) -> list[str]:
        path = settings.CASEDB_FIXTURES / LOCK_NAME
        files = dossier_files(settings.CASEDB_FIXTURES)
        try:
            if lock:
                if documents is None:
                    raise CommandError("--lock needs --documents DIR: the lock is written after a full check.")
                batch = check(files, documents=documents)
                write(path, batch.quotes)
                self.stdout.write(f"Locked {len(batch.excerpts)} quotes in {path.name}.")
            else:
                check(files, documents=documents, lock=read_lock(settings.CASEDB_FIXTURES))
        except InvalidDossiersError as error:
            return [str(fault) for fault in error.faults]
        return []
