"""Strict query parameters: unknown names and values are refused, for ignoring one would give a false answer."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from cases.record.names import nearest_word

# Parameters that others append to shared links; `utm_*` as well
TRACKING_PARAMETERS = ("fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "ref_src", "si")


class BadParameterError(Exception):
    """A parameter or its value is not understood. `nearest` is what was probably meant, if anything is near."""

    def __init__(self, name: str, detail: str, nearest: str | None = None) -> None:
        super().__init__(detail)
        self.name, self.detail, self.nearest = name, detail, nearest


def check_names(query: QueryDict, allowed: Iterable[str], *, repeatable: Iterable[str] = ()) -> None:
    """Raise BadParameterError for a name that is not allowed, or one that is given twice and may not be."""
    allowed = list(allowed)
    for name, values in query.lists():
        if name not in allowed:
            near = nearest_word(name, allowed)
            raise BadParameterError(name, _("“%s” is not a parameter here.") % name[:60], near)
        if len(values) > 1 and name not in repeatable:
            detail = _("“%(name)s” is given %(times)d times.") % {"name": name, "times": len(values)}
            raise BadParameterError(name, detail)


def check_choice(name: str, value: str, choices: Iterable[str]) -> str:
    """Return the value. Raises BadParameterError, with the nearest of the choices, when it is none of them."""
    choices = list(choices)
    if value not in choices:
        detail = _("“%(value)s” is not a value of “%(name)s”.") % {"value": value[:60], "name": name}
        raise BadParameterError(name, detail, nearest_word(value, choices))
    return value


def is_tracking(name: str) -> bool:
    """Return whether a parameter is one that others append to shared links."""
    return name in TRACKING_PARAMETERS or name.startswith("utm_")
