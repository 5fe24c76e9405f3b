import json
from pathlib import Path
from urllib.request import urlopen

SITE = "{{ site }}"
KEPT = Path("last-seq.txt")

after = KEPT.read_text() if KEPT.exists() else "0"
while True:
    with urlopen(f"{SITE}/api/v1/changes/?after={after}&limit=200") as answer:
        page = json.load(answer)
    for change in page["results"]:
        print(change["seq"], change["at"], change["action"], change["path"], change["reason"])
    after = str(page["next_after"])
    KEPT.write_text(after)
    if not page["results"]:
        break
