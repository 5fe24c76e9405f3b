"""Loaded before Django (`-p tests.environment` in pyproject.toml): a data folder of the run's own, and no silent skips.

The settings read the environment when they are imported, which pytest-django does before any conftest.py.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from typing import Any

import pytest
from _pytest.nodeid import coerce_node_id

if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker inherits the folder of the process that started it
    os.environ["CASEDB_DATA_DIR"] = tempfile.mkdtemp(prefix="casedb-tests-")
    atexit.register(shutil.rmtree, os.environ["CASEDB_DATA_DIR"], ignore_errors=True)


def pytest_itemcollected(item: Any) -> None:
    """Schemathesis gives the tests of all operations one id, and pytest-xdist runs one test of each id."""
    if "[" in item.name and item.name not in item.nodeid:
        item._id = coerce_node_id(item.nodeid + item.name.removeprefix(item.originalname))


def nothing_skipped(report: Any) -> Any:
    """With CI=true a skip is a failure: what cannot run there is not known to work."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"CI=true: nothing may be skipped. {report.longrepr[2]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    return nothing_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    return nothing_skipped((yield))
