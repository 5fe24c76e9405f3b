"""The numbers of a claim on a page: in words of their own where its kind has a template, else label by label."""

import html

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from cases.claim_kinds import DETAILED
from cases.claim_kinds.stage import Stage
from cases.public.presenters.claim_view import ClaimView
from cases.record.lookup import find_document
from tests.factories import make_actor, make_case, make_claim, make_figure, make_transfer


@pytest.fixture
def views(published) -> dict[str, ClaimView]:
    """A claim of each kind with numbers, by the name of the kind."""
    case, person = make_case(slug="perkara"), make_actor("Si A", actor_kind="person")
    make_transfer(case)
    make_figure(case, bound="range", value_to="1500", nature="estimated", as_stated="1.409 sampai 1.500")
    stage = make_claim(case, kind="stage", standing="alleged", start="2023", parties=[("defendant", person)])
    Stage.objects.create(claim=stage, stage="verdict", outcome="convicted", charge="pasal *5*", case_number="12/Pid")
    published(case)
    document = find_document("case", "perkara").document
    return {claim.kind: ClaimView(claim, document) for claim in document.claims if claim.detail}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_template_of_any_kind_shows_each_stated_number_under_its_label(views, language):
    for name in {"transfer", "figure", "stage"} & set(DETAILED):
        with override(language):
            facts = html.unescape(render_to_string("public/parts/facts.html", {"view": views[name]}))
            for field in DETAILED[name].fields:
                text = field.text(views[name].claim.detail, language)
                label = str(field.label)
                assert (
                    f"<dt>{label[:1].upper()}{label[1:]}</dt><dd>{text}" in facts.replace("<em>5</em>", "*5*")
                ) == bool(text), field.name


@pytest.mark.django_db
def test_a_kind_without_a_template_of_its_own_is_shown_by_that_of_any_kind(views):
    view = views["figure"]
    own, generic = view.detail_templates
    context = {"view": view}
    assert generic == "public/parts/facts.html"
    assert render_to_string(view.detail_templates, context) == render_to_string(own, context)
    assert render_to_string(["public/details/made_up.html", generic], context) == render_to_string(generic, context)
