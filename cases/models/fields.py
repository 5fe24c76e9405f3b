"""A text column that sorts by code point on every engine, so that lists and cursors agree."""

from django.db.backends.base.base import BaseDatabaseWrapper

from sources.text_column import TextColumn


class KeyField(TextColumn):
    """Text to sort and seek by. PostgreSQL would otherwise sort by the locale of the cluster."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        plain = super().db_type(connection)
        return f'{plain} COLLATE "C"' if connection.vendor == "postgresql" else plain
