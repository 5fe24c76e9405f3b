"""Who sits at the desk: a curator, a reviewer, and a superuser, each in a browser of their own that reads English."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cases.admin.groups import CURATORS, REVIEWERS, desk_groups


@pytest.fixture(autouse=True)
def _static_files(settings: Any, tmp_path: Path) -> None:
    """The admin's templates ask for static files; nobody collected them for a test."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def at_the_desk(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.fixture
def curator(db: None) -> User:
    user = User.objects.create_user("a-curator", is_staff=True)
    user.groups.set([desk_groups()[CURATORS]])
    return user


@pytest.fixture
def reviewer(db: None) -> User:
    user = User.objects.create_user("a-reviewer", is_staff=True)
    user.groups.set([desk_groups()[REVIEWERS]])
    return user


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("a-superuser")


@pytest.fixture
def desk(curator: User) -> Client:
    return at_the_desk(curator)


@pytest.fixture
def review(reviewer: User) -> Client:
    return at_the_desk(reviewer)


@pytest.fixture
def above(superuser: User) -> Client:
    return at_the_desk(superuser)
