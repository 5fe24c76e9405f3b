"""Files on their way in: taken over, read one after another, kept as captures or thrown away."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sources.models import Capture, IncomingFile, PrivateSpan, Source

from . import files
from .extracted import Extracted, IntakeError
from .intake import extract
from .limits import MEGABYTE, WALL_SECONDS
from .media_types import MAX_BYTES, media_type_of

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]
State = IncomingFile.State
# A file whose reader died is read again, but not for ever
LEASE = timedelta(seconds=2 * WALL_SECONDS)
MAX_ATTEMPTS = 3


def bring_in(upload: "Upload", by: User) -> IncomingFile:
    """Take over the bytes of a file. Raises IntakeError, and keeps nothing, when it is of no kind that we read."""
    name = Path(upload.name or "file").name[:200]
    if (upload.size or 0) > max(MAX_BYTES.values()):
        raise IntakeError(_("It has more than %(most)s MB.") % {"most": max(MAX_BYTES.values()) // MEGABYTE})
    file, sha256, size = files.store(upload.chunks())
    try:
        media_type = media_type_of(files.path_of(file), name)
        if waiting := IncomingFile.objects.filter(file_sha256=sha256).exclude(state=State.FAILED).first():
            files.remove(file)
            return waiting
        return IncomingFile.objects.create(
            file=file,
            file_name=name,
            file_sha256=sha256,
            file_size=size,
            media_type=media_type,
            brought_by=by,
            language=get_language() or "id",
        )
    except BaseException:
        files.remove(file)
        raise


def bring_again(capture: Capture, by: User) -> IncomingFile:
    """Put the file of a capture on the table once more. Raises IntakeError where its bytes are not at hand."""
    if waiting := IncomingFile.objects.filter(file_sha256=capture.file_sha256).exclude(state=State.FAILED).first():
        return waiting
    try:
        file, sha256, size = files.store(files.chunks_of(capture.file))
    except FileNotFoundError as error:
        raise IntakeError(_("Its bytes are not at hand any more.")) from error
    return IncomingFile.objects.create(
        file=file,
        file_name=capture.file_name,
        file_sha256=sha256,
        file_size=size,
        media_type=capture.media_type,
        brought_by=by,
        language=get_language() or "id",
    )


def read_next() -> IncomingFile | None:
    """Read the file that waits longest, also one whose reader died. Returns it, or None when none waits."""
    expired = Q(state=State.EXTRACTING, started_at__lt=timezone.now() - LEASE)
    for incoming in IncomingFile.objects.filter(Q(state=State.QUEUED) | expired).defer("readings"):
        if read(incoming):
            return incoming
    return None


def read(incoming: IncomingFile) -> bool:
    """Read a file unless somebody else does. Afterwards it is ready, or has failed with a sentence."""
    row = IncomingFile.objects.filter(pk=incoming.pk, state=incoming.state, started_at=incoming.started_at)
    started_at = timezone.now()
    if incoming.state not in (State.QUEUED, State.EXTRACTING) or not row.update(
        state=State.EXTRACTING, started_at=started_at, attempts=incoming.attempts + 1
    ):
        return False
    with translation.override(incoming.language):
        try:
            if incoming.attempts >= MAX_ATTEMPTS:
                raise IntakeError(_("Reading it was broken off several times."))
            readings = extract(files.path_of(incoming.file), incoming.media_type)
            done = {"state": State.READY, "readings": msgspec.json.encode(readings), "failure": ""}
        except (IntakeError, OSError) as error:
            sentence = str(error) if isinstance(error, IntakeError) else _("Its bytes are not at hand any more.")
            done = {"state": State.FAILED, "failure": sentence}
    IncomingFile.objects.filter(pk=incoming.pk, started_at=started_at).update(**done)
    incoming.state = str(done["state"])
    return True


def keep(incoming: IncomingFile, source: Source, reading: Extracted, private: Iterable[tuple[int, int]]) -> Capture:
    """Make a capture of a file that was read; call it in a transaction.

    Raises ValidationError for a text that the source has, IncomingFile.DoesNotExist when somebody was quicker.
    """
    IncomingFile.objects.select_for_update().only("pk").get(pk=incoming.pk)
    capture = Capture(
        source=source,
        text=reading.text,
        file_name=incoming.file_name,
        media_type=incoming.media_type,
        captured_at=incoming.brought_at,
        file=incoming.file,
        file_sha256=incoming.file_sha256,
        file_size=incoming.file_size,
        file_metadata=reading.metadata,
        extractor=reading.extractor,
        extractor_version=reading.version,
        extraction_notes=list(reading.notes),
        page_map=list(reading.pages),
        layout=reading.layout,
    )
    capture.full_clean()
    capture.save()
    PrivateSpan.objects.bulk_create(PrivateSpan(capture=capture, start=start, end=end) for start, end in private)
    incoming.delete()
    return capture


def discard(incoming: IncomingFile) -> None:
    """Throw a file away that was brought in and not kept, with its bytes once the transaction is through."""
    gone, _rows = IncomingFile.objects.filter(pk=incoming.pk).delete()
    if gone:  # not kept by somebody else in the meantime
        transaction.on_commit(lambda: files.remove(incoming.file))


def captures_of(sha256: str) -> list[Capture]:
    """Return the captures that were made of a file with these bytes."""
    return list(Capture.objects.filter(file_sha256=sha256).select_related("source").defer("text", "layout"))
