"""Arguments of commands that act on the public record: who acts, who agrees, why, and on what."""

from argparse import ArgumentParser
from typing import TypedDict

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from cases.documents.build import Item
from cases.dossiers.bundle import MODEL_OF_FOLDER
from cases.models import Subject
from sources.json_fields import LanguageMap
from sources.models import Source


class PublishArguments(TypedDict):
    """Keyword arguments of `publish`."""

    by: User
    reviewer: User
    reason: LanguageMap


def add_people(parser: ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="USER", help="who does it")
    parser.add_argument("--reviewer", required=True, metavar="USER", help="a second person, who agrees")
    parser.add_argument("--reason-id", required=True, help="why, in an Indonesian sentence that readers will see")
    parser.add_argument("--reason-en", required=True, help="the same in English")


def find_people(by: str, reviewer: str, reason_id: str, reason_en: str) -> PublishArguments:
    """Return the arguments with the users of these names. Raises CommandError."""
    reason = LanguageMap(id=reason_id, en=reason_en)
    return {"by": _find_user(by), "reviewer": _find_user(reviewer), "reason": reason}


def _find_user(name: str) -> User:
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no active user called {name}.")
    return user


def find_item(address: str) -> Item:
    """Return the subject or source of an address such as `cases/cctv`. Raises CommandError."""
    folder, _slash, slug = address.strip("/").partition("/")
    if folder not in MODEL_OF_FOLDER:
        raise CommandError(f"{address} does not begin with one of {', '.join(MODEL_OF_FOLDER)}.")
    item = MODEL_OF_FOLDER[folder]._default_manager.filter(slug=slug).first()
    if not isinstance(item, Subject | Source):
        raise CommandError(f"There is no {address} in the working copy.")
    return item
