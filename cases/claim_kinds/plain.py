"""The kinds of claims that are sentences and nothing more: no numbers stand beside them."""

from django.utils.translation import gettext_lazy as _

from cases.vocabularies import FindingAspect, PlanFirmness, Role

from .base import ClaimKind

ROLE = ClaimKind(
    name="role",
    rank=40,
    meaning="capacity in this matter",
    label=_("role"),
    title=_("Roles"),
    aspects=Role,
    shows_aspect=True,
    dates_its_subject=True,
)
LEGAL_BASIS = ClaimKind(
    "legal_basis", 60, "a legal instrument it rests on", _("legal basis"), _("Legal bases"), dates_what_happened=False
)
PLAN = ClaimKind(
    name="plan",
    rank=70,
    meaning="intended, not done",
    label=_("plan"),
    title=_("Plans"),
    aspects=PlanFirmness,
    shows_aspect=True,
    dates_what_happened=False,
)
FEATURE = ClaimKind("feature", 80, "a feature of a system", _("feature"), _("Features"))
EVENT = ClaimKind("event", 90, "happened on a date", _("event"), _("Events"), dates_its_subject=True, is_dated=True)
STATEMENT = ClaimKind("statement", 100, "what matters is that X said it", _("statement"), _("What was said"))
FINDING = ClaimKind(
    name="finding",
    rank=110,
    meaning="what a study or audit concludes",
    label=_("finding"),
    title=_("Findings"),
    aspects=FindingAspect,
    aspect_titles={
        FindingAspect.BARRIER: _("Findings: barriers"),
        FindingAspect.ENABLER: _("Findings: enablers"),
        FindingAspect.OUTCOME: _("Findings: results, as the sources tell them"),
        FindingAspect.IMPACT: _("Findings: impact, as the sources tell it"),
        FindingAspect.SHORTCOMING: _("Findings: shortcomings"),
        FindingAspect.EXPLANATION: _("Findings: explanations"),
        FindingAspect.OBSERVATION: _("Findings: observations"),
        FindingAspect.RECOMMENDATION: _("Findings: what the studies advise"),
    },
)
PURPOSE = ClaimKind("purpose", 120, "what it is meant for", _("purpose"), _("Purposes"))
DESCRIPTION = ClaimKind("description", 130, "what it is, neutrally", _("description"), _("Description"))
