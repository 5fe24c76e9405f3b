"""Commands speak English, whatever the site's language: one run does not mix the two."""

from django.core.management.base import BaseCommand
from django.utils import translation


class EnglishCommand(BaseCommand):
    """A command whose output is in English."""

    def execute(self, *args: object, **options: object) -> str | None:
        with translation.override("en"):
            return super().execute(*args, **options)
