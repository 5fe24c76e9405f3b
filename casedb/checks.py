"""What `manage.py check --deploy` asks of a deployment beyond Django's own checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register

NAMED = {
    "CASEDB_OPERATOR": "Readers are not told who runs this copy.",
    "CASEDB_CONTACT": "Readers, and those whom the record names, are not told how to reach its operator.",
}


@register(Tags.security, deploy=True)
def operator_is_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Who publishes statements about people says who they are."""
    return [
        Error(f"{name} is empty. {why}", hint=f"Set {name}; /about/ shows it.", id=f"casedb.E00{number}")
        for number, (name, why) in enumerate(NAMED.items(), 1)
        if not getattr(settings, name).strip()
    ]


@register(Tags.security, deploy=True)
def proxies_are_counted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy that is not counted, all readers share the proxy's address, and one limit between them."""
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
