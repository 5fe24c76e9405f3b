"""The record as of a day or a revision: from what a reader writes to a seq, and from seqs to what became of them."""

import re
from collections.abc import Collection
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from cases.models import Record, Revision
from cases.vocabularies import Action

DAY_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIME_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
# A time whose + was sent as it is, which in a query string means a space
UNESCAPED_PLUS = re.compile(r"(T\S+) (?=\d{2}:\d{2}$)")
MIN_YEAR = 1900


def seq_as_of(text: str) -> int:
    """Return the last seq of a day (its end in Asia/Jakarta) or of a time. Raises ValueError with a sentence."""
    text = UNESCAPED_PLUS.sub(r"\1+", text)
    try:
        day = parse_date(text) if DAY_PATTERN.fullmatch(text) else None
        moment = parse_datetime(text) if TIME_PATTERN.fullmatch(text) else None
    except ValueError:
        day = moment = None
    if day is None and moment is None:
        raise ValueError(_("“%s” is not a day like 2026-11-01 or a time like 2026-11-01T12:00:00+07:00.") % text)
    if day is not None and day > timezone.localdate():
        raise ValueError(_("“%s” is in the future.") % text)
    moment = moment or datetime.combine(day or date.min, time.max)
    if moment.year < MIN_YEAR:  # before every record, and out of reach of some time zones
        return 0
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    if day is None and moment > timezone.now():
        raise ValueError(_("“%s” is in the future.") % text)
    last = Revision.objects.filter(recorded_at__lte=moment).order_by("-seq").values_list("seq", flat=True).first()
    return last or 0


def last_seq() -> int:
    """Return the seq of the last revision, 0 where there is none."""
    return Revision.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def statuses(seqs: Collection[int]) -> dict[int, str]:
    """Return whether each is `current`, `superseded` by a version, `withdrawn` or `merged`. At most three queries."""
    current = set(Record.objects.current().filter(since_seq__in=seqs).values_list("since_seq", flat=True))
    ids = dict(Revision.objects.filter(seq__in=set(seqs) - current).values_list("seq", "object_id"))
    acts = Revision.objects.filter(object_id__in=ids.values()).exclude(action=Action.REDACT).order_by("seq")
    last = dict(acts.values_list("object_id", "action"))
    ended: dict[str, str] = {Action.WITHDRAW: "withdrawn", Action.MERGE: "merged"}
    return dict.fromkeys(current, "current") | {seq: ended.get(last[key], "superseded") for seq, key in ids.items()}
