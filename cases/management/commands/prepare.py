import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from cases.management.english import EnglishCommand
from cases.publication.replay import is_out_of_date, replay


class Command(EnglishCommand):
    help = "Bring a clone up to date in one go: migrate, seed, collect static files. Quick when there is nothing to do."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if is_out_of_date():
            self.stdout.write(f"Rebuilt the record from its ledger for this release: {replay()} revisions.")
        call_command("seed")
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        if not stamp.is_file() or stamp.read_text() != static_files():
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            stamp.write_text(static_files())


def static_files() -> str:
    """A hash over name, size and time of every static file: collecting compresses them all, and takes seconds."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
