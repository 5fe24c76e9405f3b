"""Commands speak English, whatever the site's language: one run does not mix the two."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation


class EnglishCommand(BaseCommand):
    def execute(self, *args: Any, **options: Any) -> Any:
        with translation.override("en"):
            return super().execute(*args, **options)
