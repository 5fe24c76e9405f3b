"""What is typed into a form and not saved yet: kept while typing, offered when the form is opened again."""

import json
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import formats, timezone

from cases.models import UnsavedText

# Names that are read, used and forgotten, and what belongs to one request only
NOT_KEPT = ("csrfmiddlewaretoken", "private_name", "_keep", "_take_up", "_discard")


def of(request: HttpRequest, path: str = "") -> UnsavedText | None:
    """Return what the user typed into the form at this address and did not save."""
    oldest = timezone.now() - timedelta(days=UnsavedText.MAX_AGE_DAYS)
    user: Any = request.user
    return UnsavedText.objects.filter(by=user.pk, path=path or request.path, at__gt=oldest).first()


def answer(request: HttpRequest) -> HttpResponse | None:
    """Keep or discard, where a form was posted for that; None where it is to be saved."""
    if "_keep" in request.POST:
        return HttpResponse(status=204 if keep(request) else 413)
    if "_discard" in request.POST:
        forget(request)
        return HttpResponseRedirect(request.get_full_path())
    return None


def keep(request: HttpRequest, path: str = "") -> bool:
    """Keep what is typed into the form at an address (else that of the request), and forget what is too old.

    False where it is more than we keep.
    """
    kept = {name: given for name, given in request.POST.lists() if name not in NOT_KEPT}
    text = json.dumps(kept, ensure_ascii=False)
    if len(text) > UnsavedText.MAX_CHARS or len(path or request.path) > 300:
        return False
    oldest = timezone.now() - timedelta(days=UnsavedText.MAX_AGE_DAYS)
    UnsavedText.objects.filter(at__lte=oldest).delete()
    user: Any = request.user
    UnsavedText.objects.update_or_create(by=user, path=path or request.path, defaults={"values": text})
    return True


def take_up(request: HttpRequest) -> UnsavedText | None:
    """Put what was kept in the place of what was posted, where that is asked for."""
    kept = of(request) if "_take_up" in request.POST else None
    if kept is not None:
        data = QueryDict(mutable=True)
        for name, given in json.loads(kept.values).items():
            data.setlist(name, given)
        posted: Any = request
        posted.POST = data
    return kept


def forget(request: HttpRequest) -> None:
    user: Any = request.user
    UnsavedText.objects.filter(by=user.pk, path=request.path).delete()


def time_of(kept: UnsavedText) -> str:
    return formats.date_format(timezone.localtime(kept.at), "j F Y H:i")
