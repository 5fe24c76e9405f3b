import json
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import CommandError
from django.db.models import Model, QuerySet

from cases.api.changes import Changes, head_of
from cases.api.filtersets import once_each
from cases.api.json_schemas import schema_texts
from cases.api.lists import ORDERINGS
from cases.api.responses import envelope, json_text
from cases.api.topics import counts, entry
from cases.documents.kinds import FOLDERS, LICENSE
from cases.documents.types import parse_document
from cases.exports import sqlite
from cases.exports.batches import pin, row_batches
from cases.exports.files import File
from cases.exports.manifest import EXPORT_FILES, manifest
from cases.http.pagination import Position, read_page
from cases.management.english import EnglishCommand
from cases.models import Record, RecordClaim, RecordExcerpt, Revision
from cases.vocabularies import topics

# The manifest: written last, and what a folder is known by as a snapshot
MANIFEST_PATH = Path("api/v1/export/index.json")
# Results on one page of a list
PAGE_SIZE = 200


class Command(EnglishCommand):
    help = (
        "Write the current record as plain files that any web server can give to crawlers: every document at the path "
        "of the API, the lists, the topics, the feed of changes, every export, the manifest. A run that was stopped "
        "goes on; DIR is replaced when all is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--site", required=True, help="Address of the site, such as https://example.org")

    def handle(self, *_args: str, folder: Path, site: str, **_options: object) -> None:
        folder = folder.absolute()
        if folder.exists() and not (folder / MANIFEST_PATH).is_file():
            raise CommandError(f"{folder} is there and is no snapshot. Name a new folder; nothing was written.")
        seq = pin().seq
        work = folder.with_name(f"{folder.name}.partial-{seq}")
        for older in folder.parent.glob(f"{folder.name}.partial-*"):
            if older != work:  # of an earlier seq: it may hold what was withdrawn since
                shutil.rmtree(older)
        self.write_documents(work, seq)
        for name, order, rows in lists_of_record(seq):
            self.write_list(work / "api/v1" / name, f"/api/v1/{name}", order, rows)
        self.write_topics(work / "api/v1/topics", seq)
        self.write_changes(work / "api/v1/changes", seq)
        for name in EXPORT_FILES:
            self.write_export(work / "api/v1/export" / name, File(name), seq, site.rstrip("/"))
        for (kind, version), text in schema_texts().items():
            write_file(work / "schemas" / kind / f"{version}.json", text.encode())
        write_file(work / MANIFEST_PATH, json.dumps(manifest(seq), ensure_ascii=False, indent=1).encode())
        if folder.exists():
            shutil.rmtree(folder)
        work.rename(folder)
        self.stdout.write(f"{folder} shows the record at seq {seq}.")

    def write_documents(self, work: Path, seq: int) -> None:
        """Write each document, byte for byte, at `api/v1/<folder>/<slug>/index.json`."""
        records, done = Record.objects.as_of(seq), 0
        total = records.count()
        for rows in row_batches(records):
            for text in [row.text for row in rows if row.text is not None]:
                document = parse_document(text)
                write_file(work / "api/v1" / FOLDERS[document.kind] / document.slug / "index.json", text.encode())
            done += len(rows)
            self.stdout.write(f"{done} of {total} documents")

    def write_list(self, folder: Path, address: str, order: str, queryset: QuerySet[Model]) -> None:
        """Write a list as the API gives it, without filters: `index.json`, `page-2.json`, … that are linked."""
        rows, position, number = queryset.values_list("sort_key", "object_id", "card"), None, 1
        while True:
            page = read_page(rows, ORDERINGS[order], position, PAGE_SIZE)
            query: dict[str, object] = {"limit": PAGE_SIZE, "count": False, "order": order}
            head = page_head(query, address, number, last=not page.has_next)
            write_file(folder / page_name(number), envelope(head, [row[-1] for row in page.rows]))
            if not page.has_next:
                break
            key, object_id, _card = page.rows[-1]
            position, number = Position(False, key, str(object_id)), number + 1
        self.stdout.write(f"{folder.name}: {number} pages")

    def write_topics(self, folder: Path, seq: int) -> None:
        counted = counts(seq)
        entries = {topic.code: entry(topic, counted) for topic in topics().values()}
        head = page_head({}, "", 1, last=True)
        write_file(folder / "index.json", envelope(head, [json_text(each) for each in entries.values()]))
        for code, each in entries.items():
            write_file(folder / code / "index.json", json_text(each | {"as_of": None, "license": LICENSE}).encode())

    def write_changes(self, folder: Path, seq: int) -> None:
        """Write the feed from its beginning to this seq; what comes after, only the API has."""
        feed, number, after = Changes(), 1, 0
        revisions = feed.revisions().filter(seq__lte=seq).order_by("seq")
        last_revision = Revision.objects.filter(pk=seq).first()
        while True:
            rows = list(revisions.filter(seq__gt=after)[:PAGE_SIZE])
            last = not rows or rows[-1].seq == seq
            head = page_head({"after": after, "limit": PAGE_SIZE}, "/api/v1/changes", number, last=last)
            after = rows[-1].seq if rows else after
            head |= {"next_after": after, "head": head_of(last_revision) if last_revision else None}
            entries = [json_text(feed.entry(row, {"include": None})) for row in rows]
            write_file(folder / page_name(number), envelope(head, entries))
            if last:
                break
            number += 1
        self.stdout.write(f"changes: {number} pages")

    def write_export(self, path: Path, file: File, seq: int, site: str) -> None:
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        if file.name == "record.sqlite":
            sqlite.write_sqlite(part, seq)
        else:
            with part.open("wb") as out:
                out.writelines(file.chunks(file.everything(seq), seq, site))
        part.rename(path)
        self.stdout.write(file.name)


def lists_of_record(seq: int) -> Iterator[tuple[str, str, QuerySet[Model]]]:
    """Yield resource, order and rows of every list that shows the record itself."""
    for kind, folder in FOLDERS.items():
        yield folder, "title", Record.objects.as_of(seq).filter(kind=kind)
    yield "claims", "subject", RecordClaim.objects.as_of(seq)
    yield "excerpts", "source", once_each(RecordExcerpt.objects.as_of(seq), seq)


def page_head(query: dict[str, object], address: str, number: int, *, last: bool) -> dict[str, object]:
    """Return the envelope of a page, as the API has it, with the addresses of files."""
    return {
        "query": query,
        "as_of": None,
        "next": None if last else f"{address}/{page_name(number + 1)}",
        "previous": f"{address}/{page_name(number - 1)}" if number > 1 else None,
        "license": LICENSE,
    }


def page_name(number: int) -> str:
    return "index.json" if number == 1 else f"page-{number}.json"


def write_file(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all; one that is there already is left."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        part.rename(path)
