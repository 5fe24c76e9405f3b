"""Ids that follow from an owner and a name: the same in every clone, wherever the row is made, and telling nothing."""

import uuid
from itertools import count
from typing import Any

from django.db import models


def derived_id(owner: uuid.UUID, name: str) -> uuid.UUID:
    """Return the id of a part of a subject, source or capture.

    The id of the owner is random, so that nobody can test a list of names against the ids of what was redacted.
    """
    return uuid.uuid5(owner, name)


class DerivedId(models.Model):
    """Rows that are saved under the id of their owner and name, unless they were given another one."""

    id = models.UUIDField(primary_key=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.pk:
            owner, name = self.owner_and_name()
            ids = (derived_id(owner, f"{name}~{number}" if number else name) for number in count())
            self.pk = next(each for each in ids if not self.is_taken(each))
            kwargs["force_insert"] = True  # never over the row of another
        super().save(*args, **kwargs)

    def owner_and_name(self) -> tuple[uuid.UUID, str]:
        """Return the id of what the row belongs to, and its name in that."""
        raise NotImplementedError

    def is_taken(self, key: uuid.UUID) -> bool:
        """Return whether a row has this id: one that had the name before it was given another."""
        return type(self)._base_manager.filter(pk=key).exists()
