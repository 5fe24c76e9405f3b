"""LibreOffice opens the sheets, by comma, semicolon and tab, and must find no formula."""

import re
import subprocess
import sys
from pathlib import Path

SEPARATORS = {"comma": 44, "semicolon": 59, "tab": 9}


def formulas(path: Path, separator: int, work: Path) -> list[str]:
    """The formulas that LibreOffice makes of a sheet; it is told to evaluate them, as a careless user would."""
    out = work / f"sheets-{separator}"
    options = f"CSV:{separator},34,76,1,,1033,false,true,false,false,false,-1,true"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{work}/profile", "--convert-to", "fods"]
    subprocess.run(
        [*command, "--infilter=" + options, str(path), "--outdir", str(out)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return re.findall(r'table:formula="([^"]*)"', (out / f"{path.stem}.fods").read_text(encoding="utf-8"))


def main(files: Path, work: Path) -> None:
    for path in [*sorted(files.glob("*.csv")), work / "safe.csv"]:
        for name, separator in SEPARATORS.items():
            if found := formulas(path, separator, work):
                sys.exit(f"{path.name}, opened by {name}: LibreOffice finds {found[:3]}")
    print("  LibreOffice finds no formula in any sheet, by comma, semicolon or tab")
    if not formulas(work / "unsafe.csv", SEPARATORS["comma"], work):
        sys.exit("LibreOffice found no formula in the broken sheet either: this check checks nothing")
    print("  LibreOffice finds the formulas of the broken sheet")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
