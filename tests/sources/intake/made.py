"""Files made for a test: a Word file from its parts, and a request's upload of bytes."""

import io
import zipfile

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*paragraphs: str, title: str = "", author: str = "Sekretariat") -> bytes:
    """A whole Word file with these paragraphs."""
    document, file = docx.Document(), io.BytesIO()
    document.core_properties.title, document.core_properties.author = title, author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one part replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return made.getvalue()


def word_body(body: str, extra: str = "") -> bytes:
    """A Word file whose body is this XML."""
    document = f'<?xml version="1.0"?>{extra}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return with_part(word("x"), "word/document.xml", document.encode())


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/octet-stream")
