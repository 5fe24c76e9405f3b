from argparse import ArgumentParser

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from cases.admin.access import renew_access
from cases.admin.groups import ADMINISTRATORS, CURATORS, REVIEWERS, desk_groups
from cases.management.english import EnglishCommand


class Command(EnglishCommand):
    help = (
        "Give somebody access to the desk: print a link that works once within 24 hours and sets a password and "
        "a second factor. An account that is there keeps its groups, and loses its password, sessions and device."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        more = parser.add_mutually_exclusive_group()
        more.add_argument("--reviewer", action="store_const", dest="group", const=REVIEWERS, help="who may publish")
        more.add_argument(
            "--administrator", action="store_const", dest="group", const=ADMINISTRATORS, help="who gives access"
        )

    def handle(self, *_args: str, name: str, group: str | None, **_options: object) -> None:
        user = User.objects.filter(username=name).first() or User(username=name)
        if not user.is_active:
            raise CommandError(f"The account “{name}” is closed. An administrator can open it again in the admin.")
        user.is_staff = True
        try:
            user.clean_fields(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        path = renew_access(user, by=None)
        user.groups.add(desk_groups()[group or CURATORS])
        self.stdout.write(f"{site_address()}{path}")
        self.stdout.write("The link works once, within 24 hours. Give it to nobody else.")


def site_address() -> str:
    """Return where this copy answers, as far as the settings know."""
    host = str(settings.ALLOWED_HOSTS[0]).removeprefix(".")
    return "http://127.0.0.1:8000" if settings.DEVELOPMENT else f"https://{host}"
