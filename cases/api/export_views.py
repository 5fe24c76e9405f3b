"""Exports: each a file, streamed, with the seq that it shows in its name and headers."""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from cases.exports import batches, sqlite
from cases.exports.files import File
from cases.exports.manifest import manifest
from cases.http.query_parameters import check_names
from cases.models.record import VersionedQuerySet

from . import export_filters
from .filtersets import Listing
from .openapi import in_headers, responses_of
from .problems import problem
from .responses import CACHE_CONTROL, LICENSE_LINK, etag_matches, json_response, not_modified
from .views import ApiView

# Part of every ETag: changes when the same record is written otherwise
EXPORT_FORMAT = "2"
# Documents of which a SQLite file is built while somebody waits: some 20 s. `manage.py snapshot` has no limit.
MAX_SQLITE_DOCUMENTS = 20_000


class Manifest(ApiView):
    """What an export of this moment holds: counts, one hash over the commitments, and the files."""

    operation = "get_export_manifest"
    summary = "The manifest of exports"
    responses = responses_of("export_manifest", 304, 400)

    def get(self, request: Request) -> HttpResponse:
        export_filters.refuse_list_parameters(request.GET, export_filters.NoFilters)
        check_names(request.GET, ())
        pinned = batches.pin()
        return json_response(request, manifest(pinned.seq), headers={"CaseDB-Seq": str(pinned.seq)})


class Export(ApiView):
    """One file of what matches now. `Content-Disposition` names it, with the seq that it shows and that seq's day."""

    file = File("")
    filterset_class: type[Listing] = export_filters.NoFilters
    parameters: Any = in_headers(
        CaseDB_Seq="The revision up to which it goes.",
        CaseDB_Count="How many documents, or claims, it holds.",
        CaseDB_Query="The query as it was understood: JSON, percent-encoded.",
    )

    def get(self, request: Request) -> HttpResponseBase:
        export_filters.refuse_list_parameters(request.GET, self.filterset_class)
        pinned = batches.pin()
        rows = cast(VersionedQuerySet, self.file.everything(pinned.seq))
        filterset = self.filterset_class(request.GET, rows)
        filterset.validate()
        query = filterset.applied()
        text = json.dumps([EXPORT_FORMAT, self.file.name, query, pinned.seq], sort_keys=True)
        etag = f'"{hashlib.sha256(text.encode()).hexdigest()}"'
        if etag_matches(request, etag):
            return not_modified(request, etag)
        count = filterset.qs.count()
        if refused := self.refusal(count):
            return refused
        headers = {
            "ETag": etag,
            "Cache-Control": CACHE_CONTROL,
            "Link": LICENSE_LINK,
            "Content-Disposition": f'attachment; filename="{pinned.name(self.file.name, filtered=bool(query))}"',
            "CaseDB-Seq": str(pinned.seq),
            "CaseDB-Count": str(count),
            "CaseDB-Query": quote(json.dumps(query)),
        }
        if request.method == "HEAD":  # streamed, as the file: an answer at once would claim a length of 0
            return StreamingHttpResponse((), content_type=self.file.media_type, headers=headers)
        return self.send(filterset.qs, pinned.seq, headers)

    def refusal(self, count: int) -> HttpResponse | None:
        """Return the response where there is too much to be made into a file."""
        return None

    def send(self, found: QuerySet[Any], seq: int, headers: dict[str, str]) -> HttpResponseBase:
        site = self.request.build_absolute_uri("/").rstrip("/")
        chunks = self.file.chunks(found, seq, site)
        return StreamingHttpResponse(chunks, content_type=self.file.media_type, headers=headers)


class Sqlite(Export):
    """Built anew for whoever asks, so that it is never out of date; kept nowhere, so that it outlives no redaction."""

    def refusal(self, count: int) -> HttpResponse | None:
        if count <= MAX_SQLITE_DOCUMENTS:
            return None
        said = f"The record has {count} documents; up to {MAX_SQLITE_DOCUMENTS} are made into a SQLite file on request."
        return problem(503, f"{said} Whoever runs this site can publish the file: manage.py snapshot.")

    def send(self, found: QuerySet[Any], seq: int, headers: dict[str, str]) -> HttpResponseBase:
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
            path = Path(folder) / self.file.name
            sqlite.write_sqlite(path, seq)
            file = FileResponse(path.open("rb"), content_type=self.file.media_type, headers=headers)
        file.headers["Content-Disposition"] = headers["Content-Disposition"]  # FileResponse has put its own
        return file
