"""Closed lists about the public record: what a revision did, and why something was withdrawn or redacted."""

from django.utils.translation import gettext_lazy as _

from sources.vocabularies import Vocabulary


class Action(Vocabulary):
    """What a revision did."""

    PUBLISH = "publish", "first published", _("published")
    CORRECT = "correct", "published anew, changed", _("corrected")
    WITHDRAW = "withdraw", "taken out of the current record", _("withdrawn")
    REINSTATE = "reinstate", "a withdrawal or merge undone", _("reinstated")
    MERGE = "merge", "became part of another", _("merged")
    REDACT = "redact", "earlier words erased", _("redacted")


# Acts after which a thing is no longer read at its own address
GONE = (Action.WITHDRAW, Action.MERGE)


class WithdrawalReason(Vocabulary):
    ERROR = "error", "it was wrong", _("error")
    SUPERSEDED = "superseded", "something better took its place", _("superseded")
    COURT_ORDER = "court_order", "a court ordered it", _("court order")
    PRIVATE_PERSON = "private_person", "it concerned a private person", _("private person")
    RIGHT_OF_REPLY_UPHELD = "right_of_reply_upheld", "a reply was upheld", _("right of reply upheld")
    DUPLICATE = "duplicate", "it stood here twice", _("duplicate")
    SOURCE_WITHDRAWN = "source_withdrawn", "its source was withdrawn", _("source withdrawn")
