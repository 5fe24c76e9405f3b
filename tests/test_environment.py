"""The tests write to a data folder of their own, and with CI=true they cannot pass by skipping."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

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
