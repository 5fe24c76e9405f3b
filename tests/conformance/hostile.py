"""Writes two sheets of hostile cells: `safe.csv` as exports write them, `unsafe.csv` as a careless program would."""

import csv
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casedb.settings")
django.setup()

from cases.exports.csv_tables import csv_lines  # noqa: E402 - needs the settings

CELLS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    " =1+1",
    "\t=1+1",
    "a;=1+1",
    'a;"=1+1',
    "a\n=1+1",
    "\uff1d1+1",
    "=cmd|' /C x'!A0",
]
CELLS += ["a\t=1+1", "a; =1+1"]


def main(folder: Path) -> None:
    rows = [{"number": number, "cell": cell, "after": cell} for number, cell in enumerate(CELLS)]
    (folder / "safe.csv").write_bytes(csv_lines([dict(row) for row in rows], header=True))
    with (folder / "unsafe.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(row.values() for row in rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
