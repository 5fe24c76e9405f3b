"""A stored document with the revision that wrote it, and what is raised where there is none to be read."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

from cases.documents.kinds import FOLDERS
from cases.documents.types import Document, parse_document
from cases.models import Revision, RevisionBody


class NotInRecordError(LookupError):
    """There is no such thing in the public record, or there was none at that time."""


class RevisionHeader(NamedTuple):
    """What the headers of an answer say of the revision that wrote a document. `at` is in whole seconds since 1970."""

    seq: int
    kind: str
    version: int
    commitment: str
    at: int

    @classmethod
    def by(cls, revision: Revision) -> Self:
        """Return the header of a revision."""
        at = int(revision.recorded_at.timestamp())
        return cls(revision.seq, revision.kind, revision.version, revision.commitment, at)


@dataclass
class RedactedError(NotInRecordError):
    """The words of this revision were erased; only its place in the log remains."""

    revision: RevisionHeader


@dataclass
class NoSuchVersionError(NotInRecordError):
    """It has no such version; `last` is the number of the last that it has."""

    last: int


@dataclass
class MovedError(Exception):
    """It is at another URL now: a renamed slug, or the survivor of a merge."""

    path: str


@dataclass
class WithdrawnError(Exception):
    """It was withdrawn. `document` says what it was called, when it was withdrawn and why."""

    revision: Revision
    document: Document


@dataclass(frozen=True)
class StoredDocument:
    """One version of one document: its stored bytes, the revision that wrote it, and whether it is the current one.

    `slug` is what it was called then, where the query read it.
    """

    revision: RevisionHeader
    salt: str
    text: str
    current: bool
    slug: str | None = None

    @classmethod
    def of(cls, body: RevisionBody, *, current: bool, slug: str | None = None) -> Self:
        """Return the document of a body whose revision was read with it."""
        return cls(RevisionHeader.by(body.revision), body.salt, body.document, current, slug)

    @cached_property
    def document(self) -> Document:
        return parse_document(self.text)

    @property
    def path(self) -> str:
        """Return the path of its page. Without a slug this parses the document, which costs more than the query."""
        return f"/{FOLDERS[self.revision.kind]}/{self.slug}/" if self.slug else self.document.path
