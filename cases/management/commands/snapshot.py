import json
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db.models import QuerySet

from cases.api.changes import Changes, head_of
from cases.api.filtersets import once_each
from cases.api.json_schemas import schema_texts
from cases.api.lists import ORDERINGS
from cases.api.responses import envelope, json_text
from cases.api.topics import counts, entry
from cases.documents.build import FOLDERS, LICENSE
from cases.documents.types import parse_document
from cases.exports import batches, sqlite
from cases.exports.files import File
from cases.exports.manifest import FILES, manifest
from cases.http.pagination import Position, read_page
from cases.management.english import EnglishCommand
from cases.models import Record, RecordClaim, RecordExcerpt, Revision
from cases.vocabularies import topics

MARK = Path("api/v1/export/index.json")
"""The manifest: written last, and what a folder is known by as a snapshot."""

PAGE = 200
"""Results on one page of a list."""


class Command(EnglishCommand):
    help = (
        "Write the current record as plain files that any web server can give to crawlers: every document at the path "
        "of the API, the lists, the topics, the feed of changes, every export, the manifest. A run that was stopped "
        "goes on; DIR is replaced when all is written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--site", required=True, help="Address of the site, such as https://example.org")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        if folder.exists() and not (folder / MARK).is_file():
            raise CommandError(f"{folder} is there and is no snapshot. Name a new folder; nothing was written.")
        pinned = batches.pin()
        work = folder.with_name(f"{folder.name}.partial-{pinned.seq}")
        for older in folder.parent.glob(f"{folder.name}.partial-*"):
            if older != work:  # of an earlier seq: it may hold what was withdrawn since
                shutil.rmtree(older)
        self.documents(work, pinned.seq)
        for name, order, found in listed(pinned.seq):
            self.pages(work / "api/v1" / name, f"/api/v1/{name}", order, found)
        self.topics(work / "api/v1/topics", pinned.seq)
        self.changes(work / "api/v1/changes", pinned.seq)
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
        for batch in batches.batches(records):
            for row in batch:
                if row.text is not None:
                    document = parse_document(row.text)
                    place = work / "api/v1" / FOLDERS[document["kind"]] / document["slug"]
                    put(place / "index.json", row.text.encode())
            done += len(batch)
            self.stdout.write(f"{done} of {total} documents")

    def pages(self, folder: Path, address: str, order: str, found: QuerySet[Any]) -> None:
        """A list as the API gives it, without filters: `index.json`, `page-2.json`, … that lead to one another."""
        rows, position, number = found.values_list("sort_key", "object_id", "card"), None, 1
        while True:
            page = read_page(rows, ORDERINGS[order], position, PAGE)
            head = page_head({"limit": PAGE, "count": False, "order": order}, address, number, last=not page.has_next)
            put(folder / page_name(number), envelope(head, [row[-1] for row in page.rows]))
            if not page.has_next:
                break
            key, object_id, _card = page.rows[-1]
            position, number = Position(False, key, str(object_id)), number + 1
        self.stdout.write(f"{folder.name}: {number} pages")

    def topics(self, folder: Path, seq: int) -> None:
        counted = counts(seq)
        told = {topic.code: entry(topic, counted) for topic in topics().values()}
        head = page_head({}, "", 1, last=True)
        put(folder / "index.json", envelope(head, [json_text(one) for one in told.values()]))
        for code, one in told.items():
            put(folder / code / "index.json", json_text(one | {"as_of": None, "license": LICENSE}).encode())

    def changes(self, folder: Path, seq: int) -> None:
        """The feed from its beginning to this seq; what comes after, only the API tells."""
        feed, number, after = Changes(), 1, 0
        revisions = feed.revisions().filter(seq__lte=seq).order_by("seq")
        last = Revision.objects.filter(pk=seq).first()
        while True:
            rows = list(revisions.filter(seq__gt=after)[:PAGE])
            whole = not rows or rows[-1].seq == seq
            query = {"after": after, "limit": PAGE}
            after = rows[-1].seq if rows else after
            head = page_head(query, "/api/v1/changes", number, last=whole)
            head |= {"next_after": after, "head": head_of(last) if last else None}
            told = [json_text(feed.entry(row, {"include": None})) for row in rows]
            put(folder / page_name(number), envelope(head, told))
            if whole:
                break
            number += 1
        self.stdout.write(f"changes: {number} pages")

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


def listed(seq: int) -> Iterator[tuple[str, str, QuerySet[Any]]]:
    """Resource, order and rows of every list that shows the record itself."""
    for kind, folder in FOLDERS.items():
        yield folder, "title", Record.objects.as_of(seq).filter(kind=kind)
    yield "claims", "subject", RecordClaim.objects.as_of(seq)
    yield "excerpts", "source", once_each(RecordExcerpt.objects.as_of(seq), seq)


def page_head(query: dict[str, Any], address: str, number: int, *, last: bool) -> dict[str, Any]:
    """The envelope of a page, as the API has it, with the addresses of files."""
    return {
        "query": query,
        "as_of": None,
        "next": None if last else f"{address}/{page_name(number + 1)}",
        "previous": f"{address}/{page_name(number - 1)}" if number > 1 else None,
        "license": LICENSE,
    }


def page_name(number: int) -> str:
    return "index.json" if number == 1 else f"page-{number}.json"


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that is there already is left."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        part.rename(path)
