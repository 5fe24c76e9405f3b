"""Schemathesis asks what the OpenAPI document allows, and what it does not, and holds every answer against it.

The long form: `make conformance`, or FUZZ=500 before pytest.
"""

import json
import os
import re
from functools import cache
from itertools import count
from pathlib import Path

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone
from schemathesis.config import SchemathesisConfig

from cases.api.root import openapi_text
from tests.seeding import seed_fixtures
from tests.shared import kept_open, taken_back

LONG = "FUZZ" in os.environ
EXAMPLES = int(os.environ.get("FUZZ", "10"))
"""Random questions for each operation, beside one for every boundary of every parameter."""
UNSAYABLE = [
    r"There is no (\w+) “",  # nobody bears the name
    r"“.*” is not a value of “(place|source)”",
    r"is not a cursor|This cursor belongs to another query",
    r"is in the future|is not a day ",
    r"“after” is \d+, but the last revision is \d+|lies ahead: the last revision is \d+",
    r"which is over before “from” \(|“(amount|months)_max” is less than",
    r"With include=document, “limit” is at most \d+",
    r"“version” and “as_of” cannot be given together",
    r"needs a currency",
    r"is not a page from 1 to \d+|Only the first \d+ results",  # by the limit
    r"has no letter and no digit|holds no letter or digit|is empty",
    r"is not a field to search in|before the star|before it\.|more than \d+ words|is not a value of",  # in a query
    r"A NUL byte|The address is not UTF-8|The query has \d+ characters|is given more than \d+ times",
]
"""Why the API refuses what its schemas allow: what depends on the record, on the day or on another parameter."""


def says_what_no_schema_can(ctx, response, case):
    """A refusal of what the schemas allow is one of those, and no other."""
    if response.status_code == 400 and case.meta.generation.mode.is_positive:
        detail = response.json()["detail"]
        assert any(re.search(reason, detail) for reason in UNSAYABLE), detail


@cache
def handler():
    """Made when the first question is asked: nobody has collected static files before."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return WSGIHandler()


def application(environ, start_response):
    """The site. Schemathesis leaves what it has read open, so it is closed here."""
    answered = handler()(environ, start_response)
    try:
        return [b"".join(answered)]
    finally:
        if hasattr(answered, "close"):
            answered.close()


NAMES = {
    "place": ["bandung", "bekasi"],
    "parent": ["indonesia"],
    "actor": ["pt-telkom", "icon-plus"],
    "source": ["fitri-2017"],
    "subject": "cases/cctv-dan-jasa-internet-bandung-smart-city",
}
COVERED_ELSEWHERE = "/export/.*(csv|ndjson|ftm.json)$"
"""Files with the filters of lists: only the long form asks them for every boundary once more."""
CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 20261126,
        "generation": {"database": "none"},
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", "400", "404"]}},
        "operations": []
        if LONG
        else [{"include-path-regex": COVERED_ELSEWHERE, "phases": {"coverage": {"enabled": False}}}],
    }
)
SCHEMA = schemathesis.openapi.from_dict(json.loads(openapi_text()), config=CONFIG)
SCHEMA.app = application
TURN = count()


def answerable(query):
    """The same questions of names that somebody bears, of today, with parameters that go together."""
    known = NAMES | {"as_of": timezone.localdate().isoformat(), "q": "smart", "page": 1, "currency": "IDR"}
    known["changed_since"] = "100"
    if "include" in query:
        known["limit"] = 5
    if "after" in query:
        known["after"] = int(query["after"]) % 178
    if "amount_min" in query or "amount_max" in query:
        query = query | {"currency": "IDR"}
    for first, last in (("from", "to"), ("amount_min", "amount_max"), ("months_min", "months_max")):
        if first in query and last in query:
            query = query | {last: query[first]}
    left_out = {"cursor", "as_of"} if "version" in query else {"cursor"}
    return {name: known.get(name, value) for name, value in query.items() if name not in left_out}


@pytest.fixture(scope="module", autouse=True)
def _record(django_db_setup, django_db_blocker):
    """The seeded record; the connection stays open, for the transaction that is taken back lives in it."""
    with kept_open(), taken_back(django_db_blocker):
        seed_fixtures()
        yield


@SCHEMA.parametrize()
@hypothesis.settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
def test_every_answer_is_as_documented(case):
    if case.meta.generation.mode.is_positive and next(TURN) % 4:  # one of four stays as it came
        case.query = answerable(case.query or {})
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, additional_checks=[says_what_no_schema_can])


def test_each_operation_has_a_test_of_its_own(request):
    here = [item.nodeid for item in request.session.items if "test_fuzz.py::test_every" in item.nodeid]
    assert len(here) == len(set(here))
    assert [each for each in here if "[GET /" not in each] == []
