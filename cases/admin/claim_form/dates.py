"""The date that the selected words state, as exactly as they do: none where they state several."""

import re
from collections.abc import Iterator

from cases.search.analysis.tokens import DATE
from sources.dates import MONTH_NUMBERS, PartialDate

NAMES = "|".join(sorted({*MONTH_NUMBERS, "sept", "agt", "des"}, key=len, reverse=True))
SHORT_MONTHS = {"sept": 9, "agt": 8, "des": 12}
DAY = re.compile(rf"(?<![\w.,/-])(\d{{1,2}})(?:\s*\([^()\d]*\))?\s+({NAMES})\s+((?:19|20)\d\d)(?!\w)", re.IGNORECASE)
ENGLISH_DAY = re.compile(rf"(?<!\w)({NAMES})\s+(\d{{1,2}}),\s+((?:19|20)\d\d)(?!\w)", re.IGNORECASE)
MONTH = re.compile(rf"(?<!\w)(?<!\d )(?<!\) )({NAMES})\s+((?:19|20)\d\d)(?!\w)", re.IGNORECASE)
IN_YEAR = re.compile(r"(?<!\w)(?:pada|sejak|in|since)\s+(?:tahun\s+)?((?:19|20)\d\d)(?!\w)", re.IGNORECASE)
UNTIL = re.compile(r"\s*(?:-|–|s\.?/?d\.?|sampai(?: dengan)?|hingga|to|until)\s*(?:tanggal\s+)?", re.IGNORECASE)


def date_in(words: str) -> tuple[PartialDate, PartialDate | None, str] | None:
    """Return the one date that the words state, or the two ends of a period, with those words; None for several."""
    days = sorted({*_days(words)}, key=lambda day: day[1])
    if not days:
        return _month_or_year(words)
    first, last = days[0], days[-1]
    if len({date for date, _start, _end in days}) == 1:
        return first[0], None, words[first[1] : first[2]]
    if len(days) == 2 and UNTIL.fullmatch(words[first[2] : last[1]]) and first[0] < last[0]:
        return first[0], last[0], words[first[1] : last[2]]
    return None


def _month_or_year(words: str) -> tuple[PartialDate, PartialDate | None, str] | None:
    months = {f"{match[2]}-{_month(match[1]):02}": match[0] for match in MONTH.finditer(words)}
    found = months or {match[1]: match[0] for match in IN_YEAR.finditer(words)}
    if len(found) != 1:
        return None
    [(date, stated)] = found.items()
    return PartialDate(date), None, stated


def _days(words: str) -> Iterator[tuple[PartialDate, int, int]]:
    """Yield the days that are written as such. One that is none of the calendar is none here."""
    for pattern, (day, month, year) in ((DAY, (1, 2, 3)), (ENGLISH_DAY, (2, 1, 3))):
        for match in pattern.finditer(words):
            yield from _day(match, match[year], _month(match[month]), match[day])
    for match in DATE.finditer(words):
        if match["day"]:
            yield from _day(match, match["year"], int(match["month"]), match["day"])
        else:
            yield from _day(match, match["iso_year"], int(match["iso_month"]), match["iso_day"])


def _day(match: re.Match[str], year: str, month: int, day: str) -> Iterator[tuple[PartialDate, int, int]]:
    try:
        yield PartialDate.parse(f"{year}-{month:02}-{int(day):02}"), *match.span()
    except ValueError:
        return


def _month(name: str) -> int:
    return MONTH_NUMBERS.get(name.casefold()) or SHORT_MONTHS[name.casefold()]
