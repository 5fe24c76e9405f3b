"""csv, pandas and Datasette read the exports. Runs in an environment of its own: it knows nothing of CaseDB."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas


def refuses(name: str, read: Callable[[], object]) -> None:
    try:
        read()
    except Exception as error:
        print(f"  {name} refuses the broken file: {type(error).__name__}")
        return
    sys.exit(f"{name} did not refuse the broken file")


def read_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text, strict=True)
    if any(len(row) != len(header) for row in rows):
        raise ValueError("a row is longer or shorter than the header")
    return len(rows)


def read_frame(path: Path) -> "pandas.DataFrame":
    return pandas.read_csv(path, dtype=str, keep_default_na=False, on_bad_lines="error")


def read_sqlite(path: Path, table: str) -> int:
    """How many rows Datasette counts."""
    program = str(Path(sys.executable).with_name("datasette"))
    asked = [program, str(path), "--get", f"/{path.stem}/{table}.json?_size=1"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True)
    return int(json.loads(answer.stdout)["filtered_table_rows_count"])


def main(files: Path, work: Path) -> None:
    manifest = json.loads((files / "index.json").read_text())
    wanted = manifest["counts"] | {"claims": manifest["claims"]}
    for name, count in wanted.items():
        path = files / f"{name}.csv"
        frame = read_frame(path)
        if not read_csv(path) == len(frame) == read_sqlite(files / "record.sqlite", name) == count:
            sys.exit(f"{name}: csv, pandas, Datasette and the manifest do not count the same")
        print(f"  {name}: {count} rows for csv, pandas and Datasette")
    claims = read_frame(files / "claims.csv")
    if (
        not set(claims["standing"]) <= {"potential", "alleged", "stated", "decided"}
        or (claims["said_by_en"] == "").any()
    ):
        sys.exit("claims.csv: a claim without its standing or without who says it")

    whole = (files / "claims.csv").read_bytes()
    cut, long = work / "cut.csv", work / "long.csv"
    cut.write_bytes(whole[: whole.rindex(b'"')])
    long.write_bytes(whole + b"," * claims.shape[1] + b"one,two\r\n")
    refuses("csv", lambda: read_csv(cut))
    refuses("pandas", lambda: read_frame(long))
    half = work / "half.sqlite"
    half.write_bytes((files / "record.sqlite").read_bytes()[:50_000])
    refuses("Datasette", lambda: read_sqlite(half, "claims"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
