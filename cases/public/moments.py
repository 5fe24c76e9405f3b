"""`?as_of=2026-11-01`: the page as the record stood at the end of that day."""

from dataclasses import dataclass

from django.http import HttpRequest

from cases.parameters import BadParameter
from cases.reading import seq_as_of
from sources.dates import PartialDate


@dataclass(frozen=True)
class Moment:
    """A day (or time) as the address gives it, and the last seq that stood then."""

    text: str
    seq: int

    @property
    def shown(self) -> str:
        try:
            return PartialDate.parse(self.text).display()
        except ValueError:
            return self.text


def moment_of(request: HttpRequest) -> Moment | None:
    """The moment that is asked for; None means now."""
    text = request.GET.get("as_of", "").strip()
    if not text:
        return None
    try:
        return Moment(text, seq_as_of(text))
    except ValueError as error:
        raise BadParameter("as_of", str(error)) from error


def seq_of(moment: Moment | None) -> int | None:
    return moment.seq if moment else None
