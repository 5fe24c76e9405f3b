"""What the desk itself keeps of words that a redaction erases: drafts, unsaved text, requests, its log, reports, files.

Drafts, unsaved text, requests to publish and entries of the log that hold the words are deleted: who published what
stays in the ledger. So is whom a source means by the words; a section of a source keeps its place, without them. A
report of a reader is emptied once it is decided, its file with it; until then somebody must be able to read and answer
it. A file that was brought in and not kept goes with its bytes; the original of a copy goes when the copy is deleted.
"""

import json
import uuid
from collections.abc import Collection, Iterator
from typing import TypeVar

import yaml
from django.contrib.admin.models import LogEntry
from django.db.models import Model, QuerySet

from cases.documents.base import Json
from cases.models import Draft, PublicationRequest, SourceName, SourceSection, Submission, UnsavedText
from sources.intake.queue import discard
from sources.models import IncomingFile

from .whole_words import contains

Row = TypeVar("Row", bound=Model)
TABLES: tuple[type[Model], ...] = (
    Draft,
    PublicationRequest,
    LogEntry,
    Submission,
    UnsavedText,
    SourceName,
    SourceSection,
)
# The columns that people wrote
REQUEST_TEXTS = ("reason_id", "reason_en", "answer")
LOG_TEXTS = ("object_repr", "change_message")
# Of a report: what is emptied as a whole, and what is only where it holds the words
REPORT_TEXTS = Submission.SENT_TEXTS
REPORT_ANSWERS = {"path": "/", "answer": ""}
NAME_TEXTS = ("words", "reason")
SECTION_TEXTS = ("title", "speaker_id", "speaker_en")


def erase_working_history(words: str, gone: Collection[uuid.UUID]) -> None:
    """Erase the words here, and every draft and entry of whatever they were the name of."""
    for draft in Draft.objects.iterator(chunk_size=200):
        if draft.object_id in gone or contains([draft.dossier, _read(draft.dossier)], words):
            draft.delete()
    for request in _holding(PublicationRequest.objects.all(), REQUEST_TEXTS, words):
        request.delete()
    LogEntry.objects.filter(object_id__in=list(map(str, gone))).delete()
    for entry in _holding(LogEntry.objects.all(), LOG_TEXTS, words):
        entry.delete()
    for incoming in IncomingFile.objects.iterator(chunk_size=10):
        if contains(list(incoming.texts()), words):
            discard(incoming)
    for unsaved in UnsavedText.objects.iterator(chunk_size=200):
        if contains([json.loads(unsaved.values)], words) or any(str(each) in unsaved.path for each in gone):
            unsaved.delete()
    _erase_readings(words, gone)
    decided = Submission.objects.filter(decided_at__isnull=False)
    for report in _holding(decided, (*REPORT_TEXTS, *REPORT_ANSWERS), words):
        emptied = {name: text for name, text in REPORT_ANSWERS.items() if contains(getattr(report, name), words)}
        Submission.objects.filter(pk=report.pk).erase(**emptied)


def _erase_readings(words: str, gone: Collection[uuid.UUID]) -> None:
    """Erase the words from sections and names of sources, and whatever joins words of a source to what is gone."""
    SourceName.objects.filter(who__in=gone).delete()
    for name in _holding(SourceName.objects.all(), NAME_TEXTS, words):
        name.delete()
    SourceSection.objects.filter(said_by_actor__in=gone).update(said_by_actor=None)
    for section in _holding(SourceSection.objects.all(), SECTION_TEXTS, words):
        emptied = {"title": "" if contains(section.title, words) else section.title}
        if contains([section.speaker_id, section.speaker_en], words):
            emptied |= {"speaker_id": "", "speaker_en": ""}
        SourceSection.objects.filter(pk=section.pk).update(**emptied)


def reports_waiting_with(words: str) -> int:
    """Return how many reports hold the words and are not decided yet."""
    waiting = Submission.objects.filter(decided_at=None)
    return sum(1 for _report in _holding(waiting, (*REPORT_TEXTS, *REPORT_ANSWERS), words))


def _holding(rows: QuerySet[Row], names: tuple[str, ...], words: str) -> Iterator[Row]:
    for row in rows.iterator(chunk_size=200):
        if contains([getattr(row, name) for name in names], words):
            yield row


def _read(dossier: str) -> Json:
    """Return what a dossier holds: in its text, words may be broken by the line ends and quotation marks of YAML."""
    try:
        read: Json = yaml.load(dossier, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes nothing but text
    except yaml.YAMLError:
        return None
    return read
