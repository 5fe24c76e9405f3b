import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from cases.management.english import EnglishCommand
from cases.publication.replay import is_out_of_date, replay


class Command(EnglishCommand):
    help = "Bring a clone up to date in one go: migrate, seed, collect static files. Quick when there is nothing to do."

    def handle(self, *_args: str, **_options: object) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if is_out_of_date():
            self.stdout.write(f"Rebuilt the record from its ledger for this release: {replay()} revisions.")
        call_command("seed")
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        fingerprint = hash_static_files()
        if not stamp.is_file() or stamp.read_text() != fingerprint:
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            stamp.write_text(fingerprint)


def hash_static_files() -> str:
    """Return a hash over name, size and time of every static file: collecting them takes seconds, for it compresses."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
