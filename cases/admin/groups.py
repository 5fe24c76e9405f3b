"""The two groups of the desk and what each may do. A reviewer is a curator who may also decide on publications."""

from django.contrib.auth.models import Group, Permission

from cases.claim_kinds import DETAILED

CURATORS = "Curators"
REVIEWERS = "Reviewers"
# Models that the desk adds to and changes. Captures and excerpts refuse changes by themselves.
EDITABLE = [
    "source",
    "sourcestatement",
    "sourcestatementexcerpt",
    "capture",
    "privatespan",
    "excerpt",
    "excerpttranslation",
    "case",
    "collaboration",
    "actor",
    "system",
    "place",
    "alias",
    "claim",
    "relay",
    "party",
    "citation",
    *DETAILED,
    "conflict",
    "conflictside",
    "unknown",
    "response",
]
READABLE = ["subject", "draft", "publicationrequest", "submission", "revision"]


def desk_groups() -> dict[str, Group]:
    """Both groups with their permissions, made or brought up to date."""
    permissions = Permission.objects.filter(content_type__app_label__in=["sources", "cases"])
    rows = permissions.filter(content_type__model__in=EDITABLE) | permissions.filter(
        content_type__model__in=READABLE, codename__startswith="view_"
    )
    curating = [*rows, *permissions.filter(codename__in=["add_publicationrequest", "change_submission"])]
    curators, _made = Group.objects.get_or_create(name=CURATORS)
    reviewers, _made = Group.objects.get_or_create(name=REVIEWERS)
    curators.permissions.set(curating)
    reviewers.permissions.set([*curating, *permissions.filter(codename="decide_publicationrequest")])
    return {CURATORS: curators, REVIEWERS: reviewers}
