"""What entries of several sorts share: a quote, who says it, a subject that is named."""

from collections.abc import Callable
from functools import partial

from django.db.models import Model

from cases.documents.kinds import FOLDERS
from cases.models import Claim, SourceSection
from sources.models import Excerpt

from . import page_checks
from .bundle import Bundle, Cite
from .reader import Entry


def add_cite(bundle: Bundle, entry: Entry | None, owner: Entry, assign: Callable[[Excerpt], None]) -> None:
    """Note a quote to be found; `owner` is the entry that needs it."""
    if entry is None:
        owner.fault("cite", "is required: a source and its words.")
        return
    translations = {}
    if (given := entry.entry("translations")) is not None:
        for language in given.data:
            if (row := given.entry(language)) is not None:
                translations[language] = (row.text("text", required=True), row.text("by", required=True))
                row.done()
    cite = Cite(
        entry=entry,
        source=entry.text("source", required=True),
        capture=entry.text("capture"),
        at=entry.number("at"),
        words=entry.text("words", required=True),
        locator=entry.map("locator"),
        language=entry.text("language"),
        translations=translations,
        assign=assign,
        page_check=page_checks.read(entry),
    )
    entry.done()
    bundle.cites.append(cite)


def add_said_by(bundle: Bundle, entry: Entry, row: Claim | SourceSection) -> None:
    """Read who says it, where somebody is named."""
    said_by = entry.entry("said_by")
    if said_by is None:
        return
    for column, speaker in said_by.map("speaker").items():
        setattr(row, column, speaker)
    bundle.refer(said_by, "source", "sources", said_by.text("source"), partial(setattr, row, "said_by_source"))
    actor = said_by.text("actor").removeprefix("actors/")
    bundle.refer(said_by, "actor", "actors", actor, partial(setattr, row, "said_by_actor"))
    if sum(bool(said_by.data.get(name)) for name in ("source", "actor", "speaker")) != 1:
        entry.fault("said_by", "names exactly one: a source, an actor or a described speaker.")
    said_by.done()


def refer_to_subject(bundle: Bundle, entry: Entry, assign: Callable[[Model], None]) -> None:
    """Ask for the subject that `who` names, if it names one."""
    folder, _slash, key = entry.text("who").partition("/")
    if entry.data.get("who") and (not key or folder not in FOLDERS.values() or folder == "sources"):
        entry.fault("who", "is <folder>/<key>, for example actors/pt-contoh.")
    else:
        bundle.refer(entry, "who", folder, key, assign)
