"""Why something may not be published or decided: reasons for people, and the one exception that carries them."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.documents.build import Item


@dataclass(frozen=True)
class Blocker:
    """One reason: what it concerns, where in it, a sentence, and the item that would have to join the set, if any."""

    item: str
    where: str
    message: str
    missing: Item | None = None

    def __str__(self) -> str:
        return f"{self.item} · {self.where}: {self.message}" if self.where else f"{self.item}: {self.message}"


class PublicationError(Exception):
    """Something was refused and nothing was written. `reasons` holds every reason at once."""

    def __init__(self, reasons: Iterable[Blocker]) -> None:
        self.reasons = list(reasons)
        super().__init__("\n".join(map(str, self.reasons)))


class NotPublishableError(PublicationError):
    """A set cannot go out."""


class RequestRefusedError(PublicationError):
    """A request to publish cannot be decided like this."""

    def __str__(self) -> str:
        return "\n".join(reason.message for reason in self.reasons)
