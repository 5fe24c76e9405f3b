"""The tests write to a data folder of their own, and with CI=true they cannot pass by skipping."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.conftest import reaches_a_database

SKIPPING = "import pytest\ndef test_it():\n    pytest.skip('no database here')\n"
MODULE_SKIPPING = "import pytest\npytest.skip('no browser here', allow_module_level=True)\n"


def run_pytest(text: str, folder: Path, ci: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-p", "tests.environment", "-c", os.devnull]
    return subprocess.run(
        [*command, "--rootdir", str(folder), *options, str(folder / "test_it.py")],
        env=os.environ | {"CI": ci, "PYTEST_ADDOPTS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},  # they take seconds
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_tests_write_to_a_folder_of_their_own():
    assert settings.DATA_DIR.is_relative_to(Path(tempfile.gettempdir()).resolve())
    assert not settings.DATA_DIR.is_relative_to(settings.BASE_DIR)


@pytest.mark.parametrize("text", [SKIPPING, MODULE_SKIPPING])
def test_a_skip_fails_the_run_in_ci_and_says_why(tmp_path, text):
    run = run_pytest(text, tmp_path, "true")
    assert run.returncode not in (0, 5)
    assert "nothing may be skipped" in run.stdout
    assert "here" in run.stdout


def test_a_skip_is_no_failure_elsewhere(tmp_path):
    assert run_pytest(SKIPPING, tmp_path, "").returncode == 0


@pytest.fixture
def opened(django_db_blocker):
    """As the fixtures do that make a record once for a module."""
    return django_db_blocker


@pytest.mark.usefixtures("opened")
def test_a_fixture_that_opens_the_database_is_seen(request):
    assert reaches_a_database(request.node)


@pytest.mark.django_db
def test_a_mark_for_the_database_is_seen(request):
    assert reaches_a_database(request.node)


def test_a_test_of_plain_functions_reaches_no_database(request):
    """What is left out on PostgreSQL could not use it: pytest-django refuses a query of a test that asked for none."""
    assert not reaches_a_database(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()
