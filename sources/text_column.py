"""The base of our own text columns, with the type arguments that Django's class takes for mypy only."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField
