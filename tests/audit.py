"""`make audit`: every type of page through Lighthouse, the Nu HTML checker and axe. Exit 1 when any falls short.

Needs node with npm, java and chromium. The npm packages and the audited copy of the record are kept under var/audit.
`--quick` audits the pages of QUICK only, with Lighthouse once instead of three times, and tells its figure for
performance without holding the page to it: one run on a busy machine says little.
Exit 3 when the npm packages cannot be had.
"""

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "audit"
PACKAGES = ("lighthouse", "vnu-jar")
CASE = "/cases/cctv-dan-jasa-internet-bandung-smart-city/"
PAGES = [
    "/",
    "/search/?q=telkom",
    "/cases/",
    "/sources/",
    "/actors/?place=bandung",
    "/topics/",
    "/topics/cctv/",
    "/places/",
    "/network/",
    "/compare/?with=bekasi-telkom-smart-city&with=semarang-telkom-smart-city",
    "/changes/",
    "/changes/1/",
    "/about/",
    "/api/",
    "/report/",
    CASE,
    f"{CASE}v/1/",
    f"{CASE}v/1/sheet/",
    f"{CASE}history/",
    f"{CASE}network/",
    "/collaborations/bekasi-telkom-smart-city/",
    "/actors/yana-mulyana/",
    "/systems/jaki/",
    "/places/bandung/",
    "/sources/ringkasan-relasi-kuasa-bisnis-bandung-smart-city/",
]
"""One of each type; a claim and an excerpt of the case are added."""
QUICK = [CASE]
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="only a few pages, Lighthouse once")
    quick = options.parse_args().quick
    if missing := [name for name in ("node", "npm", "java", CHROMIUM) if not shutil.which(name)]:
        print(f"make audit needs {', '.join(missing)}, which cannot be found.", file=sys.stderr)
        return 2
    HOME.mkdir(parents=True, exist_ok=True)
    if not all((HOME / "node_modules" / name).is_dir() for name in PACKAGES):
        print(f"Installing {', '.join(PACKAGES)} into {HOME} ...", flush=True)
        if subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", *PACKAGES], cwd=HOME).returncode:
            print("They cannot be had here: nothing was audited.", file=sys.stderr)
            return 3
    with site() as root:
        paths = QUICK if quick else [*PAGES, *beneath(root)]
        both = [f"{language}{path}" for path in paths for language in ("", "/en")]
        faults = [*valid(root, both), *accessible(root, both), *measured(root, paths, times=1 if quick else 3)]
    print(*(["", "Falls short:", *faults] if faults else ["", "Nothing falls short."]), sep="\n")
    return 1 if faults else 0


@contextmanager
def site() -> Iterator[str]:
    """The site of this checkout with its own copy of the record, on a free port."""
    environment = os.environ | {"CASEDB_DATA_DIR": str(HOME / "data")}
    environment.pop("CASEDB_DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "casedb.wsgi:application"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            root = f"http://127.0.0.1:{port}"
            for _attempt in range(240):
                if answers(f"{root}/about/"):
                    break
                time.sleep(0.5)
            yield root
        finally:
            server.terminate()


def answers(url: str) -> bool:
    try:
        return bool(read(url))
    except OSError:
        return False


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as response:  # our own site on loopback
        text: str = response.read().decode()
        return text


def beneath(root: str) -> list[str]:
    """A claim and an excerpt of the case."""
    page = read(root + CASE)
    found = [re.search(rf'href="(/{folder}/[0-9a-f-]{{36}}/)"', page) for folder in ("claims", "excerpts")]
    return [each[1] for each in found if each]


def valid(root: str, paths: list[str]) -> list[str]:
    """What the Nu HTML checker finds in the pages and the stylesheet."""
    folder = HOME / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, path in enumerate(paths):
        (folder / f"{number:02d}.html").write_text(read(root + path), encoding="utf-8")
    jar = HOME / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--errors-only", "--stdout", "--exit-zero-always"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    print(f"vnu: {len(paths)} pages, {len(lines)} errors")
    return [re.sub(r'^"file:.*/(\d+)\.html"', lambda found: f"vnu {paths[int(found[1])]}", line) for line in lines]


def accessible(root: str, paths: list[str]) -> list[str]:
    """What axe finds with every fold opened, light and dark."""
    faults = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=FLAGS)
        for scheme in ("light", "dark"):
            page = browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)
            for path in paths:
                page.goto(root + path)
                page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
                for found in Axe().run(page).response["violations"]:
                    faults.append(f"axe {path} {scheme}: {found['id']}, {len(found['nodes'])} times")
        browser.close()
    print(f"axe: {len(paths)} pages, light and dark, {len(faults)} violations")
    return faults


def measured(root: str, paths: list[str], *, times: int) -> list[str]:
    """Lighthouse (mobile), the median of several runs. A page that is not to be indexed is not held to SEO."""
    faults = []
    for path in paths:
        runs = [lighthouse(root + path) for _run in range(times)]
        unindexed = '<meta name="robots" content="noindex">' in read(root + path)
        medians = {name: round(statistics.median(run[name] for run in runs)) for name in LEAST}
        print(f"lighthouse {path}: " + ", ".join(f"{name} {value}" for name, value in medians.items()), flush=True)
        for name, value in medians.items():
            if name == "performance" and times == 1:
                continue
            if value < LEAST[name] and not (name == "seo" and unindexed):
                faults.append(f"lighthouse {path}: {name} {value}, below {LEAST[name]}")
    return faults


def lighthouse(url: str) -> dict[str, float]:
    program = HOME / "node_modules" / "lighthouse" / "cli" / "index.js"
    command = ["node", str(program), url, "--quiet", "--output=json", f"--only-categories={','.join(LEAST)}"]
    command.append(f"--chrome-flags=--headless=new {' '.join(FLAGS)}")
    environment = os.environ | {"CHROME_PATH": shutil.which(CHROMIUM) or CHROMIUM}
    for _attempt in range(3):  # on a busy machine a browser may not start in time
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode == 0:
            break
    else:
        sys.exit(f"Lighthouse failed three times on {url}:\n{done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return {name: 100 * report["categories"][name]["score"] for name in LEAST}


if __name__ == "__main__":
    sys.exit(main())
