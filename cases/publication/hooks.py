"""What happens once a set of revisions is committed. The wiring in casedb connects it; publication knows none of it."""

from collections.abc import Callable

after_commit: list[Callable[[], None]] = []


def run_after_commit() -> None:
    """Run every hook, in the order in which they were connected."""
    for follow in after_commit:
        follow()
