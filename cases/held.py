"""Documents that were just read, held in memory: what many ask for is not fetched for each of them.

What a commitment stands for never changes. Whoever asks for it here was told by the database, a moment ago, that it is
what the reader asked for and that its words were not erased.
"""

import json
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from django.db import connection

READ = {
    "postgresql": """SELECT revision_id, document FROM cases_revisionbody
        WHERE revision_id IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(%s))""",
    "sqlite": """SELECT revision_id, document FROM cases_revisionbody
        WHERE revision_id IN (SELECT value FROM json_each(%s))""",
}
"""By hand: the ORM takes as long to write fifty numbers into a query as the database to answer it."""


class Held:
    """The texts that were asked for last, by commitment, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self.most, self.size = most, 0
        self.texts: OrderedDict[str, bytes] = OrderedDict()
        self.lock = Lock()

    def get(self, commitments: Iterable[str]) -> dict[str, bytes]:
        """Those of them that are held."""
        with self.lock:
            found = {commitment: self.texts[commitment] for commitment in commitments if commitment in self.texts}
            for commitment in found:
                self.texts.move_to_end(commitment)
        return found

    def keep(self, texts: dict[str, bytes]) -> None:
        """Hold these, and let go of what was not asked for longest."""
        with self.lock:
            for commitment, text in texts.items():
                self.size += len(text) - len(self.texts.pop(commitment, b""))
                self.texts[commitment] = text
            while self.size > self.most:
                self.size -= len(self.texts.popitem(last=False)[1])


HELD = Held(most=16_000_000)
"""Of this process."""


def documents(written: dict[int, str]) -> dict[str, bytes]:
    """The bytes that revisions wrote, by commitment, for pairs of seq and commitment. What was erased is left out.

    No query of the database where all are held, else one.
    """
    found = HELD.get(written.values())
    missing = [seq for seq, commitment in written.items() if commitment not in found]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(READ[cursor.db.vendor], [json.dumps(missing)])
            read = {written[seq]: document.encode() for seq, document in cursor}
        HELD.keep(read)
        found |= read
    return found
