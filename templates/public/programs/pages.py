import json
from urllib.request import urlopen

SITE = "{{ site }}"


def read(address):
    with urlopen(address) as answer:
        return json.load(answer)


address = SITE + "/api/v1/claims/?subject={{ subject }}&limit=50"
while address:
    page = read(address)
    for claim in page["results"]:
        print(claim["standing"], "|", claim["statement"]["id"])
    address = page["next"]
