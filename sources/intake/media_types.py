"""What a file is, by its bytes; its name may only agree or be refused."""

import zipfile
from pathlib import Path

from django.utils.translation import gettext as _

from .extracted import IntakeError
from .limits import MEGABYTE, check_archive

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML, TEXT = "text/html", "text/plain"
PNG, JPEG, TIFF, WEBP = "image/png", "image/jpeg", "image/tiff", "image/webp"
IMAGES = (PNG, JPEG, TIFF, WEBP)
MAX_BYTES = {PDF: 50 * MEGABYTE, DOCX: 20 * MEGABYTE, HTML: 5 * MEGABYTE, TEXT: 5 * MEGABYTE}
MAX_BYTES |= dict.fromkeys(IMAGES, 20 * MEGABYTE)
# What the kinds are called in a sentence
NAMES = {PDF: "PDF", DOCX: "Word (DOCX)", HTML: "HTML", TEXT: "text", PNG: "PNG", JPEG: "JPEG", TIFF: "TIFF"}
NAMES[WEBP] = "WebP"
ENDINGS = {".pdf": PDF, ".docx": DOCX, ".html": HTML, ".htm": HTML, ".xhtml": HTML}
ENDINGS |= {".txt": TEXT, ".csv": TEXT, ".md": TEXT, ".json": TEXT}
ENDINGS |= {".png": PNG, ".jpg": JPEG, ".jpeg": JPEG, ".tif": TIFF, ".tiff": TIFF, ".webp": WEBP}
SIGNATURES = [(b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG)]
SIGNATURES += [(b"II*\0", TIFF), (b"MM\0*", TIFF)]
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
LOOKED_AT_BYTES = 4096


def media_type_of(path: Path, name: str) -> str:
    """Return the media type of a file. Raises IntakeError for one that we do not read, or whose name says otherwise."""
    found = _by_content(path, name)
    said = ENDINGS.get(Path(name).suffix.lower())
    if said and said != found:
        raise IntakeError(
            _("Its name says %(said)s, but it is %(found)s. Give it its true name, or save it again.")
            % {"said": NAMES[said], "found": NAMES[found]}
        )
    if (size := path.stat().st_size) > (most := MAX_BYTES[found]):
        raise IntakeError(
            _("It has %(size)s MB; a file of this kind (%(kind)s) may have %(most)s MB.")
            % {"size": -(-size // MEGABYTE), "kind": NAMES[found], "most": most // MEGABYTE}
        )
    if found not in (DOCX, TEXT) and zipfile.is_zipfile(path):
        raise IntakeError(_("It is two files in one: an archive hangs at its end. Save it again without."))
    return found


def _by_content(path: Path, name: str) -> str:
    with path.open("rb") as file:
        head = file.read(LOOKED_AT_BYTES)
    if not head:
        raise IntakeError(_("It is empty."))
    for signature, media_type in SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"PK"):
        return _in_archive(path)
    if head.startswith(OLD_WORD):
        raise IntakeError(
            _("It is an old Word file (.doc), or one with a password. Save it as DOCX without a password.")
        )
    if head.startswith(b"{\\rtf"):
        raise IntakeError(_("It is an RTF file. Save it as DOCX or PDF, and bring it in again."))
    return _of_text(head, name)


def _in_archive(path: Path) -> str:
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names and "[Content_Types].xml" in names:
        return DOCX
    raise IntakeError(_("It is an archive, not a Word file. Unpack it, and bring in the files in it."))


def _of_text(head: bytes, name: str) -> str:
    plain = head.replace(b"\0", b"").lower()
    if b"%pdf-" in plain:
        raise IntakeError(_("Other bytes stand before the start of its PDF. Save it again from a PDF reader."))
    text = _letters(head)
    controls = sum(letter < " " and letter not in "\t\n\v\f\r\x1b" for letter in text)
    if controls * 20 > len(text):
        raise IntakeError(_("It is none of the kinds that we read: PDF, DOCX, HTML, text or image."))
    is_html = any(mark in plain for mark in (b"<!doctype html", b"<html", b"<head>", b"<body"))
    return HTML if is_html or (b"<" in plain and ENDINGS.get(Path(name).suffix.lower()) == HTML) else TEXT


def _letters(head: bytes) -> str:
    """Return the start of a text as well as it can be read; UTF-16 puts zeros between letters."""
    if head.startswith(BYTE_ORDER_MARKS):
        return head.decode("utf-16", "replace")
    if head.count(0) * 4 > len(head):
        return head.decode("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be", "replace")
    return head.decode("latin-1")
