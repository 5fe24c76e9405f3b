"""Every field of the desk has a label; what is new to curators, or stands in two languages, is explained beside it."""

import pytest
from django.contrib import admin

from cases.admin.claims import ClaimForm
from cases.admin.disputes import ConflictForm, ResponseForm
from cases.admin.inlines import UnknownForm
from cases.admin.publication_forms import ReasonForm
from cases.admin.sources import DeskSourceAdmin, StatementForm
from sources.excerpt_forms import NewExcerptForm
from sources.models import Source

pytestmark = pytest.mark.django_db
PLAIN = {"position", "subject", "who", "property"}
EXPLAINED = [
    (ResponseForm, None),
    (UnknownForm, None),
    (StatementForm, None),
    (ReasonForm, {"reason_id", "reason_en"}),
    (NewExcerptForm, {"locator_id", "locator_en"}),
    (ClaimForm, {"statement_id", "statement_en", "aspect", "speaker_id", "speaker_en"}),
    (ConflictForm, {"explanation_en"}),
]


@pytest.mark.parametrize(("form", "names"), EXPLAINED, ids=lambda value: getattr(value, "__name__", ""))
def test_a_field_has_a_label_and_says_what_to_write(form, names):
    fields = form().fields
    for name in names or set(fields) - PLAIN:
        assert str(fields[name].label), name
        assert str(fields[name].help_text), name


def test_a_title_given_by_us_is_explained_in_both_languages(rf, superuser):
    request = rf.get("/")
    request.user = superuser
    fields = DeskSourceAdmin(Source, admin.site).get_form(request)().fields
    assert all(str(fields[f"title_given_{language}"].help_text) for language in ("id", "en"))
