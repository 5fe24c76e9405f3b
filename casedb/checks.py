"""System checks of a deployment (`manage.py check --deploy`) beyond Django's own."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError

from cases.admin.second_factor import accounts_without_device

MIN_KEY_CHARS = 32
OPERATOR_SETTINGS = {
    "CASEDB_OPERATOR": "Readers are not told who runs this copy.",
    "CASEDB_CONTACT": "Readers, and those whom the record names, are not told how to reach its operator.",
}


@register(Tags.security, deploy=True)
def operator_is_named(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return an error for each setting that would tell readers who publishes statements about people."""
    return [
        Error(f"{name} is empty. {why}", hint=f"Set {name}; /about/ shows it.", id=f"casedb.E00{number}")
        for number, (name, why) in enumerate(OPERATOR_SETTINGS.items(), 1)
        if not getattr(settings, name).strip()
    ]


@register(Tags.security, deploy=True)
def slug_key_is_a_key(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return an error when whoever holds the database could guess the key, or may change it with the other one."""
    slug_key = settings.CASEDB_SLUG_KEY
    if len(slug_key) >= MIN_KEY_CHARS and slug_key != settings.SECRET_KEY:
        return []
    return [
        Error(
            f"CASEDB_SLUG_KEY has fewer than {MIN_KEY_CHARS} characters, or is CASEDB_SECRET_KEY again.",
            hint="Give it a long random text of its own, keep it outside the database and never change it: with "
            "another one, addresses that a redaction erased could be used again.",
            id="casedb.E003",
        )
    ]


@register(Tags.security, deploy=True)
def proxies_are_counted(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return a notice when no proxy is counted: behind one, all readers share its address and one rate limit."""
    if settings.CASEDB_PROXIES:
        return []
    return [
        Info(
            "CASEDB_PROXIES is 0: readers are told apart by the address that connects to this server.",
            hint="That is right when no proxy of yours stands in front. Behind one, such as the one that speaks HTTPS, "
            "set it to their number: otherwise all readers count as one, and reports and the API are soon refused.",
            id="casedb.I001",
        )
    ]


@register(Tags.security, deploy=True)
def publishers_have_a_second_factor(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return a warning that names the accounts which may publish or give access, and have no second factor yet."""
    try:
        names = ", ".join(accounts_without_device().values_list("username", flat=True))
    except DatabaseError:  # nothing is migrated yet
        return []
    if not names:
        return []
    return [
        Warning(
            f"No second factor is set up for: {names}.",
            hint="Until they have set one up, a password alone opens these accounts for whoever sets up theirs first. "
            "Ask their owners to log in, or close the accounts.",
            id="casedb.W001",
        )
    ]
