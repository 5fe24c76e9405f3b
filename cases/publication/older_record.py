"""A record of version 0.2 or earlier is not carried over: its ids told the names, which no migration can take back."""

from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper

SENTENCE = (
    "This database holds a record made by version 0.2 or earlier, which is not carried over. Start with an empty "
    "database (for SQLite: another CASEDB_DATA_DIR, or move the file away); version 0.2 still reads the old one."
)


def refuse_older_record(connection: BaseDatabaseWrapper) -> None:
    """Raise CommandError when the ledger holds a document of schema version 1."""
    if "cases_revisionbody" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT document FROM cases_revisionbody ORDER BY revision_id LIMIT 1")
        row = cursor.fetchone()
    document = bytes(row[0]).decode() if row and not isinstance(row[0], str) else (row[0] if row else "")
    if '"$schema":"/schemas/' in document and '/1.json"' in document[:60]:
        raise CommandError(SENTENCE)
