import hashlib
from urllib.request import urlopen

SITE = "{{ site }}"

with urlopen(SITE + "/api/v1/{{ subject }}/") as answer:
    document = answer.read()
    salt = bytes.fromhex(answer.headers["CaseDB-Salt"])
    commitment = answer.headers["CaseDB-Commitment"]

if hashlib.sha256(salt + document).hexdigest() == commitment:
    print("These are the published bytes:", commitment)
else:
    raise SystemExit("These are not the published bytes.")
