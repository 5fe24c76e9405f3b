"""What `manage.py check --deploy` asks of a deployment beyond Django's own checks."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

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
