"""A text column that sorts by code point on every engine, so that lists and cursors agree."""

from typing import Any

from django.db import models


class KeyField(models.CharField):
    """Text to sort and seek by. PostgreSQL would otherwise sort by the locale of the cluster."""

    def db_type(self, connection: Any) -> str | None:
        plain = super().db_type(connection)
        return f'{plain} COLLATE "C"' if connection.vendor == "postgresql" else plain
