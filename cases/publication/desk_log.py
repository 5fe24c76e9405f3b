"""The one writer of the log of the desk."""

from django.contrib.auth.models import User
from django.db.models import Model

from cases.models import DeskAct, Subject


def note(act: DeskAct.Act, *, by: User | None, on: Model | None = None) -> None:
    """Append an act, in the transaction of what it tells of. `by` is None where the actor is not known."""
    kind = on.kind if isinstance(on, Subject) else (on._meta.model_name or "") if on else ""
    note_row(act, by=by, kind=kind, key=str(on.pk) if on else "")


def note_row(act: DeskAct.Act, *, by: User | None, kind: str, key: str) -> None:
    """Append an act on a row that may be gone by now."""
    DeskAct.objects.create(act=act, actor=by, object_kind=kind, object_id=key[:40])
