"""In a dossier: that the order of quoted words on their page is doubtful, and who compared them with it."""

from django.contrib.auth.models import User

from sources.intake.doubts import Doubt
from sources.models import Excerpt, PageCheck
from sources.page_checks import judgement_of, keep_judgement

from .bundle import Batch, GivenCheck
from .reader import Entry, moment

STATES = [PageCheck.State.DOUBTFUL.value, PageCheck.State.STITCHED.value]


def dump(excerpt: Excerpt) -> dict[str, str | list[str]]:
    """Return the check of an excerpt as a dossier has it; nothing where its words stand so on the page."""
    check = excerpt.page_check if hasattr(excerpt, "page_check") else None
    if check is None or check.state not in STATES:
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
    if state not in STATES:
        entry.fault("state", f"“{state}” is neither {' nor '.join(STATES)}.")
    for doubt in doubts:
        if doubt not in Doubt.values:
            entry.fault("doubts", f"“{doubt}” is not one of: {', '.join(Doubt.values)}.")
    if by and at is None:
        entry.fault("at", "is required: when the words were compared.")
    return GivenCheck(state, doubts, by, at)


def insert(batch: Batch) -> None:
    """Save the checks of a batch. What somebody has compared stays so; words without a check are judged."""
    for key, given in batch.page_checks.items():
        check = PageCheck.objects.filter(excerpt=key).first()
        check = check or PageCheck(excerpt_id=key, state=given.state, doubts=given.doubts)
        if check.at is None and given.at:
            check.by, check.at = User.objects.filter(username=given.by).first(), given.at
        check.save()
    new = Excerpt.objects.filter(pk__in=list(batch.excerpts), page_check=None).exclude(capture__extractor="")
    for excerpt in new.select_related("capture"):
        keep_judgement([excerpt], judgement_of(excerpt.capture, [(excerpt.start, excerpt.end)]))
