"""What an extractor makes of a file, and how it refuses one."""

from dataclasses import dataclass, field


class IntakeError(ValueError):
    """A file cannot become a capture; the message is one sentence for the curator."""


@dataclass(frozen=True)
class Extracted:
    """The text of a file with its page map, ready to be kept as a capture.

    `pages` holds the offset in `text`, in Unicode code points, at which each page begins; a file without pages has one.
    `notes` are sentences for the curator. `layout` is compact JSON from which `truth.judge` judges an excerpt without
    the file; None where a text has no geometry.
    """

    text: str
    pages: tuple[int, ...]
    media_type: str
    extractor: str
    version: str
    metadata: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    layout: bytes | None = None
