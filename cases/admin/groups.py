"""The groups of the desk and what each may do. `migrate` makes them, and brings them up to date.

A reviewer is a curator who may also decide on publications. An administrator gives people access, and edits nothing.
"""

from django.contrib.auth.models import Group, Permission
from django.db import connections

from cases.claim_kinds import DETAILED

CURATORS = "Curators"
REVIEWERS = "Reviewers"
ADMINISTRATORS = "Administrators"
# Models that the desk adds to and changes. Captures and excerpts refuse changes by themselves.
EDITABLE = [
    "source",
    "sourcestatement",
    "sourcestatementexcerpt",
    "capture",
    "privatespan",
    "excerpt",
    "excerpttranslation",
    "sourcesection",
    "sourcename",
    "case",
    "collaboration",
    "actor",
    "system",
    "place",
    "alias",
    "identifier",
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


ADMINISTRATION = ["view_user", "add_user", "change_user", "view_group", "view_deskact"]


def make_after_migrating(using: str, **_signal: object) -> None:
    """Bring the groups up to date: only now are the permissions of new tables there."""
    if Group._meta.db_table in connections[using].introspection.table_names():  # not so before the first migrations
        desk_groups()


def desk_groups() -> dict[str, Group]:
    """All groups with their permissions, made or brought up to date."""
    permissions = Permission.objects.filter(content_type__app_label__in=["sources", "cases"])
    rows = permissions.filter(content_type__model__in=EDITABLE) | permissions.filter(
        content_type__model__in=READABLE, codename__startswith="view_"
    )
    curating = [*rows, *permissions.filter(codename__in=["add_publicationrequest", "change_submission"])]
    reviewing = [*curating, *permissions.filter(codename="decide_publicationrequest")]
    administering = Permission.objects.filter(
        content_type__app_label__in=["auth", "cases"], codename__in=ADMINISTRATION
    )
    groups = {}
    for name, granted in ((CURATORS, curating), (REVIEWERS, reviewing), (ADMINISTRATORS, administering)):
        groups[name], _made = Group.objects.get_or_create(name=name)
        groups[name].permissions.set(granted)
    return groups
