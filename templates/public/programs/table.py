import csv
import io
from urllib.request import urlopen

SITE = "{{ site }}"

with urlopen(SITE + "/api/v1/export/claims.csv?subject={{ subject }}") as answer:
    for row in csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8", newline="")):
        print(row["standing"], "|", row["statement_id"], "|", row["sources"])
