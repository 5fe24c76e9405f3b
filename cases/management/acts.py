"""What commands that act on the public record have in common: who acts, who agrees, why, and on what."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from cases.documents.build import Item
from cases.dossiers.bundle import MODELS


def add_people(parser: ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="USER", help="who does it")
    parser.add_argument("--reviewer", required=True, metavar="USER", help="a second person, who agrees")
    parser.add_argument("--reason", required=True, help="why, in a sentence that readers will see")


def people_of(options: dict[str, Any]) -> dict[str, Any]:
    return {name: user(options[name]) for name in ("by", "reviewer")} | {"reason": options["reason"]}


def user(name: str) -> User:
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no active user called {name}.")
    return found


def item(address: str) -> Item:
    """The subject or source of an address such as `cases/cctv`. Raises CommandError."""
    folder, _slash, slug = address.strip("/").partition("/")
    if folder not in MODELS:
        raise CommandError(f"{address} does not begin with one of {', '.join(MODELS)}.")
    model: Any = MODELS[folder]
    found: Item | None = model.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no {address} in the working copy.")
    return found
