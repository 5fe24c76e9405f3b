import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import CommandError

from cases.admin.groups import CURATORS, REVIEWERS, desk_groups
from cases.management.english import EnglishCommand


class Command(EnglishCommand):
    help = "Make a curator and a reviewer with random passwords, printed once. Refused outside development."

    def handle(self, *_args: str, **_options: object) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Demo users are for development only (CASEDB_ENVIRONMENT is production).")
        groups = desk_groups()
        for name, group in (("curator", CURATORS), ("reviewer", REVIEWERS)):
            password = secrets.token_urlsafe(15)
            user, _created = User.objects.get_or_create(username=name)
            user.is_staff = user.is_active = True
            user.set_password(password)
            user.save()
            user.groups.set([groups[group]])
            self.stdout.write(f"{name}: {password}")
        self.stdout.write("These passwords are shown once. Run this again for new ones.")
