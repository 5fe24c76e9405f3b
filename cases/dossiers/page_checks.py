"""In a dossier: whether quoted words stand so on their page, and who compared them with it."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet

from sources.intake.doubts import Doubt
from sources.models import Excerpt, PageCheck
from sources.page_checks import judgement_of, keep_judgement

from .bundle import Batch, GivenCheck
from .reader import Entry, moment


def dump(excerpt: Excerpt) -> dict[str, str | list[str]]:
    """Return the check of an excerpt as a dossier has it; nothing where its copy has no pages."""
    check = excerpt.page_check if hasattr(excerpt, "page_check") else None
    if check is None:
        return {}
    at = check.at.isoformat() if check.at else ""
    return {"state": check.state, "doubts": check.doubts, "by": check.by.username if check.by else "", "at": at}


def read(cite: Entry) -> GivenCheck | None:
    """Return the check that an entry gives."""
    entry = cite.entry("page_check")
    if entry is None:
        return None
    state, doubts, by = entry.text("state", required=True), entry.words("doubts"), entry.text("by")
    at = moment(entry, "at")
    entry.done()
    if state not in PageCheck.State.values:
        entry.fault("state", f"“{state}” is not one of: {', '.join(PageCheck.State.values)}.")
    for doubt in doubts:
        if doubt not in Doubt.values:
            entry.fault("doubts", f"“{doubt}” is not one of: {', '.join(Doubt.values)}.")
    if by and at is None:
        entry.fault("at", "is required: when the words were compared.")
    return GivenCheck(state, doubts, by, at)


def insert(batch: Batch) -> None:
    """Save the checks of a batch. What somebody has compared stays so.

    Words are judged by the geometry of their page where it is at hand; only without it does the dossier's word count.
    """
    for excerpt in _without_check(list(batch.excerpts)).exclude(capture__layout=None):
        keep_judgement([excerpt], judgement_of(excerpt.capture, [(excerpt.start, excerpt.end)]))
    for key, given in batch.page_checks.items():
        check = PageCheck.objects.filter(excerpt=key).first()
        check = check or PageCheck(excerpt_id=key, state=given.state, doubts=given.doubts)
        if check.at is None and given.at:
            check.by, check.at = User.objects.filter(username=given.by).first(), given.at
        check.save()
    for excerpt in _without_check(list(batch.excerpts)).exclude(capture__extractor=""):
        keep_judgement([excerpt], judgement_of(excerpt.capture, [(excerpt.start, excerpt.end)]))


def _without_check(ids: list[UUID]) -> QuerySet[Excerpt]:
    return Excerpt.objects.filter(pk__in=ids, page_check=None).select_related("capture")
