"""The form of every closed list: a stored word, what it means, and its label for readers."""

from typing import Any

from django.db.models import TextChoices


class Words(TextChoices):
    """A closed list. Members are written `NAME = "stored_word", "what it means", _("label")`."""

    meaning: str

    def __new__(cls, word: str, meaning: str = "") -> Any:
        member = str.__new__(cls, word)
        member._value_ = word
        member.meaning = meaning
        return member
