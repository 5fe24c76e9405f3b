"""Times as readers meet them: `?as_of=2026-11-01`, the end of that day, and days as Jakarta counts them."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from cases.http.query_parameters import BadParameterError
from cases.record.as_of import seq_as_of
from sources.dates import MONTHS, PartialDate


@dataclass(frozen=True)
class Moment:
    """A day (or time) as the query gives it, and the last seq then. False, and without seq, when it is now."""

    text: str = ""
    seq: int | None = None

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def shown(self) -> str:
        try:
            return PartialDate.parse(self.text).display()
        except ValueError:
            return self.text


NOW = Moment()


def moment_of(request: HttpRequest) -> Moment:
    """Return the moment of `?as_of=`. Raises BadParameterError."""
    text = request.GET.get("as_of", "").strip()
    try:
        return Moment(text, seq_as_of(text)) if text else NOW
    except ValueError as error:
        raise BadParameterError("as_of", str(error)) from error


def jakarta_date(moment: datetime | str, language: str) -> str:
    """Return the day of a time, in Jakarta: `21 November 2026`."""
    here = in_jakarta(moment)
    return f"{here.day} {MONTHS[language][here.month - 1]} {here.year}"


def in_jakarta(moment: datetime | str) -> datetime:
    """Return a time, or its form in documents (`2026-11-21T04:33:00.000000Z`), as a time in Jakarta."""
    return timezone.localtime(moment if isinstance(moment, datetime) else datetime.fromisoformat(moment))
