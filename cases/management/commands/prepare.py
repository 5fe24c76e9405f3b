from typing import Any

from django.core.management import call_command

from cases.management.english import EnglishCommand


class Command(EnglishCommand):
    help = "Bring a clone up to date in one go: migrate, seed, collect static files. Quick when there is nothing to do."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("seed")
        call_command("collectstatic", verbosity=0, interactive=False)
