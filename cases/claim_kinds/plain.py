"""The kinds of claims that are sentences and nothing more: no numbers stand beside them."""

from django.utils.translation import gettext_lazy as _

from cases.vocabularies import FindingAspect, Part, PlanFirmness, Role

from .base import ClaimKind

ROLE = ClaimKind(
    name="role",
    rank=40,
    meaning="capacity in this matter",
    label=_("role"),
    title=_("Roles"),
    aspects=Role,
    parts=(Part.NAMED, Part.PARTNER, Part.SUPPLIER),
    shows_aspect=True,
    dates_its_subject=True,
)
LEGAL_BASIS = ClaimKind(
    name="legal_basis",
    rank=60,
    meaning="a legal instrument it rests on",
    label=_("legal basis"),
    title=_("Legal bases"),
    parts=(Part.AUTHORITY, Part.NAMED),
    dates_what_happened=False,
)
PLAN = ClaimKind(
    name="plan",
    rank=70,
    meaning="intended, not done",
    label=_("plan"),
    title=_("Plans"),
    aspects=PlanFirmness,
    parts=(Part.NAMED,),
    shows_aspect=True,
    dates_what_happened=False,
)
FEATURE = ClaimKind(
    "feature", 80, "a feature of a system", _("feature"), _("Features"), parts=(Part.NAMED, Part.DEVELOPER)
)
EVENT = ClaimKind(
    name="event",
    rank=90,
    meaning="happened on a date",
    label=_("event"),
    title=_("Events"),
    parts=(Part.NAMED, Part.AUTHORITY),
    dates_its_subject=True,
    is_dated=True,
)
STATEMENT = ClaimKind(
    "statement", 100, "what matters is that X said it", _("statement"), _("What was said"), parts=(Part.NAMED,)
)
FINDING = ClaimKind(
    name="finding",
    rank=110,
    meaning="what a study or audit concludes",
    label=_("finding"),
    title=_("Findings"),
    aspects=FindingAspect,
    parts=(Part.NAMED, Part.CRITICISED),
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
PURPOSE = ClaimKind("purpose", 120, "what it is meant for", _("purpose"), _("Purposes"), parts=(Part.NAMED,))
DESCRIPTION = ClaimKind(
    "description", 130, "what it is, neutrally", _("description"), _("Description"), parts=(Part.NAMED,)
)
