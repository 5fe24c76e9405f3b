import json
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from cases.api.export import rows, sqlite
from cases.api.export.files import File
from cases.api.export.manifest import FILES, manifest
from cases.api.openapi import schema_texts
from cases.management.english import EnglishCommand
from cases.models import Record
from cases.publication.canonical import loads
from cases.publication.represent import FOLDERS

MARK = Path("api/v1/export/index.json")
"""The manifest: written last, and what a folder is known by as a snapshot."""


class Command(EnglishCommand):
    help = (
        "Write the current record as plain files that any web server can give to crawlers: every document at the path "
        "of the API, every export, the manifest. A run that was stopped goes on; DIR is replaced when all is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--site", required=True, help="Address of the site, such as https://example.org")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        if folder.exists() and not (folder / MARK).is_file():
            raise CommandError(f"{folder} is there and is no snapshot. Name a new folder; nothing was written.")
        pinned = rows.pin()
        work = folder.with_name(f"{folder.name}.partial-{pinned.seq}")
        for older in folder.parent.glob(f"{folder.name}.partial-*"):
            if older != work:  # of an earlier seq: it may hold what was withdrawn since
                shutil.rmtree(older)
        self.documents(work, pinned.seq)
        for name in FILES:
            self.export(work / "api/v1/export" / name, name, pinned.seq, options["site"].rstrip("/"))
        for kind, text in schema_texts().items():
            put(work / "schemas" / kind / "1.json", text.encode())
        put(work / MARK, json.dumps(manifest(pinned.seq), ensure_ascii=False, indent=1).encode())
        if folder.exists():
            shutil.rmtree(folder)
        work.rename(folder)
        self.stdout.write(f"{folder} shows the record at seq {pinned.seq}.")

    def documents(self, work: Path, seq: int) -> None:
        """Each document, byte for byte, at `api/v1/<folder>/<slug>/index.json`."""
        records, done = Record.objects.as_of(seq), 0
        total = records.count()
        for batch in rows.batches(records):
            for row in batch:
                if row.text is not None:
                    document = loads(row.text)
                    place = work / "api/v1" / FOLDERS[document["kind"]] / document["slug"]
                    put(place / "index.json", row.text.encode())
            done += len(batch)
            self.stdout.write(f"{done} of {total} documents")

    def export(self, path: Path, name: str, seq: int, site: str) -> None:
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        file = File(name)
        if name == "record.sqlite":
            sqlite.build(part, seq)
        else:
            with part.open("wb") as out:
                out.writelines(file.chunks(file.everything(seq), seq, site))
        part.rename(path)
        self.stdout.write(name)


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that is there already is left."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        part.rename(path)
