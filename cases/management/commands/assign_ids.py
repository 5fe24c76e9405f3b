import uuid
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from cases.documents.kinds import FOLDERS
from cases.dossiers.reader import Fault, parse
from cases.management.english import EnglishCommand


class Command(EnglishCommand):
    help = "Give every dossier that has none an id, which is random: its first line. Nothing else of a file changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CASEDB_FIXTURES)

    def handle(self, *_args: str, folder: Path, **_options: object) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        faults: list[Fault] = []
        for path in sorted(path for kind in FOLDERS.values() for path in (folder / kind).glob("*.yaml")):
            name, old = path.relative_to(folder).as_posix(), path.read_bytes()
            new = with_id(old, name, faults)
            if new != old:
                path.write_bytes(new)
                self.stdout.write(name)
        if faults:
            raise CommandError("Some have none yet:\n" + "\n".join(map(str, faults)))


def with_id(dossier: bytes, name: str, faults: list[Fault]) -> bytes:
    """Return a dossier with an id in front, or as it is where it has one or cannot be read; that is a fault."""
    top = parse(dossier.decode("utf-8", "surrogateescape"), name, faults)
    if top is None or "id" in top.data:
        return dossier
    line = f"id: {uuid.uuid4()}\n".encode()
    read = parse((line + dossier).decode("utf-8"), name, [])
    if read and read.data.items() > top.data.items():
        return line + dossier
    faults.append(Fault(name, "", "id", f"does not fit above what stands there. Write it yourself: {line.decode()}"))
    return dossier
