"""The kinds of claims that are sentences and nothing more: no numbers stand beside them."""

from django.utils.translation import gettext_lazy as _

from cases.vocabularies import FindingAspect, PlanFirmness, Role, Tie

from .base import ClaimKind

TIE = ClaimKind("tie", 30, "actors linked", _("tie"), _("Ties"), aspects=Tie, dates_its_subject=True)
ROLE = ClaimKind("role", 40, "capacity in this matter", _("role"), _("Roles"), aspects=Role, dates_its_subject=True)
LEGAL_BASIS = ClaimKind("legal_basis", 60, "a legal instrument it rests on", _("legal basis"), _("Legal bases"))
PLAN = ClaimKind("plan", 70, "intended, not done", _("plan"), _("Plans"), aspects=PlanFirmness)
FEATURE = ClaimKind("feature", 80, "a feature of a system", _("feature"), _("Features"))
EVENT = ClaimKind("event", 90, "happened on a date", _("event"), _("Events"), dates_its_subject=True, is_dated=True)
STATEMENT = ClaimKind("statement", 100, "what matters is that X said it", _("statement"), _("What was said"))
FINDING = ClaimKind(
    "finding", 110, "what a study or audit concludes", _("finding"), _("Findings"), aspects=FindingAspect
)
PURPOSE = ClaimKind("purpose", 120, "what it is meant for", _("purpose"), _("Purposes"))
DESCRIPTION = ClaimKind("description", 130, "what it is, neutrally", _("description"), _("Description"))
