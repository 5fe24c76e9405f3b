"""Values of facets that are typed into a query: `place:bandung`."""

import re

from django.utils.translation import gettext as _

from cases.record.names import nearest_word
from cases.search.index.engine import Reader
from cases.vocabularies import Standing, SubjectKind, topics

from .parser import SearchQueryError, Term

# Places or sources with which one that does not exist is compared
MAX_COMPARED_VALUES = 1000
CLOSED_LISTS = {"kind": [*SubjectKind.values, "source"], "standing": Standing.values}


def facet_value(term: Term, reader: Reader) -> str:
    """Return the value after the colon. It must exist: in its closed list or, of places and sources, in the record."""
    value = term.text.lower()
    if term.field == "year":
        if not re.fullmatch(r"\d{4}", value, re.ASCII):
            raise SearchQueryError(_("“%s” is not a year like 2022.") % term.text[:60])
        return value
    if term.field in ("place", "source"):
        if reader.frequency(term.field, value):
            return value
        known = [slug for slug, _count in reader.terms_with_prefix(term.field, value[:2], MAX_COMPARED_VALUES)]
    else:
        known = list(topics()) if term.field == "topic" else CLOSED_LISTS[term.field]
        if value in known:
            return value
    sentence = _("“%(value)s” is not a value of “%(name)s”.") % {"value": term.text[:60], "name": term.field}
    raise SearchQueryError(sentence, nearest_word(value, known))
