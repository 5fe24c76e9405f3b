"""What a deployment and a clone are promised, held against the code. What the pages promise: tests/docs/."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import CommandError

from casedb import checks

ROOT = Path(__file__).parent.parent


def settings_say(**variables: str) -> str:
    """What importing the settings prints, with only these CASEDB_* variables set."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("CASEDB_")}
    variables.setdefault("CASEDB_DATA_DIR", os.environ["CASEDB_DATA_DIR"])
    code = "from casedb import settings as s; print(s.DATABASES['default']['ENGINE'], s.ALLOWED_HOSTS)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=clean | variables, cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    return done.stdout + done.stderr


def test_only_the_settings_read_the_environment():
    for path in ROOT.glob("c*/**/*.py"):
        if path.name not in ("settings.py", "wsgi.py"):
            assert "os.environ" not in path.read_text(), path


PRODUCTION = {
    "CASEDB_ENVIRONMENT": "production",
    "CASEDB_SECRET_KEY": "x" * 60,
    "CASEDB_SLUG_KEY": "y" * 60,
}


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"CASEDB_ENVIRONMENT": "producton"}, "producton"),
        ({"CASEDB_ENVIRONMENT": "production"}, "CASEDB_SECRET_KEY"),
        ({"CASEDB_ENVIRONMENT": "production", "CASEDB_SECRET_KEY": "x" * 60}, "CASEDB_SLUG_KEY"),
        (PRODUCTION, "CASEDB_HOSTS"),
        ({"CASEDB_DATABASE_URL": "mysql://x/y"}, "mysql"),
    ],
)
def test_a_bad_deployment_is_refused_by_name(variables, said):
    answer = settings_say(**variables)
    assert "ImproperlyConfigured" in answer
    assert said in answer


@pytest.mark.django_db
def test_check_deploy_asks_who_runs_it_and_mentions_uncounted_proxies(settings):
    settings.CASEDB_OPERATOR, settings.CASEDB_CONTACT, settings.CASEDB_PROXIES = "", " ", 0
    assert [fault.id for fault in checks.operator_is_named(None)] == ["casedb.E001", "casedb.E002"]
    (note,) = [each for each in run_checks(include_deployment_checks=True) if each.id == "casedb.I001"]
    assert not note.is_serious(), "no proxy at all is a fair way to run it"
    assert note.id not in [each.id for each in run_checks()], "only where it runs for real"
    settings.CASEDB_OPERATOR, settings.CASEDB_CONTACT, settings.CASEDB_PROXIES = "LSM", "a@example.org", 1
    assert not [each for each in run_checks(include_deployment_checks=True) if each.id.startswith("casedb")]


@pytest.mark.django_db
@pytest.mark.parametrize("slug_key", ["short", "the secret key again"])
def test_check_deploy_refuses_a_slug_key_that_is_none(settings, slug_key):
    assert checks.slug_key_is_a_key(None) == []
    settings.CASEDB_SLUG_KEY = settings.SECRET_KEY if "again" in slug_key else slug_key
    assert "casedb.E003" in [each.id for each in run_checks(include_deployment_checks=True)]
    assert "casedb.E003" not in [each.id for each in run_checks()]


def test_development_works_at_once_and_answers_on_loopback_only(tmp_path):
    answer = settings_say(CASEDB_DATA_DIR=str(tmp_path))
    assert answer.strip() == "django.db.backends.sqlite3 ['127.0.0.1', 'localhost', '[::1]']"
    for name in ("development-secret-key", "development-slug-key"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert (tmp_path / "development-secret-key").read_text() != (tmp_path / "development-slug-key").read_text()


def test_a_postgresql_address_may_name_a_socket_folder():
    answer = settings_say(CASEDB_DATABASE_URL="postgres://casedb@/casedb?host=/run/pg")
    assert "postgresql" in answer


@pytest.mark.django_db
def test_demo_users_are_made_with_passwords_in_development_only(settings, capsys):
    call_command("demo_users")
    assert re.search(r"curator: \S{16,}", capsys.readouterr().out)
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError, match="development only"):
        call_command("demo_users")


def test_nothing_in_the_repository_names_a_registry_or_this_machine():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, timeout=60).stdout.split(
        "\n"
    )
    needles = ["files.python" + "hosted", "pypi" + ".org", "/wo" + "rk/", "registry." + "npmjs"]
    for name in filter(None, tracked):
        path = ROOT / name
        if path.suffix in (".mo", ".png", ".pdf", ".docx", ".ttf") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        assert not [needle for needle in needles if needle in text], name
